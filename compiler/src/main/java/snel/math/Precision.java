package snel.math;

/// How a program rounds the real numbers it computes.
public enum Precision {
  /// Not at all: bounds of the numbers that an expression means.
  EXACT(0, 0),
  SINGLE(0x1p-24, Float.MIN_VALUE),
  DOUBLE(0x1p-53, Double.MIN_VALUE);

  /// An operation may be lowered to more than one: a quotient to a product with the reciprocal, a
  /// function to a polynomial that is off by a few units in the last place.
  private static final int ROUNDINGS = 4;

  private final double unit;
  private final double least;

  Precision(double unit, double least) {
    this.unit = unit;
    this.least = least;
  }

  /// The largest share of a number that rounding it takes away or adds.
  double unit() {
    return unit;
  }

  /// The smallest number above zero.
  double least() {
    return least;
  }

  /// The number before `end`, rounded as it is.
  Exact before(Exact end) {
    return Exact.of(this == SINGLE ? Math.nextDown(end.toFloat()) : Math.nextDown(end.toDouble()));
  }

  Interval constant(Exact value) {
    double number = value.toDouble();
    if (this != SINGLE) {
      return new Interval(number, number);
    }
    float rounded = value.toFloat();
    return new Interval(Math.min(number, rounded), Math.max(number, rounded));
  }

  /// How far the result of an operation, `value`, may lie from what it would be.
  double error(double value) {
    return this == EXACT ? 0 : ROUNDINGS * unit * Math.abs(value);
  }
}
