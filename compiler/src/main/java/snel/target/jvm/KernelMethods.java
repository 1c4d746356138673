package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.Wiring;
import snel.runtime.kernel.BitRows;
import snel.runtime.kernel.MaskRowsVector;

/// Emits kernels as static methods. C2 treats a method of one loop best, so each loop of a kernel
/// that has several becomes a method of its own.
final class KernelMethods {
  /// Methods with more nodes than this may have more than the 8000 bytes of code up to which a Java
  /// machine compiles a method at all.
  private static final int LARGEST = 3000;

  /// Loops with fewer nodes stay where they are.
  private static final int LEAST_APART = 100;

  private final ClassWriter writer;
  private final String owner;
  private final Fields fields;
  private final int seed;
  private final VectorMethods vectors;
  private final Set<Buffer> changing;
  private final Set<Buffer> rewired;
  private final Map<Buffer, Wiring> kernels;
  private final MaskTables masks;
  private final Map<SharedMethod, String> sharedMethods = new HashMap<>();

  /// @param changing what steps change
  /// @param rewired what steps, hooks or experiments change
  /// @param masks which rows have masks
  /// @param kernels wirings whose synapses share kernels, by where their rows start
  KernelMethods(
      ClassWriter writer,
      String owner,
      Fields fields,
      int seed,
      VectorMethods vectors,
      Set<Buffer> changing,
      Set<Buffer> rewired,
      MaskTables masks,
      Map<Buffer, Wiring> kernels) {
    this.masks = masks;
    this.kernels = kernels;
    this.writer = writer;
    this.owner = owner;
    this.fields = fields;
    this.seed = seed;
    this.vectors = vectors;
    this.changing = changing;
    this.rewired = rewired;
  }

  /// Emits the kernel as a method `()V` of this name.
  void emit(Kernel kernel, String method) {
    emit(new Method(method, List.of(), List.of(), kernel.body()), kernel.body());
  }

  /// Emits what a kernel shares with others as the method that it calls.
  void emit(SharedKernel.Use use, String method) {
    MethodVisitor code = writer.visitMethod(ACC_PRIVATE | ACC_STATIC, method, "()V", null, null);
    code.visitCode();
    use.arrays().forEach(buffer -> fields.load(code, buffer));
    use.arguments().forEach(number -> Literals.push(code, number.type(), number.bits()));
    SharedKernel shared = use.shared();
    code.visitMethodInsn(INVOKESTATIC, owner, method(shared), descriptor(shared), false);
    code.visitInsn(RETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  private record SharedMethod(SharedKernel kernel, String thread) {}

  /// The method of a shared kernel, which takes its arrays and then its numbers.
  String method(SharedKernel shared) {
    SharedMethod wanted = new SharedMethod(shared, fields.thread());
    String known = sharedMethods.get(wanted);
    if (known != null) {
      return known;
    }
    String name = "ks" + sharedMethods.size();
    sharedMethods.put(wanted, name);
    emit(new Method(name, shared.arrays(), shared.parameters(), shared.body()), shared.body());
    return name;
  }

  static String descriptor(SharedKernel shared) {
    return descriptor(shared.arrays(), shared.parameters());
  }

  private void emit(Method main, List<Stmt> whole) {
    List<Stmt> body = whole.stream().flatMap(main::apart).toList();
    boolean outline = body.stream().filter(KernelMethods::isApart).count() > 1;
    for (Stmt stmt : body) {
      if (outline && isApart(stmt) && FreeLocals.assigned(List.of(stmt)).isEmpty()) {
        main.outline(stmt, inner -> inner.statements.emit(stmt));
      } else {
        main.statements.emit(stmt);
      }
    }
    main.finish();
  }

  /// A loop, or one that is done under a condition.
  private static boolean isApart(Stmt stmt) {
    return isLoop(stmt)
        || stmt instanceof Stmt.If(_, var then, var otherwise)
            && then.size() == 1
            && isLoop(then.getFirst())
            && otherwise.isEmpty();
  }

  private static boolean isLoop(Stmt stmt) {
    return stmt instanceof Stmt.Loop || stmt instanceof Stmt.Collect || stmt instanceof Stmt.While;
  }

  private static String descriptor(List<Buffer> arrays, List<FreeLocals.Local> parameters) {
    StringBuilder text = new StringBuilder("(");
    arrays.forEach(array -> text.append(ArrayType.of(array.cell()).descriptor));
    parameters.forEach(local -> text.append(JvmType.of(local.type()).descriptor));
    return text.append(")V").toString();
  }

  private interface MethodBody {
    void emit(Method method);
  }

  /// A method that is being emitted.
  private final class Method implements LoopMethods {
    private final String name;
    private final Frame frame;
    private final ExpressionEmitter expressions;
    private final StatementEmitter statements;
    private final boolean isLarge;
    private final Set<Buffer> written = new HashSet<>();
    private final Set<Buffer> gradients = new HashSet<>();
    private final List<SourceDraw> draws;
    private int outlined;

    Method(String name, List<Buffer> arrays, List<FreeLocals.Local> parameters, List<Stmt> body) {
      this.name = name;
      this.isLarge = Nodes.size(body) > LARGEST;
      this.draws = SourceDraw.in(body, odds -> !changing.contains(odds));
      Nodes.eachStatement(body, stmt -> written.addAll(Nodes.written(stmt)));
      MethodVisitor code =
          writer.visitMethod(
              ACC_PRIVATE | ACC_STATIC, name, descriptor(arrays, parameters), null, null);
      code.visitCode();
      this.frame = new Frame(code);
      arrays.forEach(frame::declareArrayParameter);
      parameters.forEach(local -> frame.declare(local.name(), local.type()));
      for (Buffer buffer : Nodes.buffers(body)) {
        if (!frame.hasArray(buffer)) {
          fields.load(code, buffer);
          frame.declareArray(buffer);
        }
      }
      this.expressions = new ExpressionEmitter(frame, seed);
      this.statements =
          new StatementEmitter(
              frame, expressions, new ReductionEmitter(frame, expressions, fields), this);
    }

    /// A loop that is not done in vectors, in pieces that C2 may make vectors of by itself.
    Stream<Stmt> apart(Stmt stmt) {
      return switch (stmt) {
        case Stmt.Loop loop when plan(loop).isEmpty() -> LoopFission.of(loop).stream();
        case Stmt.Collect collect when !collect.body().isEmpty() && plan(collect).isEmpty() ->
            Stream.concat(
                apart(collect.before()), Stream.of(collect.after(collect.from(), collect.to())));
        default -> Stream.of(stmt);
      };
    }

    private Optional<VectorPlan> plan(Stmt.Loop loop) {
      return vectors.bits() == 0 || !FreeLocals.assigned(List.of(loop)).isEmpty()
          ? Optional.empty()
          : VectorPlan.of(loop, name + "." + outlined, vectors.bits());
    }

    private Optional<Stmt.Collect> plan(Stmt.Collect collect) {
      return vectors.bits() == 0
          ? Optional.empty()
          : VectorPlan.of(collect, name + "." + outlined, vectors.bits());
    }

    void finish() {
      frame.code.visitInsn(RETURN);
      frame.code.visitMaxs(0, 0);
      frame.code.visitEnd();
    }

    /// Calls a new method that does `stmt`.
    void outline(Stmt stmt, MethodBody body) {
      List<FreeLocals.Local> free = FreeLocals.read(List.of(stmt));
      List<Buffer> arrays =
          Nodes.buffers(List.of(stmt)).stream().filter(SharedKernel::isStandIn).toList();
      String inner = name + "_" + outlined++;
      arrays.forEach(frame::loadArray);
      free.forEach(local -> frame.load(local.name()));
      frame.code.visitMethodInsn(INVOKESTATIC, owner, inner, descriptor(arrays, free), false);
      Method method = new Method(inner, arrays, free, List.of(stmt));
      method.written.addAll(written);
      body.emit(method);
      method.finish();
    }

    @Override
    public boolean emit(Stmt.Loop loop) {
      boolean isApart = FreeLocals.assigned(List.of(loop)).isEmpty();
      return isApart
          && (emitPatches(loop)
              || emitMatrix(loop)
              || emitRows(loop)
              || emitMasks(loop)
              || emitVectors(loop)
              || emitDue(loop)
              || emitApart(loop));
    }

    private boolean emitPatches(Stmt.Loop loop) {
      boolean inVectors = vectors.bits() > 0;
      var patches = new PatchLoopEmitter(frame, expressions, statements, fields);
      Optional<PatchLoop> found = PatchLoop.of(loop, kernels);
      Optional<PatchLoop> around = inVectors ? PatchLoop.around(loop, kernels) : Optional.empty();
      if (around.isPresent()) {
        gradients.add(around.get().to());
        patches.emitAround(loop, around.get());
        gradients.remove(around.get().to());
        vectors.usePatches();
        return true;
      }
      if (inVectors && found.filter(this::isSteady).isPresent()) {
        patches.emit(found.get());
        vectors.usePatches();
        return true;
      }
      Optional<PatchLoop> sums = found.filter(loops -> !loops.isGradient());
      sums.ifPresent(patches::emitStencil);
      return sums.isPresent();
    }

    private boolean emitMatrix(Stmt.Loop loop) {
      Optional<MatrixLoop> found = vectors.bits() == 0 ? Optional.empty() : MatrixLoop.of(loop);
      if (found.isEmpty()) {
        return false;
      }
      switch (found.get()) {
        case MatrixLoop.Product product -> {
          vectors.useProducts();
          push(product.to(), product.toAt().first());
          push(product.toAt().outer());
          push(product.a(), product.aAt().first());
          push(product.aAt().inner());
          push(product.aAt().outer());
          push(product.b(), product.bAt().first());
          push(product.bAt().inner());
          expressions.push(product.rows());
          push(product.depth());
          push(product.width());
          call(CallEmitter.PRODUCT_VECTOR, "([FII[FIII[FIIIII)V");
        }
        case MatrixLoop.Block block -> {
          vectors.useBlocks();
          push(block.to(), block.toAt().first());
          push(block.toAt().outer());
          push(block.from(), block.fromAt().first());
          push(block.fromAt().outer());
          push(block.height());
          push(block.width());
          call(CallEmitter.BLOCK_VECTOR, "([FII[FIIII)V");
        }
        case MatrixLoop.Copy copy -> {
          push(copy.to(), copy.toAt().first());
          push(copy.toAt().outer());
          push(copy.from(), copy.fromAt().first());
          push(copy.fromAt().outer());
          push(copy.height());
          push(copy.width());
          call(CallEmitter.BLOCKS, "copy", "([FII[FIIII)V");
        }
        case MatrixLoop.Turn turn -> {
          vectors.useTurns();
          fields.loadTurn(frame.code);
          push(turn.to(), turn.toAt().first());
          push(turn.toAt().outer());
          push(turn.from(), turn.fromAt().first());
          push(turn.fromAt().outer());
          push(turn.height());
          push(turn.width());
          frame.code.visitMethodInsn(
              INVOKEVIRTUAL, CallEmitter.TURN, "turn", "([FII[FIIII)V", false);
        }
      }
      return true;
    }

    private void push(Buffer array, Expr at) {
      frame.loadArray(array);
      expressions.push(at);
    }

    private void push(int number) {
      Literals.pushInt(frame.code, number);
    }

    private void call(String owner, String descriptor) {
      call(owner, "add", descriptor);
    }

    private void call(String owner, String method, String descriptor) {
      frame.code.visitMethodInsn(INVOKESTATIC, owner, method, descriptor, false);
    }

    /// Whether what [snel.runtime.kernel.Patches] has of the weights, or their gradient, is what
    /// the array would have.
    private boolean isSteady(PatchLoop patches) {
      Buffer weights = patches.weights();
      return patches.isGradient()
          ? gradients.contains(weights)
          : !changing.contains(weights) && !written.contains(weights);
    }

    private boolean emitRows(Stmt.Loop loop) {
      Optional<RowLoop> rows = vectors.bits() == 0 ? Optional.empty() : RowLoop.of(loop);
      if (rows.isEmpty()) {
        return false;
      }
      Buffer matrix = rows.get().rows();
      boolean steady =
          !SharedKernel.isStandIn(matrix)
              && !changing.contains(matrix)
              && !written.contains(matrix);
      int width = rows.get().width();
      boolean copies = steady && !fields.beginsWithLines(matrix, width);
      vectors.useRows(width, rows.get().factor().isPresent(), copies);
      new RowLoopEmitter(frame, expressions, statements, fields, copies).emit(rows.get());
      return true;
    }

    private boolean emitMasks(Stmt.Loop loop) {
      boolean isWide = vectors.bits() >= MaskRowsVector.LANES * Float.SIZE;
      Optional<MaskLoop> found = isWide ? MaskLoop.of(loop, masks) : Optional.empty();
      if (!found.map(this::hasMasks).orElse(false)) {
        return false;
      }
      vectors.useMaskRows();
      new MaskLoopEmitter(frame, expressions, fields).emit(found.orElseThrow());
      return true;
    }

    private boolean hasMasks(MaskLoop loop) {
      return loop.stretches().stream().allMatch(stretch -> fields.hasMasks(stretch.rows()));
    }

    private boolean emitDue(Stmt.Loop loop) {
      Optional<DueLoop> due = DueLoop.of(loop, this::hasShortRows);
      if (due.isEmpty()) {
        return false;
      }
      boolean inVectors = vectors.bits() > 0;
      if (inVectors) {
        vectors.useDueLists();
      }
      new DueLoopEmitter(frame, expressions, statements, fields, inVectors).emit(due.get());
      return true;
    }

    private boolean hasShortRows(Buffer beginnings) {
      return beginnings.role() == Role.WIRING
          && !SharedKernel.isStandIn(beginnings)
          && !rewired.contains(beginnings)
          && fields.hasShortRows(
              beginnings, vectors.bits() > 0 ? DueLoop.SHORT_IN_VECTORS : DueLoop.SHORT);
    }

    private boolean emitApart(Stmt.Loop loop) {
      if (!isLarge || Nodes.size(List.of(loop)) < LEAST_APART) {
        return false;
      }
      outline(loop, inner -> inner.statements.emitScalarLoop(loop));
      return true;
    }

    private boolean emitVectors(Stmt.Loop loop) {
      Optional<List<Part>> parts = plan(loop).flatMap(this::parts);
      if (parts.isEmpty()) {
        return false;
      }
      int lanes = parts.get().stream().mapToInt(Part::lanes).max().orElseThrow();
      emitRange(
          loop.from(),
          loop.to(),
          lanes,
          (from, to) -> parts.get().forEach(part -> emitPart(part, from, to)),
          (from, to) -> emitScalar(loop, from, to));
      return true;
    }

    /// A part of a plan; in vectors, if it has a shape.
    private record Part(Stmt.Loop loop, Optional<ShapedLoop> shaped) {
      int lanes() {
        return shaped.map(loop -> loop.shape().lanes()).orElse(1);
      }
    }

    private Optional<List<Part>> parts(VectorPlan plan) {
      List<Part> parts =
          plan.parts().stream()
              .map(part ->
                  new Part(
                      part.loop(),
                      part.vector()
                          ? Optional.of(ShapedLoop.of(part.loop(), vectors.bits()))
                          : Optional.empty()))
              .toList();
      boolean fit =
          parts.stream()
              .allMatch(
                  part -> part.shaped().isEmpty() || part.shaped().get().shape().fitsMethod());
      return fit ? Optional.of(parts) : Optional.empty();
    }

    private void emitPart(Part part, String from, String to) {
      if (part.shaped().isPresent()) {
        vectors.call(part.shaped().get(), frame, expressions, from, to);
      } else {
        emitScalar(part.loop(), from, to);
      }
    }

    private void emitScalar(Stmt.Loop loop, String from, String to) {
      Stmt.Loop some = new Stmt.Loop(loop.index(), read(from), read(to), loop.order(), loop.body());
      outline(some, inner -> inner.statements.emitScalarLoop(some));
    }

    private static Expr read(String local) {
      return new Expr.Read(local, Scalar.I32);
    }

    @Override
    public boolean emit(Stmt.Collect collect) {
      Optional<SourceDraw> draw =
          draws.stream().filter(each -> each.collect() == collect).findFirst();
      if (draw.isPresent()) {
        emitDraw(draw.get());
        return true;
      }
      Optional<ShapedLoop> planned =
          plan(collect)
              .map(plan -> ShapedLoop.of(plan, vectors.bits()))
              .filter(loop -> loop.shape().fitsMethod());
      if (planned.isEmpty()) {
        return false;
      }
      ShapedLoop shaped = planned.get();
      emitRange(
          collect.from(),
          collect.to(),
          shaped.shape().lanes(),
          (from, to) -> {
            frame.loadArray(collect.count());
            frame.code.visitInsn(ICONST_0);
            frame.code.visitInsn(DUP2);
            frame.code.visitInsn(IALOAD);
            vectors.call(shaped, frame, expressions, from, to);
            frame.code.visitInsn(IASTORE);
          },
          (from, to) -> {
            if (!collect.body().isEmpty()) {
              emitScalar(collect.before(), from, to);
            }
            Stmt.Collect rest = collect.after(read(from), read(to));
            outline(rest, inner -> inner.statements.emitScalarCollect(rest));
          });
      return true;
    }

    @Override
    public boolean areDrawnLater(Stmt.Words words) {
      return draws.stream().anyMatch(draw -> draw.words() == words);
    }

    private void emitDraw(SourceDraw draw) {
      Stmt.Collect collect = draw.collect();
      boolean inVectors = vectors.bits() > 0;
      if (inVectors) {
        vectors.useAwake();
      }
      frame.loadArray(collect.count());
      frame.code.visitInsn(ICONST_0);
      fields.loadAwakeSources(frame.code, draw.odds());
      frame.loadArray(draw.odds());
      push(seed);
      List.of(draw.words().stream(), draw.words().c2(), draw.words().c3())
          .forEach(expressions::push);
      frame.loadArray(collect.list());
      frame.loadArray(collect.count());
      frame.code.visitInsn(ICONST_0);
      frame.code.visitInsn(IALOAD);
      frame.code.visitMethodInsn(
          INVOKEVIRTUAL,
          CallEmitter.AWAKE_SOURCES,
          inVectors ? "collectInVectors" : "collect",
          "([JIIII[II)I",
          false);
      frame.code.visitInsn(IASTORE);
    }

    @Override
    public boolean areVectors(Stmt.Words words) {
      boolean few =
          words.count() instanceof Expr.Const(_, long count) && count < VectorPlan.LEAST_ITERATIONS;
      if (vectors.bits() == 0 || few) {
        return false;
      }
      vectors.useWords();
      return true;
    }

    @Override
    public void callLevels(Stmt.Words words) {
      fields.loadTable(
          frame.code, words.thresholds().stream().mapToInt(Integer::intValue).toArray());
      boolean inVectors = areVectors(words);
      if (inVectors) {
        vectors.useLevels();
      }
      frame.code.visitMethodInsn(
          INVOKESTATIC,
          inVectors ? CallEmitter.LEVELS_VECTOR : CallEmitter.LEVELS,
          "reach",
          "([III[I)V",
          false);
    }

    @Override
    public void callAddBits(Stmt.AddBits add) {
      fields.loadScratch(frame.code, Cell.I32, BitRows.OFFSETS);
      fields.loadScratch(frame.code, Cell.I64, BitRows.DIGITS);
      boolean inVectors = vectors.bits() > 0;
      if (inVectors) {
        vectors.useBitRows(add.counts().cell());
      }
      frame.code.visitMethodInsn(
          INVOKESTATIC,
          inVectors ? CallEmitter.BIT_ROWS_VECTOR : CallEmitter.BIT_ROWS,
          "add",
          "(" + ArrayType.of(add.counts().cell()).descriptor + "I[JIII[IIII[I[J)V",
          false);
    }

    private interface Piece {
      void emit(String from, String to);
    }

    /// The most iterations that are whole vectors, then the others.
    private void emitRange(Expr from, Expr to, int lanes, Piece whole, Piece rest) {
      int mark = frame.enter();
      String first = "$from." + name + outlined;
      String middle = "$middle." + name + outlined;
      String last = "$to." + name + outlined;
      statements.emitRange(first, from, to, last);
      frame.declare(middle, Scalar.I32);
      frame.load(first);
      frame.load(last);
      frame.load(first);
      frame.code.visitInsn(ISUB);
      Literals.pushInt(frame.code, -lanes);
      frame.code.visitInsn(IAND);
      frame.code.visitInsn(IADD);
      frame.store(middle);
      ifLess(first, middle, () -> whole.emit(first, middle));
      boolean none =
          from instanceof Expr.Const(_, long start)
              && to instanceof Expr.Const(_, long end)
              && (end - start) % lanes == 0;
      if (!none) {
        ifLess(middle, last, () -> rest.emit(middle, last));
      }
      frame.leave(mark);
    }

    private void ifLess(String left, String right, Runnable then) {
      Label end = new Label();
      frame.load(left);
      frame.load(right);
      frame.code.visitJumpInsn(IF_ICMPGE, end);
      then.run();
      frame.code.visitLabel(end);
    }
  }
}
