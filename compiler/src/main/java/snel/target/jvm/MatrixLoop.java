package snel.target.jvm;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Stmt;

/// Loops over matrices that the run-time library does as a whole, to the same bits.
sealed interface MatrixLoop {
  /// The product of two matrices, added to a third: `to[n, p] += a[k, n] * b[k, p]`.
  record Product(
      Buffer to,
      Place toAt,
      Buffer a,
      Place aAt,
      Buffer b,
      Place bAt,
      Expr rows,
      int depth,
      int width)
      implements MatrixLoop {}

  /// A block of a matrix added to a block of another: `to[y, x] += from[y, x]`.
  record Block(Buffer to, Place toAt, Buffer from, Place fromAt, int height, int width)
      implements MatrixLoop {}

  /// A block of a matrix that becomes one of another: `to[y, x] = from[y, x]`.
  record Copy(Buffer to, Place toAt, Buffer from, Place fromAt, int height, int width)
      implements MatrixLoop {}

  /// A matrix with its rows as columns: `to[j, i] = from[i, j]`.
  record Turn(Buffer to, Place toAt, Buffer from, Place fromAt, int height, int width)
      implements MatrixLoop {}

  /// Where an element lies.
  ///
  /// @param first of the element with all indices 0
  /// @param outer distance of neighbours by the outer index
  /// @param inner by the index of the loop inside it, if there is one before the columns
  record Place(Expr first, int outer, int inner) {}

  static Optional<MatrixLoop> of(Stmt.Loop loop) {
    return loop.body().size() == 1 && loop.body().getFirst() instanceof Stmt.Loop inner
        ? product(loop, inner)
            .or(() -> block(loop, inner))
            .or(() -> copy(loop, inner))
            .or(() -> turn(loop, inner))
        : Optional.empty();
  }

  private static Optional<MatrixLoop> product(Stmt.Loop rows, Stmt.Loop depth) {
    if (depth.body().size() != 2
        || !(depth.body().getFirst() instanceof Stmt.Let(String weight, Expr.Load factor))
        || !(depth.body().getLast() instanceof Stmt.Loop columns)
        || !rows.from().equals(Expr.i32(0))
        || !isFixed(depth)
        || !isRow(columns)
        || !(columns.body().getFirst() instanceof Stmt.Store(Buffer to, Expr at, Expr value))
        || !(value instanceof Expr.Fma(Expr times, Expr.Load row, Expr before))
        || !(times instanceof Expr.Read(String name, _))
        || !name.equals(weight)
        || !before.equals(new Expr.Load(to, at))
        || !areFloats(to, factor.buffer(), row.buffer())
        || to.equals(factor.buffer())
        || to.equals(row.buffer())) {
      return Optional.empty();
    }
    Optional<Place> toAt = place(at, rows, depth, columns, 1);
    Optional<Place> aAt = place(factor.index(), rows, depth, columns, 0);
    Optional<Place> bAt = place(row.index(), rows, depth, columns, 1);
    return toAt.isPresent()
            && aAt.isPresent()
            && bAt.isPresent()
            && toAt.get().inner == 0
            && bAt.get().outer == 0
        ? Optional.of(
            new Product(
                to,
                toAt.get(),
                factor.buffer(),
                aAt.get(),
                row.buffer(),
                bAt.get(),
                rows.to(),
                count(depth),
                count(columns)))
        : Optional.empty();
  }

  private static Optional<MatrixLoop> block(Stmt.Loop lines, Stmt.Loop columns) {
    if (!isFixed(lines)
        || !isRow(columns)
        || !(columns.body().getFirst() instanceof Stmt.Store(Buffer to, Expr at, Expr value))
        || !(value instanceof Expr.Binary(BinaryOp op, Expr before, Expr.Load more))
        || op != BinaryOp.ADD
        || !before.equals(new Expr.Load(to, at))
        || !areFloats(to, more.buffer())
        || to.equals(more.buffer())) {
      return Optional.empty();
    }
    Optional<Place> toAt = place(at, lines, lines, columns, 1);
    Optional<Place> fromAt = place(more.index(), lines, lines, columns, 1);
    return toAt.isPresent() && fromAt.isPresent()
        ? Optional.of(
            new Block(to, toAt.get(), more.buffer(), fromAt.get(), count(lines), count(columns)))
        : Optional.empty();
  }

  private static Optional<MatrixLoop> copy(Stmt.Loop lines, Stmt.Loop columns) {
    if (!isFixed(lines)
        || !isRow(columns)
        || !(columns.body().getFirst() instanceof Stmt.Store(Buffer to, Expr at, Expr.Load more))
        || !areFloats(to, more.buffer())
        || to.equals(more.buffer())) {
      return Optional.empty();
    }
    Optional<Place> toAt = place(at, lines, lines, columns, 1);
    Optional<Place> fromAt = place(more.index(), lines, lines, columns, 1);
    return toAt.isPresent() && fromAt.isPresent()
        ? Optional.of(
            new Copy(to, toAt.get(), more.buffer(), fromAt.get(), count(lines), count(columns)))
        : Optional.empty();
  }

  private static Optional<MatrixLoop> turn(Stmt.Loop rows, Stmt.Loop columns) {
    if (!isFixed(rows)
        || !isFixed(columns)
        || columns.body().size() != 1
        || !(columns.body().getFirst() instanceof Stmt.Store(Buffer to, Expr at, Expr.Load more))
        || !areFloats(to, more.buffer())
        || to.equals(more.buffer())) {
      return Optional.empty();
    }
    Optional<Place> toAt = place(at, columns, columns, rows, 1);
    Optional<Place> fromAt = place(more.index(), rows, rows, columns, 1);
    return toAt.isPresent() && fromAt.isPresent()
        ? Optional.of(
            new Turn(to, toAt.get(), more.buffer(), fromAt.get(), count(rows), count(columns)))
        : Optional.empty();
  }

  private static boolean isFixed(Stmt.Loop loop) {
    return loop.from().equals(Expr.i32(0)) && loop.to() instanceof Expr.Const;
  }

  private static boolean isRow(Stmt.Loop columns) {
    return isFixed(columns)
        && columns.order() == Stmt.Order.INDEPENDENT
        && columns.body().size() == 1;
  }

  private static boolean areFloats(Buffer... buffers) {
    return List.of(buffers).stream().allMatch(buffer -> buffer.cell() == Cell.F32);
  }

  private static int count(Stmt.Loop loop) {
    return (int) ((Expr.Const) loop.to()).bits();
  }

  private static Optional<Place> place(
      Expr index, Stmt.Loop outer, Stmt.Loop inner, Stmt.Loop columns, int perColumn) {
    Set<String> indices = new HashSet<>(List.of(outer.index(), inner.index(), columns.index()));
    return Affine.of(index, indices)
        .filter(affine -> affine.factor(columns.index()) == perColumn)
        .map(affine ->
            new Place(affine.rest(), affine.factor(outer.index()), affine.factor(inner.index())));
  }
}
