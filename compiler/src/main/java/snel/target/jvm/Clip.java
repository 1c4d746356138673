package snel.target.jvm;

import java.util.Optional;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Scalar;

/// A local number that is kept within two bounds of which none is negative.
///
/// The bits of such numbers rise with them, so one comparison of bits, without sign, tells whether
/// a number lies within: negative ones, -0 and NaN, have larger bits.
///
/// @param low bits of the lower bound
/// @param high bits of the upper bound
record Clip(Expr.Read number, int low, int high) {
  /// `x < low ? low : x > high ? high : x`, in either order.
  static Optional<Clip> of(Expr.Choose choose) {
    if (!(choose.condition() instanceof Expr.Compare(var first, Expr.Read number, Expr.Const one))
        || number.type() != Scalar.F32
        || !choose.whenTrue().equals(one)
        || !(choose.whenFalse() instanceof Expr.Choose(var other, var bound, var inside))
        || !(other instanceof Expr.Compare(var second, var same, Expr.Const two))
        || !bound.equals(two)
        || !same.equals(number)
        || !inside.equals(number)) {
      return Optional.empty();
    }
    boolean rises = first == CompareOp.LT && second == CompareOp.GT;
    boolean falls = first == CompareOp.GT && second == CompareOp.LT;
    int low = (int) (rises ? one : two).bits();
    int high = (int) (rises ? two : one).bits();
    return (rises || falls) && 0 <= low && low <= high
        ? Optional.of(new Clip(number, low, high))
        : Optional.empty();
  }
}
