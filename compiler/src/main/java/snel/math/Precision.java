package snel.math;

/// How a program rounds the real numbers it computes.
public enum Precision {
  /// Not at all: bounds of the numbers that an expression means.
  EXACT(0),
  SINGLE(0x1p-24),
  DOUBLE(0x1p-53);

  /// An operation may be lowered to more than one: a quotient to a product with the reciprocal, a
  /// function to a polynomial that is off by a few units in the last place.
  private static final int ROUNDINGS = 4;

  private final double share;

  Precision(double unit) {
    share = ROUNDINGS * unit;
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
    return this == EXACT ? 0 : share * Math.abs(value);
  }
}
