package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Role;
import snel.ir.Stmt;
import snel.ir.Wiring;
import snel.runtime.kernel.MaskRowsVector;
import snel.runtime.kernel.SparseRows;

/// Loops that the library does: patches of kernels, products of matrices, rows that are added up,
/// rows with masks, long sparse rows, lists of what is due.
final class LibraryLoops {
  /// What is known of the arrays of a program.
  ///
  /// @param changing what steps change
  /// @param rewired what steps, hooks or experiments change
  /// @param masks which rows have masks
  /// @param kernels wirings whose synapses share kernels, by where their rows start
  /// @param pools whose windows lie side by side, by what holds the targets of their sources
  /// @param fresh what is 0 when something is added to it
  record Facts(
      Set<Buffer> changing,
      Set<Buffer> rewired,
      MaskTables masks,
      Map<Buffer, Wiring> kernels,
      Map<Buffer, PoolLoop.Shape> pools,
      FreshSums fresh) {}

  private final Facts facts;
  private final Frame frame;
  private final ExpressionEmitter expressions;
  private final StatementEmitter statements;
  private final Fields fields;
  private final VectorMethods vectors;
  private final Set<Buffer> written;
  private final Set<Buffer> gradients = new HashSet<>();

  /// @param written what the kernel changes
  LibraryLoops(
      Facts facts,
      Frame frame,
      ExpressionEmitter expressions,
      StatementEmitter statements,
      Fields fields,
      VectorMethods vectors,
      Set<Buffer> written) {
    this.facts = facts;
    this.frame = frame;
    this.expressions = expressions;
    this.statements = statements;
    this.fields = fields;
    this.vectors = vectors;
    this.written = written;
  }

  /// False if the library has no such loop.
  boolean emit(Stmt.Loop loop) {
    return emitPatches(loop)
        || emitConvBack(loop)
        || emitPools(loop)
        || emitMatrix(loop)
        || emitRows(loop)
        || emitMasks(loop)
        || emitSparseRow(loop);
  }

  private boolean emitPatches(Stmt.Loop loop) {
    boolean inVectors = vectors.bits() > 0;
    var patches = new PatchLoopEmitter(frame, expressions, statements, fields);
    Optional<PatchLoop> found = PatchLoop.of(loop, facts.kernels());
    Optional<PatchLoop> around =
        inVectors ? PatchLoop.around(loop, facts.kernels()) : Optional.empty();
    if (around.isPresent()) {
      gradients.add(around.get().to());
      patches.emitAround(loop, around.get());
      gradients.remove(around.get().to());
      vectors.usePatches(around.get().shape());
      return true;
    }
    if (inVectors && found.filter(this::isSteady).isPresent()) {
      patches.emit(found.get(), facts.fresh().begin(found.get().to(), loop));
      vectors.usePatches(found.get().shape());
      return true;
    }
    Optional<PatchLoop> sums = found.filter(loops -> !loops.isGradient());
    sums.ifPresent(patches::emitStencil);
    return sums.isPresent();
  }

  private boolean emitConvBack(Stmt.Loop loop) {
    Optional<ConvBackLoop> found =
        vectors.bits() == 0
            ? Optional.empty()
            : ConvBackLoop.suited(loop)
                .filter(back -> isSteady(back.weights()))
                .filter(back -> !SharedKernel.isStandIn(back.weights()));
    if (found.isEmpty()) {
      return false;
    }
    vectors.useConvBack();
    fields.loadConvBack(frame.code, found.get());
    frame.loadArray(found.get().to());
    frame.loadArray(found.get().weights());
    frame.loadArray(found.get().came());
    frame.code.visitMethodInsn(INVOKEVIRTUAL, CallEmitter.CONV_BACK, "add", "([F[F[F)V", false);
    return true;
  }

  private boolean emitPools(Stmt.Loop loop) {
    Optional<PoolLoop> found =
        vectors.bits() == 0 ? Optional.empty() : PoolLoop.of(loop, facts.pools());
    found.ifPresent(new PoolLoopEmitter(frame, expressions, vectors)::emit);
    return found.isPresent();
  }

  private boolean emitMatrix(Stmt.Loop loop) {
    Optional<MatrixLoop> found = vectors.bits() == 0 ? Optional.empty() : MatrixLoop.of(loop);
    found.ifPresent(new MatrixLoopEmitter(frame, expressions, fields, vectors)::emit);
    return found.isPresent();
  }

  /// Whether what [snel.runtime.kernel.Patches] has of the weights, or their gradient, is what the
  /// array would have.
  private boolean isSteady(PatchLoop patches) {
    Buffer weights = patches.weights();
    return patches.isGradient() ? gradients.contains(weights) : isSteady(weights);
  }

  private boolean isSteady(Buffer weights) {
    return !facts.changing().contains(weights) && !written.contains(weights);
  }

  private boolean emitRows(Stmt.Loop loop) {
    int lanes = vectors.bits() / Float.SIZE;
    Optional<RowLoop> rows = lanes == 0 ? Optional.empty() : RowLoop.of(loop);
    if (rows.filter(found -> found.suits(lanes)).isEmpty()) {
      return false;
    }
    Buffer matrix = rows.get().rows();
    boolean steady =
        !SharedKernel.isStandIn(matrix)
            && !facts.changing().contains(matrix)
            && !written.contains(matrix);
    int width = rows.get().width();
    boolean copies = steady && width >= 2 * lanes && !fields.beginsWithLines(matrix, width);
    vectors.useRows(width, rows.get().factor().isPresent(), copies);
    new RowLoopEmitter(frame, expressions, statements, fields, copies).emit(rows.get());
    return true;
  }

  private boolean emitMasks(Stmt.Loop loop) {
    boolean isWide = vectors.bits() >= MaskRowsVector.LANES * Float.SIZE;
    Optional<MaskLoop> found = isWide ? MaskLoop.of(loop, facts.masks()) : Optional.empty();
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

  private boolean emitSparseRow(Stmt.Loop loop) {
    Optional<SparseRow> found =
        vectors.bits() > 0 && loop.from() instanceof Expr.Load(Buffer begins, _)
            ? SparseRow.of(loop, new LoopFacts(loop.index(), loop.to(), loop.body()))
                .filter(row -> row.at().equals(Expr.i32(0)))
                .filter(row -> fields.meanRow(begins, row.target()) >= SparseRows.LEAST)
            : Optional.empty();
    if (found.isEmpty()) {
      return false;
    }
    SparseRow row = found.get();
    String targets = ArrayType.of(row.target().cell()).descriptor;
    vectors.useSparseRows(row.target().cell());
    frame.loadArray(row.sums());
    frame.loadArray(row.weights());
    frame.loadArray(row.target());
    expressions.push(loop.from());
    expressions.push(loop.to());
    frame.code.visitMethodInsn(
        INVOKESTATIC, CallEmitter.SPARSE_ROWS, "add", "([F[F" + targets + "II)V", false);
    return true;
  }

  /// A loop over what is due, which comes after vectors have been tried.
  boolean emitDue(Stmt.Loop loop) {
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
        && !facts.rewired().contains(beginnings)
        && fields.hasShortRows(
            beginnings, vectors.bits() > 0 ? DueLoop.SHORT_IN_VECTORS : DueLoop.SHORT);
  }
}
