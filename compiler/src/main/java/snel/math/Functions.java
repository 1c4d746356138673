package snel.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.math.Expr.Num;

/// The mathematical functions of the language on constants. Exact where the result of an exact
/// argument is exact (`floor`, `abs`, `min` …), otherwise `StrictMath` in double precision.
public final class Functions {
  /// Names with their number of arguments.
  private static final List<String> UNARY =
      List.of(
          "exp",
          "expm1",
          "log",
          "log1p",
          "sqrt",
          "sin",
          "cos",
          "tan",
          "asin",
          "acos",
          "atan",
          "sinh",
          "cosh",
          "tanh",
          "exprel",
          "abs",
          "sign",
          "floor",
          "ceil",
          "round",
          "truncate",
          "relu",
          "logit");

  private Functions() {}

  public static boolean isUnary(String function) {
    return UNARY.contains(function);
  }

  /// The value of `function` on numbers; empty when some argument is no number or the name is no
  /// scalar function.
  public static Optional<Expr> fold(String function, List<Expr> arguments) {
    var numbers = new ArrayList<Exact>();
    for (Expr argument : arguments) {
      if (!(argument instanceof Num(var value))) {
        return Optional.empty();
      }
      numbers.add(value);
    }
    return value(function, numbers).map(Num::new);
  }

  private static Optional<Exact> value(String function, List<Exact> n) {
    return switch (n.size()) {
      case 1 -> unary(function, n.get(0));
      case 2 -> binary(function, n.get(0), n.get(1));
      case 3 ->
          function.equals("clip")
              ? Optional.of(clip(n.get(0), n.get(1), n.get(2)))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Exact clip(Exact x, Exact low, Exact high) {
    if (x.compareTo(low) < 0) {
      return low;
    }
    return x.compareTo(high) > 0 ? high : x;
  }

  private static Optional<Exact> binary(String function, Exact a, Exact b) {
    return switch (function) {
      case "min" -> Optional.of(a.compareTo(b) < 0 ? a : b);
      case "max" -> Optional.of(a.compareTo(b) > 0 ? a : b);
      case "decay" -> Optional.of(a.times(b));
      case "mod" -> {
        Exact quotient = unary("floor", a.dividedBy(b)).orElseThrow();
        yield Optional.of(a.minus(b.times(quotient)));
      }
      case "atan2" -> Optional.of(Exact.of(StrictMath.atan2(a.toDouble(), b.toDouble())));
      default -> Optional.empty();
    };
  }

  private static Optional<Exact> unary(String function, Exact a) {
    double x = a.toDouble();
    return switch (function) {
      case "abs" -> Optional.of(a.compareTo(Exact.ZERO) < 0 ? a.negated() : a);
      case "sign" -> Optional.of(Exact.of((long) Integer.signum(a.compareTo(Exact.ZERO))));
      case "relu" -> Optional.of(a.compareTo(Exact.ZERO) > 0 ? a : Exact.ZERO);
      case "floor" -> Optional.of(rounded(a, Rounding.FLOOR));
      case "ceil" -> Optional.of(rounded(a, Rounding.CEILING));
      case "truncate" -> Optional.of(rounded(a, x < 0 ? Rounding.CEILING : Rounding.FLOOR));
      case "round" -> Optional.of(rounded(a, Rounding.NEAREST));
      case "sqrt" -> Optional.of(Exact.of(StrictMath.sqrt(x)));
      case "exp" -> a.isZero() ? Optional.of(Exact.ONE) : Optional.of(Exact.of(StrictMath.exp(x)));
      case "expm1" -> Optional.of(Exact.of(StrictMath.expm1(x)));
      case "log" -> Optional.of(Exact.of(StrictMath.log(x)));
      case "log1p" -> Optional.of(Exact.of(StrictMath.log1p(x)));
      case "sin" -> Optional.of(Exact.of(StrictMath.sin(x)));
      case "cos" -> Optional.of(Exact.of(StrictMath.cos(x)));
      case "tan" -> Optional.of(Exact.of(StrictMath.tan(x)));
      case "asin" -> Optional.of(Exact.of(StrictMath.asin(x)));
      case "acos" -> Optional.of(Exact.of(StrictMath.acos(x)));
      case "atan" -> Optional.of(Exact.of(StrictMath.atan(x)));
      case "sinh" -> Optional.of(Exact.of(StrictMath.sinh(x)));
      case "cosh" -> Optional.of(Exact.of(StrictMath.cosh(x)));
      case "tanh" -> Optional.of(Exact.of(StrictMath.tanh(x)));
      case "exprel" -> Optional.of(Exact.of(x == 0 ? 1 : StrictMath.expm1(x) / x));
      case "logit" -> Optional.of(Exact.of(StrictMath.log(x / (1 - x))));
      default -> Optional.empty();
    };
  }

  private enum Rounding {
    FLOOR,
    CEILING,
    NEAREST
  }

  private static Exact rounded(Exact a, Rounding rounding) {
    return switch (a) {
      case Exact.Ratio(var value) ->
          switch (rounding) {
            case FLOOR -> Exact.of(value.floor());
            case CEILING -> Exact.of(value.negated().floor().negated());
            case NEAREST -> Exact.of(value.plus(snel.units.Rational.of(1, 2)).floor());
          };
      case Exact.Approximate(var value) ->
          switch (rounding) {
            case FLOOR -> Exact.of(Math.floor(value));
            case CEILING -> Exact.of(Math.ceil(value));
            case NEAREST -> Exact.of(Math.floor(value + 0.5));
          };
    };
  }
}
