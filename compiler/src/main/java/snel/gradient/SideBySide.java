package snel.gradient;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Role;
import snel.ir.Stmt;

/// Makes kernels that go back over a step of one sample into such that go back over that of several
/// samples. What belongs to a sample lies beside the same of the others, and a row of a tape beside
/// theirs, so that a loop over all neurons becomes a longer one, and what is done for each of
/// several samples with the same weights a product of matrices.
final class SideBySide {
  private final int samples;
  private final Names names;
  private final Tapes tapes;
  private final Set<Buffer> ofSample;
  private final Predicate<Buffer> hasRows;
  private final Predicate<Buffer> stands;

  /// @param ofSample derivatives that each sample has for itself
  /// @param hasRows whether a buffer has a row for each step of each sample
  /// @param stands whether a buffer is the same for all samples of a batch
  SideBySide(
      int samples,
      Names names,
      Tapes tapes,
      List<Buffer> ofSample,
      Predicate<Buffer> hasRows,
      Predicate<Buffer> stands) {
    this.samples = samples;
    this.names = names;
    this.tapes = tapes;
    this.ofSample = Set.copyOf(ofSample);
    this.hasRows = hasRows;
    this.stands = stands;
  }

  /// Empty if something is done that would come in another order, or is not known of all samples.
  Optional<Kernel> of(Kernel kernel) {
    if (!isPossible(kernel.body())) {
      return Optional.empty();
    }
    if (!kernel.body().stream().allMatch(stmt -> stmt instanceof Stmt.Loop)) {
      return Optional.of(kernel.with(List.of(forEach(kernel.body()))));
    }
    List<Stmt> all = new ArrayList<>();
    for (Stmt stmt : kernel.body()) {
      all.add(longer((Stmt.Loop) stmt).orElseGet(() -> forEach(List.of(stmt))));
    }
    return Optional.of(kernel.with(all));
  }

  private boolean isPossible(List<Stmt> block) {
    Set<Buffer> written = Nodes.writtenIn(block);
    Set<Buffer> read = new HashSet<>(Nodes.buffers(block));
    read.removeAll(written);
    int[] rows = {0};
    Nodes.eachExpression(block, expr -> rows[0] += expr.equals(tapes.row()) ? 1 : 0);
    return written.stream().allMatch(this::belongsToSample)
        && read.stream()
            .allMatch(buffer ->
                belongsToSample(buffer)
                    || isRow(buffer)
                    || buffer.role() == Role.CLOCK
                    || stands.test(buffer))
        && rows[0] == rowsInPlaces(block);
  }

  private boolean isRow(Buffer buffer) {
    return tapes.row() instanceof Expr.Load(Buffer row, _) && row.equals(buffer);
  }

  private boolean belongsToSample(Buffer buffer) {
    return (ofSample.contains(buffer) || hasRows.test(buffer))
        && buffer.length() instanceof Length.Fixed;
  }

  /// How often the number of the row stands where an element of a row is meant.
  private int rowsInPlaces(List<Stmt> block) {
    int[] found = {0};
    Nodes.eachExpression(
        block,
        expr -> {
          if (expr instanceof Expr.Load(Buffer buffer, Expr at) && hasRows.test(buffer)) {
            found[0] += rowsIn(at);
          }
        });
    Nodes.eachStatement(
        block,
        stmt -> {
          if (stmt instanceof Stmt.Store(Buffer buffer, Expr at, _) && hasRows.test(buffer)) {
            found[0] += rowsIn(at);
          }
        });
    return found[0];
  }

  private int rowsIn(Expr place) {
    int[] found = {0};
    Nodes.eachExpression(place, expr -> found[0] += expr.equals(tapes.row()) ? 1 : 0);
    return found[0];
  }

  /// A loop over what all samples have.
  private Optional<Stmt> longer(Stmt.Loop loop) {
    if (!Form.isZero(loop.from()) || !(loop.to() instanceof Expr.Const(_, long width))) {
      return Optional.empty();
    }
    int[] walks = {0};
    boolean[] fits = {true};
    int[] uses = {0};
    Nodes.eachStatement(
        loop.body(),
        stmt -> {
          switch (stmt) {
            case Stmt.Store(Buffer buffer, Expr at, _) -> {
              fits[0] &= walks(buffer, at, loop.index(), width);
              walks[0]++;
            }
            case Stmt.Let _, Stmt.If _ -> {}
            case Stmt.Loop _,
                Stmt.While _,
                Stmt.Var _,
                Stmt.Assign _,
                Stmt.Collect _,
                Stmt.Push _,
                Stmt.AddBits _,
                Stmt.Words _ ->
                fits[0] = false;
          }
        });
    Nodes.eachExpression(
        loop.body(),
        expr -> {
          switch (expr) {
            case Expr.Load(Buffer buffer, Expr at) when belongsToSample(buffer) -> {
              fits[0] &= walks(buffer, at, loop.index(), width);
              walks[0]++;
            }
            case Expr.Load(Buffer buffer, _) when buffer.role() == Role.CLOCK -> fits[0] = false;
            case Expr.Read(String name, _) when name.equals(loop.index()) -> uses[0]++;
            case Expr.Reduce _ -> fits[0] = false;
            default -> {}
          }
        });
    Expr all = Form.mul(tapes.slots(), Expr.i32((int) width));
    return fits[0] && uses[0] == walks[0]
        ? Optional.of(new Stmt.Loop(loop.index(), loop.from(), all, loop.order(), loop.body()))
        : Optional.empty();
  }

  /// Whether a place is the loop's own element of a buffer as long as the loop, or of a row of it.
  private boolean walks(Buffer buffer, Expr at, String index, long width) {
    Expr own = Form.index(index);
    if (ofSample.contains(buffer)) {
      return at.equals(own) && buffer.length().equals(Length.of(samples * width));
    }
    Expr row = new Expr.Binary(BinaryOp.MUL, tapes.row(), Expr.i32((int) width));
    return at.equals(new Expr.Binary(BinaryOp.ADD, row, own));
  }

  /// The same for one sample after the other.
  private Stmt forEach(List<Stmt> block) {
    String s = names.fresh("s");
    Expr sample = Form.index(s);
    List<Stmt> moved =
        Form.mapAll(
            block,
            expr ->
                switch (expr) {
                  case Expr.Load load when load.equals(tapes.row()) ->
                      new Expr.Binary(BinaryOp.ADD, load, sample);
                  case Expr.Load(Buffer buffer, Expr at) when ofSample.contains(buffer) ->
                      new Expr.Load(buffer, moved(buffer, at, sample));
                  case Expr.Load(Buffer buffer, Expr at) when buffer.role() == Role.CLOCK ->
                      tapes.clock(new Expr.Binary(BinaryOp.ADD, tapes.row(), sample), at);
                  default -> expr;
                });
    List<Stmt> all =
        Form.mapStores(
            moved,
            store ->
                ofSample.contains(store.buffer())
                    ? new Stmt.Store(
                        store.buffer(), moved(store.buffer(), store.index(), sample), store.value())
                    : store);
    return new Stmt.Loop(s, Expr.i32(0), tapes.slots(), Stmt.Order.SEQUENTIAL, all);
  }

  private Expr moved(Buffer buffer, Expr at, Expr sample) {
    long width = ((Length.Fixed) buffer.length()).count() / samples;
    return Form.add(Form.mul(sample, Expr.i32((int) width)), at);
  }
}
