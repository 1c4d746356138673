package snel.runtime.connect;

import java.math.BigInteger;

/// The distances between hits of independent trials of one probability p, as an integer table: `Q_k
/// = floor(2^32 · (1 - (1 - p)^k))`, k = 1 … K, K the least power of two of at least 4/p, at most
/// 4096; exact.
public final class SkipTable {
  private static final int MOST = 4096;
  private static final BigInteger WHOLE = BigInteger.ONE.shiftLeft(32);

  private final long[] below;
  private final char[] guide = new char[256];

  private SkipTable(long[] below) {
    this.below = below;
    int k = 0;
    for (int top = 0; top < 256; top++) {
      while (k < below.length && ((long) top << 24) >= below[k]) {
        k++;
      }
      guide[top] = (char) k;
    }
  }

  /// The table of exactly this double, within 0 … 1.
  public static SkipTable of(double probability) {
    int places = Double.PRECISION - 1 - Math.getExponent(probability);
    return of(
        BigInteger.valueOf((long) Math.scalb(probability, places)),
        BigInteger.ONE.shiftLeft(places));
  }

  /// The table of probability numerator / denominator, within 0 … 1.
  public static SkipTable of(BigInteger numerator, BigInteger denominator) {
    BigInteger divisor = numerator.gcd(denominator);
    BigInteger a = numerator.divide(divisor);
    BigInteger b = denominator.divide(divisor);
    if (a.signum() < 0 || a.compareTo(b) > 0) {
      throw new IllegalArgumentException("no probability: " + numerator + "/" + denominator);
    }
    long[] below = new long[size(a, b)];
    if (a.signum() > 0) {
      fill(below, b.subtract(a), b);
    }
    return new SkipTable(below);
  }

  /// Powers are kept as unsigned fractions of 2^64, each rounded down: the k-th is less than 2 k
  /// below the true one. Where that leaves a doubt, the entry is computed exactly.
  private static void fill(long[] below, BigInteger misses, BigInteger all) {
    long factor = misses.shiftLeft(Long.SIZE).divide(all).longValue();
    long power = factor;
    for (int k = 1; k <= below.length; k++) {
      long highest = power + 2L * k;
      boolean certain =
          Long.compareUnsigned(highest, power) > 0 && halfUp(highest) == halfUp(power);
      below[k - 1] =
          certain ? WHOLE.longValueExact() - halfUp(power) : exactly(misses.pow(k), all.pow(k));
      power = Math.unsignedMultiplyHigh(power, factor);
    }
  }

  private static long exactly(BigInteger misses, BigInteger all) {
    return all.subtract(misses).multiply(WHOLE).divide(all).longValueExact();
  }

  /// `number / 2^32`, rounded up.
  private static long halfUp(long number) {
    return (number >>> 32) + ((int) number == 0 ? 0 : 1);
  }

  private static int size(BigInteger a, BigInteger b) {
    int size = 4;
    BigInteger four = b.shiftLeft(2);
    while (size < MOST && a.multiply(BigInteger.valueOf(size)).compareTo(four) < 0) {
      size *= 2;
    }
    return size;
  }

  /// K: how far a word above all entries moves.
  public int size() {
    return below.length;
  }

  /// Q_k at index k - 1, each at most 2^32.
  public long[] entries() {
    return below.clone();
  }

  /// The least k with `word < Q_k`, or K + 1 if there is none.
  int distance(int word) {
    long number = word & 0xFFFFFFFFL;
    int k = guide[word >>> 24];
    while (k < below.length && number >= below[k]) {
      k++;
    }
    return k + 1;
  }
}
