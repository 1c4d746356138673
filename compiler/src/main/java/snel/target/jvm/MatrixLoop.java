package snel.target.jvm;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Stmt;
import snel.runtime.kernel.ShortRowsVector;

/// Loops over matrices that the run-time library does as a whole, to the same bits.
sealed interface MatrixLoop {
  /// Shorter rows are not worth a list of their own.
  int LEAST_LISTED = 64;

  /// Where both matrices have more rows, neither stays in the nearest cache, by strips or as a
  /// whole.
  int MOST_LISTED = 64;

  /// Where the order of sums is left open, what rows have in common makes up for it.
  int MOST_LISTED_OPEN = 1024;

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

  /// Maps, one for each weight of a kernel, added to a grid, each shifted by its weight's place:
  /// `to[y + ky, x + kx] += from[ky, kx, y, x]`.
  ///
  /// @param line distance of neighbours in a column of the grid
  record Shifted(
      Buffer to, int line, Buffer from, int kernelHeight, int kernelWidth, int height, int width)
      implements MatrixLoop {}

  /// A block of a matrix that becomes one of another: `to[y, x] = from[y, x]`.
  record Copy(Buffer to, Place toAt, Buffer from, Place fromAt, int height, int width)
      implements MatrixLoop {}

  /// A matrix with its rows as columns: `to[j, i] = from[i, j]`.
  record Turn(Buffer to, Place toAt, Buffer from, Place fromAt, int height, int width)
      implements MatrixLoop {}

  /// Rows of a matrix added to rows of another, for each of these the rows that a list names:
  /// `to[i, j] += from[list[i, n], j]`, n in `0 ..< counts[i]`.
  ///
  /// @param line distance of neighbours in a column of `from`
  /// @param anyOrder whether the order of sums is left open
  record Listed(
      Buffer to,
      Place toAt,
      Buffer from,
      int line,
      Buffer list,
      Place listAt,
      Buffer counts,
      Expr height,
      int width,
      boolean anyOrder)
      implements MatrixLoop {}

  /// A row added to those rows of a matrix that a list names: `to[list[n], j] += from[j]`, n in `0
  /// ..< count`.
  ///
  /// @param toAt where the first row of `to` lies
  /// @param line distance of neighbours in a column of `to`
  record Spread(
      Buffer to,
      Expr toAt,
      int line,
      Buffer from,
      Expr fromAt,
      Buffer list,
      Expr listAt,
      Expr count,
      int width)
      implements MatrixLoop {}

  /// A row added to another: `to[at] += from`, at and from by the columns.
  record Row(Buffer to, Expr at, Expr.Load from) {}

  /// Where an element lies.
  ///
  /// @param first of the element with all indices 0
  /// @param outer distance of neighbours by the outer index
  /// @param inner by the index of the loop inside it, if there is one before the columns
  record Place(Expr first, int outer, int inner) {}

  static Optional<MatrixLoop> of(Stmt.Loop loop) {
    if (loop.body().size() == 2) {
      return spread(loop);
    }
    return loop.body().size() == 1 && loop.body().getFirst() instanceof Stmt.Loop inner
        ? product(loop, inner)
            .or(() -> block(loop, inner))
            .or(() -> copy(loop, inner))
            .or(() -> turn(loop, inner))
            .or(() -> shifted(loop, inner))
            .or(() -> listed(loop, inner))
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
    if (!isFixed(lines) || !(row(columns) instanceof Row(Buffer to, Expr at, Expr.Load more))) {
      return Optional.empty();
    }
    Optional<Place> toAt = place(at, lines, lines, columns, 1);
    Optional<Place> fromAt = place(more.index(), lines, lines, columns, 1);
    return toAt.isPresent() && fromAt.isPresent()
        ? Optional.of(
            new Block(to, toAt.get(), more.buffer(), fromAt.get(), count(lines), count(columns)))
        : Optional.empty();
  }

  private static Optional<MatrixLoop> shifted(Stmt.Loop down, Stmt.Loop across) {
    if (!isFixed(down)
        || !isFixed(across)
        || across.body().size() != 1
        || !(across.body().getFirst() instanceof Stmt.Loop lines)
        || lines.body().size() != 1
        || !(lines.body().getFirst() instanceof Stmt.Loop columns)
        || block(lines, columns).isEmpty()
        || !(columns.body().getFirst() instanceof Stmt.Store(Buffer to, Expr at, Expr.Binary sum))
        || !(sum.right() instanceof Expr.Load more)) {
      return Optional.empty();
    }
    List<Stmt.Loop> nest = List.of(down, across, lines, columns);
    int width = count(columns);
    int map = count(lines) * width;
    Optional<List<Integer>> shifts = steps(at, nest);
    int line = shifts.map(steps -> steps.get(2)).orElse(0);
    int maps = count(down) * count(across) * map;
    int grid = (count(down) + count(lines) - 1) * line;
    return shifts.filter(List.of(line, 1, line, 1)::equals).isPresent()
            && steps(more.index(), nest)
                .filter(List.of(count(across) * map, map, width, 1)::equals)
                .isPresent()
            && hasRoom(to, grid + Length.SPARE)
            && hasRoom(more.buffer(), maps + Length.SPARE)
        ? Optional.of(
            new Shifted(to, line, more.buffer(), count(down), count(across), count(lines), width))
        : Optional.empty();
  }

  /// How far apart the neighbours by each loop's index are, where the first element is that of the
  /// array.
  private static Optional<List<Integer>> steps(Expr at, List<Stmt.Loop> nest) {
    List<String> indices = nest.stream().map(Stmt.Loop::index).toList();
    return Affine.of(at, Set.copyOf(indices))
        .filter(affine -> affine.rest().equals(Expr.i32(0)))
        .map(affine -> indices.stream().map(affine::factor).toList());
  }

  private static boolean hasRoom(Buffer buffer, long count) {
    return buffer.length() instanceof Length.Fixed(long own) && own >= count;
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

  private static Optional<MatrixLoop> listed(Stmt.Loop rows, Stmt.Loop uses) {
    if (!rows.from().equals(Expr.i32(0))
        || !uses.from().equals(Expr.i32(0))
        || !(uses.to() instanceof Expr.Load(Buffer counts, Expr which))
        || !(which instanceof Expr.Read(String index, _) && index.equals(rows.index()))
        || uses.body().size() != 1
        || !(uses.body().getFirst() instanceof Stmt.Loop columns)
        || !(row(columns) instanceof Row(Buffer to, Expr at, Expr.Load row))
        || count(columns) < LEAST_LISTED) {
      return Optional.empty();
    }
    boolean anyOrder = uses.order() == Stmt.Order.OPEN;
    int most = anyOrder ? MOST_LISTED_OPEN : MOST_LISTED;
    Optional<Place> toAt = place(at, rows, uses, columns, 1);
    Optional<Affine> rowAt = Affine.of(row.index(), Set.of(columns.index()));
    if (toAt.filter(place -> place.inner == 0).isEmpty()
        || rowAt.filter(affine -> affine.factor(columns.index()) == 1).isEmpty()
        || !(rowAt.get().rest() instanceof Expr.Binary(BinaryOp times, Expr.Load name, Expr line))
        || times != BinaryOp.MUL
        || !(line instanceof Expr.Const(_, long stride))
        || Math.min(rows(to, toAt.get().outer), rows(row.buffer(), stride)) > most
        || name.buffer().cell() != Cell.I32 && name.buffer().cell() != Cell.U16) {
      return Optional.empty();
    }
    return place(name.index(), rows, columns, uses, 1)
        .filter(place -> place.inner == 0)
        .map(listAt ->
            new Listed(
                to,
                toAt.get(),
                row.buffer(),
                (int) stride,
                name.buffer(),
                listAt,
                counts,
                rows.to(),
                count(columns),
                anyOrder));
  }

  private static Optional<MatrixLoop> spread(Stmt.Loop loop) {
    if (!loop.from().equals(Expr.i32(0))
        || !(loop.body().getFirst() instanceof Stmt.Let(String who, Expr.Load(Buffer list, Expr n)))
        || list.cell() != Cell.I32
        || !(loop.body().getLast() instanceof Stmt.Loop columns)
        || !(row(columns) instanceof Row(Buffer to, Expr at, Expr.Load row))
        || !ShortRowsVector.has(count(columns))) {
      return Optional.empty();
    }
    String j = columns.index();
    Set<String> all = Set.of(loop.index(), who, j);
    Optional<Affine> toAt = along(at, j, all, Set.of(who, j));
    Optional<Affine> fromAt = along(row.index(), j, all, Set.of(j));
    Optional<Affine> listAt = along(n, loop.index(), all, Set.of(loop.index()));
    return toAt.isPresent() && fromAt.isPresent() && listAt.isPresent()
        ? Optional.of(
            new Spread(
                to,
                toAt.get().rest(),
                toAt.get().factor(who),
                row.buffer(),
                fromAt.get().rest(),
                list,
                listAt.get().rest(),
                loop.to(),
                count(columns)))
        : Optional.empty();
  }

  /// An index that goes up by one with one of all, and depends on these of them only.
  private static Optional<Affine> along(Expr at, String by, Set<String> all, Set<String> these) {
    return Affine.of(at, all)
        .filter(affine -> affine.factors().keySet().equals(these) && affine.factor(by) == 1);
  }

  private static long rows(Buffer matrix, long line) {
    return matrix.length() instanceof Length.Fixed(long count) && line > 0
        ? count / line
        : Long.MAX_VALUE;
  }

  private static boolean isFixed(Stmt.Loop loop) {
    return loop.from().equals(Expr.i32(0)) && loop.to() instanceof Expr.Const;
  }

  private static boolean isRow(Stmt.Loop columns) {
    return isFixed(columns)
        && columns.order() == Stmt.Order.INDEPENDENT
        && columns.body().size() == 1;
  }

  /// What adds a row of one matrix to one of another; null if the loop does something else.
  private static @Nullable Row row(Stmt.Loop columns) {
    return isRow(columns)
            && columns.body().getFirst() instanceof Stmt.Store(Buffer to, Expr at, Expr value)
            && value instanceof Expr.Binary(BinaryOp op, Expr before, Expr.Load from)
            && op == BinaryOp.ADD
            && before.equals(new Expr.Load(to, at))
            && areFloats(to, from.buffer())
            && !to.equals(from.buffer())
        ? new Row(to, at, from)
        : null;
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
