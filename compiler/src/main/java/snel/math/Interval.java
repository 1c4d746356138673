package snel.math;

import java.util.function.Function;

/// Bounds of an expression's value, for sizing delay rings. Draws are bounded by what 32 random
/// bits can give.
public record Interval(double low, double high) {
  public static final Interval UNKNOWN =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /// What cannot be told of an end leaves it open.
  public Interval {
    low = Double.isNaN(low) ? Double.NEGATIVE_INFINITY : low;
    high = Double.isNaN(high) ? Double.POSITIVE_INFINITY : high;
  }

  /// Bounds of `expression`; `references` gives those of a variable, where they are known.
  public static Interval of(Expr expression, Function<Expr.Ref, Interval> references) {
    return new Enclosure(references, Precision.EXACT).of(expression);
  }

  /// Bounds of what a program computes for `expression`: with room for the rounding of `precision`
  /// in every operation, whichever of them are fused.
  public static Interval of(
      Expr expression, Function<Expr.Ref, Interval> references, Precision precision) {
    return new Enclosure(references, precision).of(expression);
  }

  Interval negated() {
    return new Interval(-high, -low);
  }

  Interval plus(Interval other) {
    return new Interval(low + other.low, high + other.high);
  }

  Interval wider(double below, double above) {
    return new Interval(low - below, high + above);
  }

  double magnitude() {
    return Math.max(Math.abs(low), Math.abs(high));
  }

  static Interval inverse(Interval a) {
    return a.low > 0 || a.high < 0 ? new Interval(1 / a.high, 1 / a.low) : UNKNOWN;
  }

  static Interval power(Interval a, Exact exponent) {
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
  static Interval tangent(Interval a) {
    double pole = Math.PI / 2;
    return a.low > -pole && a.high < pole
        ? new Interval(Math.tan(a.low), Math.tan(a.high))
        : UNKNOWN;
  }

  static Interval product(Interval a, Interval b) {
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
  static Interval remainder(Interval a, double m, double gap) {
    if (a.low >= 0 && a.high < m) {
      return a;
    }
    return m > 0 ? new Interval(0, m - gap) : new Interval(m + gap, 0);
  }

  static Interval hull(Interval a, Interval b) {
    return new Interval(Math.min(a.low, b.low), Math.max(a.high, b.high));
  }

  static double truncated(double x) {
    return x < 0 ? Math.ceil(x) : Math.floor(x);
  }
}
