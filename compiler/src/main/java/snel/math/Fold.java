package snel.math;

import java.util.List;
import snel.math.Expr.Add;
import snel.math.Expr.Call;
import snel.math.Expr.Choose;
import snel.math.Expr.Div;
import snel.math.Expr.Mul;
import snel.math.Expr.Neg;
import snel.math.Expr.Num;
import snel.math.Expr.Pow;
import snel.math.Expr.Sub;
import snel.math.Expr.Truth;

/// Smart constructors: operations on constants are done exactly, and what is neutral (`x + 0`, `1 *
/// x`) falls away. The order of the remaining operations is kept.
public final class Fold {
  private Fold() {}

  public static Expr add(Expr left, Expr right) {
    if (left instanceof Num(var a) && right instanceof Num(var b)) {
      return new Num(a.plus(b));
    }
    if (isZero(left)) {
      return right;
    }
    return isZero(right) ? left : new Add(left, right);
  }

  public static Expr sub(Expr left, Expr right) {
    if (left instanceof Num(var a) && right instanceof Num(var b)) {
      return new Num(a.minus(b));
    }
    if (isZero(left)) {
      return neg(right);
    }
    return isZero(right) ? left : new Sub(left, right);
  }

  public static Expr mul(Expr left, Expr right) {
    if (left instanceof Num(var a) && right instanceof Num(var b)) {
      return new Num(a.times(b));
    }
    if (isZero(left) && Finite.is(right) || isZero(right) && Finite.is(left)) {
      return new Num(Exact.ZERO);
    }
    if (isOne(left)) {
      return right;
    }
    return isOne(right) ? left : new Mul(left, right);
  }

  public static Expr div(Expr left, Expr right) {
    if (left instanceof Num(var a) && right instanceof Num(var b)) {
      return new Num(a.dividedBy(b));
    }
    return isOne(right) ? left : new Div(left, right);
  }

  public static Expr neg(Expr operand) {
    return switch (operand) {
      case Num(var a) -> new Num(a.negated());
      case Neg(var inner) -> inner;
      default -> new Neg(operand);
    };
  }

  public static Expr pow(Expr base, Expr exponent) {
    if (base instanceof Num(var a) && exponent instanceof Num(var b)) {
      return new Num(a.power(b));
    }
    return isOne(exponent) ? base : new Pow(base, exponent);
  }

  public static Expr choose(Expr condition, Expr whenTrue, Expr whenFalse) {
    if (condition instanceof Truth(var truth)) {
      return truth ? whenTrue : whenFalse;
    }
    return whenTrue.equals(whenFalse) ? whenTrue : new Choose(condition, whenTrue, whenFalse);
  }

  public static Expr compare(Relation relation, Expr left, Expr right) {
    if (left instanceof Num(var a) && right instanceof Num(var b)) {
      return new Truth(holds(relation, a, b));
    }
    return new Expr.Compare(relation, left, right);
  }

  public static Expr and(Expr left, Expr right) {
    if (left instanceof Truth(var a)) {
      return a ? right : left;
    }
    return right instanceof Truth(var b) ? (b ? left : right) : new Expr.And(left, right);
  }

  public static Expr or(Expr left, Expr right) {
    if (left instanceof Truth(var a)) {
      return a ? left : right;
    }
    return right instanceof Truth(var b) ? (b ? right : left) : new Expr.Or(left, right);
  }

  public static Expr not(Expr operand) {
    return operand instanceof Truth(var a) ? new Truth(!a) : new Expr.Not(operand);
  }

  /// A library function; folded by [Functions] when every argument is a number.
  public static Expr call(String function, List<Expr> arguments) {
    if (function.equals("is_finite") && arguments.getFirst() instanceof Num(var a)) {
      return new Truth(Double.isFinite(a.toDouble()));
    }
    return Functions.fold(function, arguments).orElseGet(() -> new Call(function, arguments));
  }

  /// `value` within `bounds`.
  public static Expr clip(Expr value, Bounds bounds) {
    if (bounds.lower().isPresent() && bounds.upper().isPresent()) {
      return call("clip", List.of(value, bounds.lower().get(), bounds.upper().get()));
    }
    Expr raised = bounds.lower().map(low -> call("max", List.of(value, low))).orElse(value);
    return bounds.upper().map(high -> call("min", List.of(raised, high))).orElse(raised);
  }

  public static boolean isZero(Expr expression) {
    return expression instanceof Num(var value) && value.isZero();
  }

  public static boolean isOne(Expr expression) {
    return expression instanceof Num(var value) && value.compareTo(Exact.ONE) == 0;
  }

  private static boolean holds(Relation relation, Exact a, Exact b) {
    int order = a.compareTo(b);
    return switch (relation) {
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
    };
  }
}
