package snel.math;

import snel.units.Rational;

/// A number known when compiled: exact as long as only `+ - * /` and whole powers made it, else the
/// nearest double. Rounded to a target's type exactly once (semantics.md §11).
public sealed interface Exact {
  record Ratio(Rational value) implements Exact {}

  record Approximate(double value) implements Exact {}

  Exact ZERO = new Ratio(Rational.ZERO);
  Exact ONE = new Ratio(Rational.ONE);

  static Exact of(long value) {
    return new Ratio(Rational.of(value));
  }

  static Exact of(Rational value) {
    return new Ratio(value);
  }

  public static Exact of(double value) {
    return new Approximate(value);
  }

  default double toDouble() {
    return switch (this) {
      case Ratio(var value) -> value.toDouble();
      case Approximate(var value) -> value;
    };
  }

  /// Rounded once to single precision (not by way of a double when exact).
  default float toFloat() {
    return switch (this) {
      case Ratio(var value) -> value.toFloat();
      case Approximate(var value) -> (float) value;
    };
  }

  default boolean isZero() {
    return switch (this) {
      case Ratio(var value) -> value.signum() == 0;
      case Approximate(var value) -> value == 0;
    };
  }

  default boolean isWhole() {
    return switch (this) {
      case Ratio(var value) -> value.isWhole();
      case Approximate(var value) -> value == Math.rint(value) && !Double.isInfinite(value);
    };
  }

  default Exact plus(Exact other) {
    if (this instanceof Ratio(var a) && other instanceof Ratio(var b)) {
      return new Ratio(a.plus(b));
    }
    return new Approximate(toDouble() + other.toDouble());
  }

  default Exact minus(Exact other) {
    if (this instanceof Ratio(var a) && other instanceof Ratio(var b)) {
      return new Ratio(a.minus(b));
    }
    return new Approximate(toDouble() - other.toDouble());
  }

  default Exact times(Exact other) {
    if (this instanceof Ratio(var a) && other instanceof Ratio(var b)) {
      return new Ratio(a.times(b));
    }
    return new Approximate(toDouble() * other.toDouble());
  }

  /// Division by an exact zero gives the double's infinity or NaN.
  default Exact dividedBy(Exact other) {
    if (this instanceof Ratio(var a) && other instanceof Ratio(var b) && b.signum() != 0) {
      return new Ratio(a.dividedBy(b));
    }
    return new Approximate(toDouble() / other.toDouble());
  }

  default Exact negated() {
    return switch (this) {
      case Ratio(var value) -> new Ratio(value.negated());
      case Approximate(var value) -> new Approximate(-value);
    };
  }

  /// Exact for whole exponents of moderate size, otherwise `StrictMath.pow`.
  default Exact power(Exact exponent) {
    if (this instanceof Ratio(var base)
        && exponent instanceof Ratio(var e)
        && e.isWhole()
        && Math.abs(e.toDouble()) <= 64
        && (base.signum() != 0 || e.signum() >= 0)) {
      return new Ratio(base.power((int) e.toDouble()));
    }
    return new Approximate(StrictMath.pow(toDouble(), exponent.toDouble()));
  }

  default int compareTo(Exact other) {
    if (this instanceof Ratio(var a) && other instanceof Ratio(var b)) {
      return a.compareTo(b);
    }
    return Double.compare(toDouble(), other.toDouble());
  }
}
