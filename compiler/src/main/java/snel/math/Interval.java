package snel.math;

import java.util.function.Function;

/// Bounds of an expression's value, for sizing delay rings. Draws are bounded by what 32 random
/// bits can give.
public record Interval(double low, double high) {
  /// What cannot be told of an end leaves it open.
  public Interval {
    low = Double.isNaN(low) ? Double.NEGATIVE_INFINITY : low;
    high = Double.isNaN(high) ? Double.POSITIVE_INFINITY : high;
  }

  private static final double NORMAL_SPAN = 6.3;
  private static final double EXPONENTIAL_SPAN = 45;
  public static final Interval UNKNOWN =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /// Bounds of `expression`; `references` gives those of a variable, where they are known.
  public static Interval of(Expr expression, Function<Expr.Ref, Interval> references) {
    return switch (expression) {
      case Expr.Num(var value) -> new Interval(value.toDouble(), value.toDouble());
      case Expr.Neg(var a) -> new Interval(-of(a, references).high, -of(a, references).low);
      case Expr.Add(var a, var b) ->
          new Interval(
              of(a, references).low + of(b, references).low,
              of(a, references).high + of(b, references).high);
      case Expr.Sub(var a, var b) ->
          new Interval(
              of(a, references).low - of(b, references).high,
              of(a, references).high - of(b, references).low);
      case Expr.Mul(var a, var b) -> product(of(a, references), of(b, references));
      case Expr.Div(var a, var b) -> product(of(a, references), inverse(of(b, references)));
      case Expr.Pow(var a, Expr.Num(var n)) -> power(of(a, references), n);
      case Expr.Choose(_, var a, var b) -> hull(of(a, references), of(b, references));
      case Expr.Call(var f, var arguments) -> call(f, arguments, references);
      case Expr.Draw draw -> draw(draw, references);
      case Expr.Ref ref -> references.apply(ref);
      case Expr.Table(_, var values, _) -> {
        double low = values.stream().mapToDouble(snel.math.Exact::toDouble).min().orElse(0);
        double high = values.stream().mapToDouble(snel.math.Exact::toDouble).max().orElse(0);
        yield new Interval(low, high);
      }
      default -> UNKNOWN;
    };
  }

  private static Interval inverse(Interval a) {
    return a.low > 0 || a.high < 0 ? new Interval(1 / a.high, 1 / a.low) : UNKNOWN;
  }

  private static Interval power(Interval a, Exact exponent) {
    double n = exponent.toDouble();
    boolean rises = n > 0 && (a.low >= 0 || exponent.isWhole() && n % 2 != 0);
    if (rises) {
      return new Interval(Math.pow(a.low, n), Math.pow(a.high, n));
    }
    if (n < 0 && a.low > 0) {
      return new Interval(Math.pow(a.high, n), Math.pow(a.low, n));
    }
    if (n > 0 && exponent.isWhole()) {
      return new Interval(0, Math.max(Math.pow(a.low, n), Math.pow(a.high, n)));
    }
    return n > 0 ? new Interval(0, Math.pow(Math.max(0, a.high), n)) : UNKNOWN;
  }

  /// The tangent rises between two of its poles.
  private static Interval tangent(Interval a) {
    double pole = Math.PI / 2;
    return a.low > -pole && a.high < pole
        ? new Interval(Math.tan(a.low), Math.tan(a.high))
        : UNKNOWN;
  }

  private static Interval product(Interval a, Interval b) {
    double[] all = {a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high};
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : all) {
      if (Double.isNaN(value)) {
        return UNKNOWN;
      }
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return new Interval(low, high);
  }

  /// The remainder has the sign of the divisor; of whole numbers it is at least one nearer to 0.
  private static Interval remainder(Interval a, double m, double gap) {
    if (a.low >= 0 && a.high < m) {
      return a;
    }
    return m > 0 ? new Interval(0, m - gap) : new Interval(m + gap, 0);
  }

  private static boolean isWhole(Expr expression) {
    return expression instanceof Expr.Ref ref && ref.kind() instanceof Kind.Int;
  }

  private static Interval hull(Interval a, Interval b) {
    return new Interval(Math.min(a.low, b.low), Math.max(a.high, b.high));
  }

  private static Interval call(
      String function, java.util.List<Expr> arguments, Function<Expr.Ref, Interval> references) {
    Interval a = of(arguments.get(0), references);
    return switch (function) {
      case "to_step" -> a;
      case "floor" -> new Interval(Math.floor(a.low), Math.floor(a.high));
      case "ceil" -> new Interval(Math.ceil(a.low), Math.ceil(a.high));
      case "round" -> new Interval(Math.floor(a.low + 0.5), Math.floor(a.high + 0.5));
      case "truncate" -> new Interval(truncated(a.low), truncated(a.high));
      case "sign" -> new Interval(Math.signum(a.low), Math.signum(a.high));
      case "relu" -> new Interval(Math.max(0, a.low), Math.max(0, a.high));
      case "tanh" -> new Interval(-1, 1);
      case "mod" ->
          arguments.get(1) instanceof Expr.Num(var m) && m.toDouble() != 0
              ? remainder(a, m.toDouble(), isWhole(arguments.get(0)) && m.isWhole() ? 1 : 0)
              : UNKNOWN;
      case "abs" ->
          new Interval(
              a.low <= 0 && a.high >= 0 ? 0 : Math.min(Math.abs(a.low), Math.abs(a.high)),
              Math.max(Math.abs(a.low), Math.abs(a.high)));
      case "min" ->
          new Interval(
              Math.min(a.low, of(arguments.get(1), references).low),
              Math.min(a.high, of(arguments.get(1), references).high));
      case "max" ->
          new Interval(
              Math.max(a.low, of(arguments.get(1), references).low),
              Math.max(a.high, of(arguments.get(1), references).high));
      case "clip" ->
          new Interval(of(arguments.get(1), references).low, of(arguments.get(2), references).high);
      case "sqrt" -> new Interval(0, Math.sqrt(Math.max(0, a.high)));
      case "exp" -> new Interval(Math.exp(a.low), Math.exp(a.high));
      case "expm1" -> new Interval(Math.expm1(a.low), Math.expm1(a.high));
      case "log" -> new Interval(Math.log(Math.max(0, a.low)), Math.log(a.high));
      case "log1p" -> new Interval(Math.log1p(Math.max(-1, a.low)), Math.log1p(a.high));
      case "tan" -> tangent(a);
      case "atan" -> new Interval(Math.atan(a.low), Math.atan(a.high));
      case "atan2" -> new Interval(-Math.PI, Math.PI);
      case "asin" -> new Interval(-Math.PI / 2, Math.PI / 2);
      case "acos" -> new Interval(0, Math.PI);
      case "sigmoid" -> new Interval(0, 1);
      case "sin", "cos" -> new Interval(-1, 1);
      default -> UNKNOWN;
    };
  }

  private static double truncated(double x) {
    return x < 0 ? Math.ceil(x) : Math.floor(x);
  }

  private static Interval draw(Expr.Draw draw, Function<Expr.Ref, Interval> references) {
    Interval first = of(draw.parameters().get(0), references);
    Interval free =
        switch (draw.distribution()) {
          case "uniform" -> hull(first, of(draw.parameters().get(1), references));
          case "bernoulli" -> new Interval(0, 1);
          case "normal" -> {
            double sd = of(draw.parameters().get(1), references).high;
            yield new Interval(first.low - NORMAL_SPAN * sd, first.high + NORMAL_SPAN * sd);
          }
          case "exponential" -> new Interval(0, EXPONENTIAL_SPAN * first.high);
          case "gamma" -> {
            double sd = of(draw.parameters().get(1), references).high;
            yield new Interval(0, first.high + EXPONENTIAL_SPAN * sd);
          }
          case "binomial" -> new Interval(0, first.high);
          default -> UNKNOWN;
        };
    double low = draw.redraw().lower().map(e -> of(e, references).low).orElse(free.low);
    double high = draw.redraw().upper().map(e -> of(e, references).high).orElse(free.high);
    return new Interval(Math.max(low, free.low), Math.min(high, Math.max(high, free.high)));
  }
}
