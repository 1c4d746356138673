package snel.units;

import java.math.BigInteger;
import java.util.Optional;

/// An exact number: a fraction in lowest terms with a positive denominator.
public record Rational(BigInteger numerator, BigInteger denominator)
    implements Comparable<Rational> {
  public static final Rational ZERO = of(0);
  public static final Rational ONE = of(1);

  /// Longest number, in decimal places on either side of the point, that a program may hold.
  private static final int LARGEST_EXPONENT = 4096;

  public Rational {
    if (denominator.signum() == 0) {
      throw new ArithmeticException("zero denominator");
    }
    BigInteger common = numerator.gcd(denominator);
    if (denominator.signum() < 0) {
      common = common.negate();
    }
    if (!common.equals(BigInteger.ONE)) {
      numerator = numerator.divide(common);
      denominator = denominator.divide(common);
    }
  }

  public static Rational of(long value) {
    return new Rational(BigInteger.valueOf(value), BigInteger.ONE);
  }

  public static Rational of(long numerator, long denominator) {
    return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  public static Rational of(BigInteger value) {
    return new Rational(value, BigInteger.ONE);
  }

  /// The exact value of a finite double.
  public static Rational ofExactly(double value) {
    int places = Double.PRECISION - 1 - Math.getExponent(value);
    BigInteger whole = BigInteger.valueOf((long) Math.scalb(value, places));
    return new Rational(
        whole.shiftLeft(Math.max(0, -places)), BigInteger.ONE.shiftLeft(Math.max(0, places)));
  }

  /// The decimal number that a finite double is printed as: 0.1 for the double nearest to it.
  public static Rational ofShortest(double value) {
    return parse(Double.toString(value)).orElseThrow();
  }

  /// Without [java.math.BigDecimal], whose class multiplies out powers of five with tens of
  /// thousands of digits, a fiftieth of a start.
  private static Rational decimal(BigInteger digits, int places) {
    return places > 0
        ? new Rational(digits, BigInteger.TEN.pow(places))
        : of(digits.multiply(BigInteger.TEN.pow(-places)));
  }

  /// Reads `42`, `10_000`, `0.5`, `1e-3`, with an optional sign; empty where `text` is no such
  /// number or one with thousands of digits.
  public static Optional<Rational> parse(String text) {
    String plain = text.replace("_", "");
    int digits = behindSign(plain, 0);
    int end = behindDigits(plain, digits);
    int places = 0;
    boolean isNumber = end > digits && plain.length() <= LARGEST_EXPONENT;
    if (has(plain, end, ".")) {
      int fraction = end + 1;
      end = behindDigits(plain, fraction);
      isNumber &= end > fraction;
      places = end - fraction;
    }
    int behind = end;
    int exponent = 0;
    if (has(plain, end, "eE")) {
      int first = behindSign(plain, end + 1);
      behind = behindDigits(plain, first);
      isNumber &= behind > first;
      for (int i = first; i < behind; i++) {
        exponent = Math.min(10 * exponent + plain.charAt(i) - '0', LARGEST_EXPONENT + 1);
      }
      exponent = has(plain, end + 1, "-") ? -exponent : exponent;
    }
    if (!isNumber || behind < plain.length() || Math.abs(exponent) > LARGEST_EXPONENT) {
      return Optional.empty();
    }
    String all = plain.substring(0, end).replace(".", "");
    return Optional.of(decimal(new BigInteger(all), places - exponent));
  }

  private static boolean has(String text, int at, String characters) {
    return at < text.length() && characters.indexOf(text.charAt(at)) >= 0;
  }

  private static int behindSign(String text, int at) {
    return has(text, at, "+-") ? at + 1 : at;
  }

  private static int behindDigits(String text, int from) {
    int at = from;
    while (has(text, at, "0123456789")) {
      at++;
    }
    return at;
  }

  public Rational plus(Rational other) {
    return new Rational(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  public Rational minus(Rational other) {
    return plus(other.negated());
  }

  public Rational times(Rational other) {
    return new Rational(
        numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  public Rational dividedBy(Rational other) {
    return new Rational(
        numerator.multiply(other.denominator), denominator.multiply(other.numerator));
  }

  public Rational negated() {
    return new Rational(numerator.negate(), denominator);
  }

  public Rational inverse() {
    return new Rational(denominator, numerator);
  }

  public Rational abs() {
    return signum() < 0 ? negated() : this;
  }

  public Rational power(int exponent) {
    Rational base = exponent < 0 ? inverse() : this;
    int times = Math.abs(exponent);
    return new Rational(base.numerator.pow(times), base.denominator.pow(times));
  }

  /// The `degree`-th root of a positive number: exact where it is rational, else to 256 bits, so
  /// that rounding it to a double is rounding the true root.
  public Rational root(int degree) {
    if (signum() < 0 || degree < 1) {
      throw new ArithmeticException("root of " + this);
    }
    return Roots.root(this, degree);
  }

  public int signum() {
    return numerator.signum();
  }

  public boolean isWhole() {
    return denominator.equals(BigInteger.ONE);
  }

  /// The largest whole number that is not above this.
  public Rational floor() {
    BigInteger[] parts = numerator.divideAndRemainder(denominator);
    return of(parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0]);
  }

  public Rational ceiling() {
    return negated().floor().negated();
  }

  /// floor(x + 1/2): the rounding of times (semantics.md §1).
  public Rational roundedHalfUp() {
    return plus(of(1, 2)).floor();
  }

  /// The nearest whole number, the even one of two: the rounding of fixed-point literals (§13).
  public Rational roundedHalfEven() {
    Rational up = roundedHalfUp();
    boolean tie = up.minus(this).equals(of(1, 2));
    return tie && up.numerator.testBit(0) ? up.minus(ONE) : up;
  }

  /// This as a long, where it is whole and fits.
  public Optional<Long> toLong() {
    boolean fits = isWhole() && numerator.bitLength() < Long.SIZE;
    return fits ? Optional.of(numerator.longValueExact()) : Optional.empty();
  }

  /// The nearest double, ties to even, infinite beyond the largest.
  public double toDouble() {
    return Rounding.toDouble(this, 53, -1074);
  }

  /// The nearest float, rounded once and not by way of a double.
  public float toFloat() {
    return (float) Rounding.toDouble(this, 24, -149);
  }

  @Override
  public int compareTo(Rational other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  /// As an author writes it: `0.25` where the decimal ends, else `1/3`.
  @Override
  public String toString() {
    return Decimals.exact(this).orElse(numerator + "/" + denominator);
  }
}
