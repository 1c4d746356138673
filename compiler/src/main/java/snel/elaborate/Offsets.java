package snel.elaborate;

import snel.math.Exact;
import snel.math.Expr;
import snel.math.Fold;
import snel.math.Kind;
import snel.math.Owner;
import snel.model.Connection;
import snel.units.Rational;

/// `offset.x` and `offset.y` of a connection: how many columns and rows the source lies from the
/// middle of the target's window, or from the target itself where the rule has no windows.
final class Offsets {
  private Offsets() {}

  /// @param sourceAxes, targetAxes how many axes the two populations have
  static void define(Env env, Connection connection, int sourceAxes, int targetAxes) {
    for (int fromLast = 0; fromLast < 2; fromLast++) {
      int source = sourceAxes - 1 - fromLast;
      int target = targetAxes - 1 - fromLast;
      if (source >= 0 && target >= 0) {
        Expr middle = middle(connection, 1 - fromLast, position(Owner.POST, target));
        env.define(
            name(fromLast == 0 ? "x" : "y"), Val.of(Fold.sub(position(Owner.PRE, source), middle)));
      }
    }
  }

  static String name(String axis) {
    return "#offset:" + axis;
  }

  private static Expr position(Owner owner, int axis) {
    return new Expr.Ref(owner, "position." + axis, Kind.REAL);
  }

  /// Where the window of a target has its middle, along its axis `k` (0 down, 1 right).
  private static Expr middle(Connection connection, int k, Expr target) {
    return switch (connection) {
      case Connection.Convolution rule -> {
        int reach = rule.dilation()[k] * (rule.kernel()[k] - 1);
        yield rule.transposed()
            ? Fold.div(
                Fold.add(target, half(2 * rule.padding()[k] - reach)), Expr.num(rule.stride()[k]))
            : middle(target, rule.stride()[k], rule.padding()[k], reach);
      }
      case Connection.Pooling(var kernel, var stride, var padding) ->
          middle(target, stride[k], padding[k], kernel[k] - 1);
      case Connection.Window(var kernel, var stride, var padding) ->
          middle(target, stride[k], padding[k], kernel[k] - 1);
      case Connection.All _, Connection.OneToOne _, Connection.Bernoulli _ -> target;
      case Connection.FixedIndegree _, Connection.FixedOutdegree _ -> target;
      case Connection.FixedTotal _, Connection.Edges _ -> target;
    };
  }

  private static Expr middle(Expr target, int stride, int padding, int reach) {
    Expr first = Fold.sub(Fold.mul(target, Expr.num(stride)), Expr.num(padding));
    return Fold.add(first, half(reach));
  }

  private static Expr half(int reach) {
    return new Expr.Num(Exact.of(Rational.of(reach, 2)));
  }
}
