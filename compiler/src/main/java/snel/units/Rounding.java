package snel.units;

import java.math.BigInteger;

/// Rounds an exact number once, to nearest and ties to even, into a binary floating-point format.
final class Rounding {
  private Rounding() {}

  /// @param precision significant bits of the format
  /// @param lowest exponent of its smallest subnormal number
  static double toDouble(Rational value, int precision, int lowest) {
    if (value.signum() == 0) {
      return 0;
    }
    BigInteger numerator = value.numerator().abs();
    BigInteger denominator = value.denominator();
    int shift = Math.max(magnitude(numerator, denominator) - precision, lowest);
    BigInteger mantissa = nearest(numerator, denominator, shift);
    int largest = precision == 24 ? Float.MAX_EXPONENT : Double.MAX_EXPONENT;
    double rounded =
        mantissa.bitLength() + shift > largest + 1
            ? Double.POSITIVE_INFINITY
            : scaled(mantissa.doubleValue(), shift);
    return value.signum() < 0 ? -rounded : rounded;
  }

  /// The whole m with 2^(m-1) <= numerator / denominator < 2^m.
  private static int magnitude(BigInteger numerator, BigInteger denominator) {
    int guess = numerator.bitLength() - denominator.bitLength();
    BigInteger n = guess < 0 ? numerator.shiftLeft(-guess) : numerator;
    BigInteger d = guess > 0 ? denominator.shiftLeft(guess) : denominator;
    return n.compareTo(d) >= 0 ? guess + 1 : guess;
  }

  /// numerator / denominator / 2^shift, to the nearest whole number, ties to even.
  private static BigInteger nearest(BigInteger numerator, BigInteger denominator, int shift) {
    BigInteger n = shift < 0 ? numerator.shiftLeft(-shift) : numerator;
    BigInteger d = shift > 0 ? denominator.shiftLeft(shift) : denominator;
    BigInteger[] parts = n.divideAndRemainder(d);
    int half = parts[1].shiftLeft(1).compareTo(d);
    boolean up = half > 0 || half == 0 && parts[0].testBit(0);
    return up ? parts[0].add(BigInteger.ONE) : parts[0];
  }

  /// Exact, since the product is a number of the format: scaled in two parts that are in range.
  private static double scaled(double mantissa, int shift) {
    int half = shift / 2;
    return Math.scalb(Math.scalb(mantissa, half), shift - half);
  }
}
