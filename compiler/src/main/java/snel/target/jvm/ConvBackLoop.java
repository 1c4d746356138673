package snel.target.jvm;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.runtime.kernel.ConvBack;

/// A loop over the channels of a source that works out, of what came to the targets of a kernel
/// which neurons share, what comes back to the source.
///
/// @param to what comes back is added to this
/// @param came to the targets
record ConvBackLoop(Buffer to, Buffer weights, Buffer came, ConvBack.Shape shape) {

  /// Whether a kernel has one that [ConvBack] does.
  static boolean isIn(Kernel kernel) {
    return kernel.body().stream()
        .anyMatch(stmt -> stmt instanceof Stmt.Loop loop && suited(loop).isPresent());
  }

  /// One that [ConvBack] does, which is for vectors.
  static Optional<ConvBackLoop> suited(Stmt.Loop loop) {
    return of(loop).filter(found -> found.shape().suits());
  }

  static Optional<ConvBackLoop> of(Stmt.Loop loop) {
    if (!loop.from().equals(Expr.i32(0))
        || !(loop.to() instanceof Expr.Const(_, long channels))
        || loop.body().size() != 5
        || !loop.body().stream().allMatch(Stmt.Loop.class::isInstance)) {
      return Optional.empty();
    }
    List<Stmt.Loop> parts = loop.body().stream().map(Stmt.Loop.class::cast).toList();
    return MatrixLoop.of(parts.get(2)).orElse(null) instanceof MatrixLoop.Product product
            && MatrixLoop.of(parts.get(3)).orElse(null) instanceof MatrixLoop.Shifted shifted
            && MatrixLoop.of(parts.get(4)).orElse(null) instanceof MatrixLoop.Block taken
            && clears(parts.get(0), product.to(), kernel(shifted) * map(shifted))
            && clears(parts.get(1), shifted.to(), 1)
        ? of(loop.index(), (int) channels, product, shifted, taken)
        : Optional.empty();
  }

  private static Optional<ConvBackLoop> of(
      String channel,
      int channels,
      MatrixLoop.Product product,
      MatrixLoop.Shifted shifted,
      MatrixLoop.Block taken) {
    int kernel = kernel(shifted);
    int map = map(shifted);
    int source = taken.height() * taken.width();
    int line = shifted.line();
    OptionalInt first = constant(taken.fromAt().first());
    boolean fits =
        product.to().equals(shifted.from())
            && shifted.to().equals(taken.from())
            && product.rows().equals(Expr.i32(kernel))
            && product.width() == map
            && isAt(product.toAt(), channel, List.of(0, map, 0))
            && isAt(product.aAt(), channel, List.of(kernel, 1, channels * kernel))
            && isAt(product.bAt(), channel, List.of(0, 0, map))
            && isAt(taken.toAt(), channel, List.of(source, taken.width(), taken.width()))
            && taken.fromAt().outer() == line;
    if (!fits || first.isEmpty()) {
      return Optional.empty();
    }
    int paddingY = first.getAsInt() / line;
    var shape =
        new ConvBack.Shape(
            channels,
            taken.height(),
            taken.width(),
            product.depth(),
            shifted.height(),
            shifted.width(),
            shifted.kernelHeight(),
            shifted.kernelWidth(),
            paddingY,
            first.getAsInt() % line,
            Math.max(shifted.height() + shifted.kernelHeight() - 1, paddingY + taken.height()),
            line);
    return Optional.of(new ConvBackLoop(taken.to(), product.a(), product.b(), shape));
  }

  /// Whether an element is where these factors of the channel and of both loops lead.
  private static boolean isAt(MatrixLoop.Place place, String channel, List<Integer> factors) {
    return Affine.of(place.first(), Set.of(channel))
            .filter(first -> first.rest().equals(Expr.i32(0)))
            .filter(first -> first.factor(channel) == factors.getFirst())
            .isPresent()
        && place.outer() == factors.get(1)
        && place.inner() == factors.getLast();
  }

  private static OptionalInt constant(Expr expr) {
    if (expr instanceof Expr.Const(_, long value)) {
      return OptionalInt.of((int) value);
    }
    if (!(expr instanceof Expr.Binary(BinaryOp op, Expr left, Expr right))) {
      return OptionalInt.empty();
    }
    OptionalInt a = constant(left);
    OptionalInt b = constant(right);
    if (a.isEmpty() || b.isEmpty() || op != BinaryOp.ADD && op != BinaryOp.MUL) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        op == BinaryOp.ADD ? a.getAsInt() + b.getAsInt() : a.getAsInt() * b.getAsInt());
  }

  private static boolean clears(Stmt.Loop loop, Buffer buffer, int least) {
    return loop.from().equals(Expr.i32(0))
        && loop.to() instanceof Expr.Const(_, long count)
        && count >= least
        && loop.body().size() == 1
        && loop.body().getFirst() instanceof Stmt.Store(Buffer cleared, Expr at, Expr value)
        && cleared.equals(buffer)
        && at.equals(new Expr.Read(loop.index(), Scalar.I32))
        && value.equals(Expr.real(Scalar.F32, 0));
  }

  private static int kernel(MatrixLoop.Shifted shifted) {
    return shifted.kernelHeight() * shifted.kernelWidth();
  }

  private static int map(MatrixLoop.Shifted shifted) {
    return shifted.height() * shifted.width();
  }
}
