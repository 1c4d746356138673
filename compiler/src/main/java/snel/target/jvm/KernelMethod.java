package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// A method of a kernel that is being emitted.
final class KernelMethod implements LoopMethods {
  /// Methods with more nodes than this may have more than the 8000 bytes of code up to which a Java
  /// machine compiles a method at all.
  private static final int LARGEST = 3000;

  /// Loops with fewer nodes stay where they are.
  private static final int LEAST_APART = 100;

  /// Where methods are emitted, and what is known there.
  ///
  /// @param builds whether they make a network, not do its steps
  record Setting(
      ClassWriter writer,
      String owner,
      Fields fields,
      int seed,
      VectorMethods vectors,
      LibraryLoops.Facts facts,
      boolean builds) {}

  /// What a method does.
  private interface Content {
    void emit(KernelMethod method);
  }

  private final Setting setting;
  private final VectorMethods vectors;
  private final String name;
  private final Frame frame;
  private final ExpressionEmitter expressions;
  private final StatementEmitter statements;
  private final LibraryLoops loopsOfLibrary;
  private final WordEmitter words;
  private final VectorRange ranges;
  private final boolean isLarge;
  private final Set<Buffer> written = new HashSet<>();
  private final List<SourceDraw> draws;
  private int outlined;

  KernelMethod(
      Setting setting,
      String name,
      List<Buffer> arrays,
      List<FreeLocals.Local> parameters,
      List<Stmt> body) {
    this.setting = setting;
    this.vectors = setting.vectors();
    this.name = name;
    this.isLarge = Nodes.size(body) > LARGEST;
    this.draws = SourceDraw.in(body, odds -> !setting.facts().changing().contains(odds));
    written.addAll(Nodes.writtenIn(body));
    MethodVisitor code =
        setting
            .writer()
            .visitMethod(
                ACC_PRIVATE | ACC_STATIC, name, descriptor(arrays, parameters), null, null);
    code.visitCode();
    this.frame = new Frame(code);
    arrays.forEach(frame::declareArrayParameter);
    parameters.forEach(local -> frame.declare(local.name(), local.type()));
    for (Buffer buffer : Nodes.buffers(body)) {
      if (!frame.hasArray(buffer)) {
        setting.fields().load(code, buffer);
        frame.declareArray(buffer);
      }
    }
    this.expressions = new ExpressionEmitter(frame, setting.seed());
    this.statements =
        new StatementEmitter(
            frame, expressions, new ReductionEmitter(frame, expressions, setting.fields()), this);
    this.loopsOfLibrary =
        new LibraryLoops(
            setting.facts(), frame, expressions, statements, setting.fields(), vectors, written);
    this.words = new WordEmitter(frame, expressions, setting.fields(), vectors, setting.seed());
    this.ranges = new VectorRange(frame, statements);
  }

  /// Emits the whole method.
  void emit(List<Stmt> whole) {
    List<Stmt> body = whole.stream().flatMap(this::apart).toList();
    boolean outline = body.stream().filter(KernelMethod::isApart).count() > 1;
    for (Stmt stmt : body) {
      if (outline && isApart(stmt) && FreeLocals.assigned(List.of(stmt)).isEmpty()) {
        outline(stmt, inner -> inner.statements.emit(stmt));
      } else {
        statements.emit(stmt);
      }
    }
    finish();
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

  /// A loop that is not done in vectors, in pieces that C2 may make vectors of by itself.
  private Stream<Stmt> apart(Stmt stmt) {
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

  private void finish() {
    frame.code.visitInsn(RETURN);
    frame.code.visitMaxs(0, 0);
    frame.code.visitEnd();
  }

  /// Calls a new method that does `stmt`.
  private void outline(Stmt stmt, Content content) {
    List<FreeLocals.Local> free = FreeLocals.read(List.of(stmt));
    List<Buffer> arrays =
        Nodes.buffers(List.of(stmt)).stream().filter(SharedKernel::isStandIn).toList();
    String inner = name + "_" + outlined++;
    arrays.forEach(frame::loadArray);
    free.forEach(local -> frame.load(local.name()));
    frame.code.visitMethodInsn(
        INVOKESTATIC, setting.owner(), inner, descriptor(arrays, free), false);
    KernelMethod method = new KernelMethod(setting, inner, arrays, free, List.of(stmt));
    method.written.addAll(written);
    content.emit(method);
    method.finish();
  }

  @Override
  public boolean emit(Stmt.Loop loop) {
    boolean isApart = FreeLocals.assigned(List.of(loop)).isEmpty();
    return isApart
        && (emitDrawn(loop)
            || loopsOfLibrary.emit(loop)
            || emitSides(loop)
            || emitVectors(loop)
            || loopsOfLibrary.emitDue(loop)
            || emitApart(loop));
  }

  /// Synapses of a network that is being built, whose draws go in vectors.
  private boolean emitDrawn(Stmt.Loop loop) {
    Optional<SynapseDrawLoop> drawn =
        setting.builds() ? SynapseDrawLoop.of(loop) : Optional.empty();
    drawn.ifPresent(row ->
        new SynapseDrawEmitter(frame, expressions, statements, setting.seed()).emit(loop, row));
    return drawn.isPresent();
  }

  private boolean emitApart(Stmt.Loop loop) {
    if (!isLarge || Nodes.size(List.of(loop)) < LEAST_APART) {
      return false;
    }
    outline(loop, inner -> inner.statements.emitScalarLoop(loop));
    return true;
  }

  private boolean emitSides(Stmt.Loop loop) {
    Optional<List<Stmt.Loop>> sides =
        LeftOut.of(loop)
            .filter(each -> VectorPlan.isCandidate(loop))
            .filter(each -> each.stream().allMatch(side -> plan(side).isPresent()));
    sides.ifPresent(each -> each.forEach(statements::emit));
    return sides.isPresent();
  }

  private boolean emitVectors(Stmt.Loop loop) {
    Optional<List<Part>> parts = plan(loop).flatMap(this::parts);
    if (parts.isEmpty()) {
      return false;
    }
    int lanes = parts.get().stream().mapToInt(Part::lanes).max().orElseThrow();
    ranges.emit(
        name + outlined,
        loop.from(),
        loop.to(),
        lanes,
        (from, to) -> emitParts(parts.get(), from, to),
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
            .allMatch(part -> part.shaped().isEmpty() || part.shaped().get().shape().fitsMethod());
    return fit ? Optional.of(parts) : Optional.empty();
  }

  private void emitParts(List<Part> parts, String from, String to) {
    VectorRange.Piece whole = (first, end) -> parts.forEach(part -> emitPart(part, first, end));
    Strips.of(parts.stream().map(Part::loop).toList(), vectors.bits())
        .ifPresentOrElse(
            length -> ranges.strips(name + outlined, from, to, length, whole),
            () -> whole.emit(from, to));
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
      words.emit(draw.get());
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
    ranges.emit(
        name + outlined,
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
  public boolean areDrawnLater(Stmt.Words drawn) {
    return draws.stream().anyMatch(draw -> draw.words() == drawn);
  }

  @Override
  public boolean areVectors(Stmt.Words drawn) {
    return words.areVectors(drawn);
  }

  @Override
  public void pushKeys(Stmt.Words drawn, Expr stream) {
    words.pushKeys(drawn, stream);
  }

  @Override
  public void callDraw(Stmt.Words drawn) {
    words.callDraw(drawn);
  }

  @Override
  public void callAddBits(Stmt.AddBits add) {
    words.callAddBits(add);
  }

  /// Of a method that takes these arrays and numbers.
  static String descriptor(List<Buffer> arrays, List<FreeLocals.Local> parameters) {
    StringBuilder text = new StringBuilder("(");
    arrays.forEach(array -> text.append(ArrayType.of(array.cell()).descriptor));
    parameters.forEach(local -> text.append(JvmType.of(local.type()).descriptor));
    return text.append(")V").toString();
  }
}
