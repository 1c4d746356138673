package snel.units;

import java.math.BigInteger;

/// Roots of exact numbers, by Newton's iteration on whole numbers.
final class Roots {
  private static final int BITS = 256;

  private Roots() {}

  static Rational root(Rational value, int degree) {
    if (degree == 1 || value.signum() == 0) {
      return value;
    }
    BigInteger numerator = floorRoot(value.numerator(), degree);
    BigInteger denominator = floorRoot(value.denominator(), degree);
    var candidate = new Rational(numerator, denominator);
    return candidate.power(degree).equals(value) ? candidate : approximate(value, degree);
  }

  private static Rational approximate(Rational value, int degree) {
    int size = value.numerator().bitLength() - value.denominator().bitLength();
    int shift = Math.max(0, BITS - size / degree);
    BigInteger scaled = value.numerator().shiftLeft(shift * degree).divide(value.denominator());
    return new Rational(floorRoot(scaled, degree), BigInteger.ONE.shiftLeft(shift));
  }

  private static BigInteger floorRoot(BigInteger value, int degree) {
    BigInteger n = BigInteger.valueOf(degree);
    BigInteger guess = BigInteger.ONE.shiftLeft(value.bitLength() / degree + 1);
    while (true) {
      BigInteger quotient = value.divide(guess.pow(degree - 1));
      BigInteger next = guess.multiply(n.subtract(BigInteger.ONE)).add(quotient).divide(n);
      if (next.compareTo(guess) >= 0) {
        return guess;
      }
      guess = next;
    }
  }
}
