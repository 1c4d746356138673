package snel.target.jvm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.ConvShape;
import snel.ir.Expr;
import snel.ir.Rule;
import snel.ir.Stmt;
import snel.ir.Wiring;

/// A loop over the sources of a pool whose windows lie side by side, each of which has one target:
/// no target need be looked up.
sealed interface PoolLoop {
  /// The windows of a pool.
  ///
  /// @param height of a window
  /// @param width of a window
  /// @param rows of windows, of all maps together
  /// @param columns of windows in a row
  record Shape(int height, int width, int rows, int columns) {
    int sources() {
      return height * width * rows * columns;
    }
  }

  /// What a source sends: `factor * from[at + i]`.
  record Sent(Buffer from, Expr at, double factor) {}

  Shape shape();

  /// `maxima[target[i]]` becomes the larger of itself and what is sent.
  record Largest(Shape shape, Buffer maxima, Sent sent) implements PoolLoop {}

  /// What `came` to a target is added to the gradient of the first source that sent the largest.
  record Give(Shape shape, Buffer came, Buffer maxima, Sent sent, Buffer gradient)
      implements PoolLoop {}

  /// What came to a target is added to all of its sources.
  record Spread(Shape shape, Buffer came, Buffer to) implements PoolLoop {}

  /// Pools by what holds the targets of their sources.
  static Map<Buffer, Shape> pools(List<Build> build) {
    Map<Buffer, Shape> found = new HashMap<>();
    for (Build step : build) {
      if (step instanceof Build.Wire(Wiring wiring)
          && wiring.rule() instanceof Rule.Pool(ConvShape s)
          && s.strideY() == s.kernelHeight()
          && s.strideX() == s.kernelWidth()
          && s.sourceHeight() == s.targetHeight() * s.kernelHeight()
          && s.sourceWidth() == s.targetWidth() * s.kernelWidth()) {
        int rows = s.targetChannels() * s.targetHeight();
        var shape = new Shape(s.kernelHeight(), s.kernelWidth(), rows, s.targetWidth());
        found.put(wiring.target(), shape);
      }
    }
    return found;
  }

  static Optional<PoolLoop> of(Stmt.Loop loop, Map<Buffer, Shape> pools) {
    if (pools.isEmpty() || !loop.from().equals(Expr.i32(0))) {
      return Optional.empty();
    }
    return largest(loop, pools)
        .or(() -> give(loop, pools))
        .or(() -> spread(loop, pools))
        .filter(found -> loop.to().equals(Expr.i32(found.shape().sources())));
  }

  private static Optional<PoolLoop> largest(Stmt.Loop loop, Map<Buffer, Shape> pools) {
    if (loop.body().size() != 1
        || !(loop.body().getFirst() instanceof Stmt.Store(Buffer maxima, Expr at, Expr value))
        || !(value instanceof Expr.Binary(BinaryOp op, Expr before, Expr more))
        || op != BinaryOp.MAX
        || !before.equals(new Expr.Load(maxima, at))) {
      return Optional.empty();
    }
    Optional<Shape> shape = shape(at, loop, pools);
    Optional<Sent> sent = sent(more, loop);
    return shape.isPresent() && sent.isPresent() && areFloats(maxima, sent.get().from)
        ? Optional.of(new Largest(shape.get(), maxima, sent.get()))
        : Optional.empty();
  }

  private static Optional<PoolLoop> give(Stmt.Loop loop, Map<Buffer, Shape> pools) {
    if (loop.body().size() != 3
        || !(loop.body().getFirst() instanceof Stmt.Let(String bar, Expr.Load all))
        || !(loop.body().get(1) instanceof Stmt.Store(Buffer came, Expr there, Expr left))
        || !(loop.body().get(2) instanceof Stmt.Store(Buffer gradient, Expr here, Expr sum))
        || !(left instanceof Expr.Choose(Expr.Compare isLargest, Expr none, Expr.Read kept))
        || !(sum instanceof Expr.Binary(BinaryOp op, Expr before, Expr.Choose more))
        || !(isLargest.right() instanceof Expr.Load(Buffer maxima, Expr place))) {
      return Optional.empty();
    }
    Optional<Shape> shape = shape(there, loop, pools);
    Optional<Sent> sent = sent(isLargest.left(), loop);
    boolean fits =
        all.equals(new Expr.Load(came, there))
            && place.equals(there)
            && isLargest.op() == CompareOp.EQ
            && isZero(none)
            && kept.name().equals(bar)
            && op == BinaryOp.ADD
            && before.equals(new Expr.Load(gradient, here))
            && isIndex(here, loop)
            && more.equals(new Expr.Choose(isLargest, kept, none));
    return fits
            && shape.isPresent()
            && sent.isPresent()
            && areFloats(came, maxima, gradient, sent.get().from)
        ? Optional.of(new Give(shape.get(), came, maxima, sent.get(), gradient))
        : Optional.empty();
  }

  private static Optional<PoolLoop> spread(Stmt.Loop loop, Map<Buffer, Shape> pools) {
    if (loop.body().size() != 3
        || !(loop.body().getFirst() instanceof Stmt.Var(String name, Expr begin))
        || !(loop.body().get(1) instanceof Stmt.Assign(String sum, Expr.Binary added))
        || !(loop.body().get(2) instanceof Stmt.Store(Buffer to, Expr here, Expr value))
        || !(added.left() instanceof Expr.Read(String own, _))
        || !(added.right() instanceof Expr.Binary(BinaryOp times, Expr.Load load, Expr one))
        || !(value instanceof Expr.Binary(BinaryOp op, Expr before, Expr.Read read))) {
      return Optional.empty();
    }
    Optional<Shape> shape = shape(load.index(), loop, pools);
    boolean fits =
        isZero(begin)
            && sum.equals(name)
            && own.equals(name)
            && read.name().equals(name)
            && added.op() == BinaryOp.ADD
            && op == BinaryOp.ADD
            && times == BinaryOp.MUL
            && isOne(one)
            && before.equals(new Expr.Load(to, here))
            && isIndex(here, loop)
            && areFloats(load.buffer(), to);
    return fits && shape.isPresent()
        ? Optional.of(new Spread(shape.get(), load.buffer(), to))
        : Optional.empty();
  }

  /// Of the pool whose targets of the loop's sources this is.
  private static Optional<Shape> shape(Expr at, Stmt.Loop loop, Map<Buffer, Shape> pools) {
    return at instanceof Expr.Load(Buffer targets, Expr source) && isIndex(source, loop)
        ? Optional.ofNullable(pools.get(targets))
        : Optional.empty();
  }

  private static Optional<Sent> sent(Expr value, Stmt.Loop loop) {
    double factor = 1;
    Expr rest = value;
    if (value instanceof Expr.Binary(BinaryOp op, Expr.Const times, Expr more)
        && op == BinaryOp.MUL) {
      factor = number(times);
      rest = more;
    }
    if (!(rest instanceof Expr.Load(Buffer from, Expr index))) {
      return Optional.empty();
    }
    double all = factor;
    return new LoopFacts(loop.index(), loop.to(), loop.body())
        .offset(index)
        .map(at -> new Sent(from, at, all));
  }

  private static double number(Expr.Const number) {
    return switch (number.type()) {
      case F32 -> Float.intBitsToFloat((int) number.bits());
      case F64 -> Double.longBitsToDouble(number.bits());
      default -> number.bits();
    };
  }

  private static boolean isZero(Expr expr) {
    return expr instanceof Expr.Const(_, long bits) && bits == 0;
  }

  private static boolean isOne(Expr expr) {
    Expr whole = expr instanceof Expr.Convert convert ? convert.operand() : expr;
    return whole instanceof Expr.Const number && number(number) == 1;
  }

  private static boolean isIndex(Expr expr, Stmt.Loop loop) {
    return expr instanceof Expr.Read(String name, _) && name.equals(loop.index());
  }

  /// Whether these are arrays of floats, no two of them the same.
  private static boolean areFloats(Buffer... buffers) {
    List<Buffer> all = List.of(buffers);
    return all.stream().allMatch(buffer -> buffer.cell() == Cell.F32)
        && all.stream().distinct().count() == all.size();
  }
}
