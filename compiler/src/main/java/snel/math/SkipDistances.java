package snel.math;

import java.math.BigInteger;
import snel.units.Rational;

/// The distances between the hits of independent trials of one probability p, as integers
/// (semantics.md §10): `Q_k = floor(2^32 (1 - (1 - p)^k))`, k = 1 … K, K the least power of two of
/// at least 4 / p, at most 4096. A random word w moves by the least k with w < Q_k and hits; if
/// there is none, it moves by K and misses.
public final class SkipDistances {
  private static final int MOST = 4096;
  private static final BigInteger WHOLE = BigInteger.ONE.shiftLeft(32);

  private SkipDistances() {}

  /// Q_k at index k - 1 for exactly this double within 0 … 1.
  public static long[] of(double probability) {
    Rational exact = Rational.ofExactly(probability);
    return exactly(exact.numerator(), exact.denominator());
  }

  private static long[] exactly(BigInteger hits, BigInteger whole) {
    long[] distances = new long[size(hits, whole)];
    BigInteger misses = whole.subtract(hits);
    BigInteger missed = BigInteger.ONE;
    BigInteger all = BigInteger.ONE;
    for (int k = 0; k < distances.length; k++) {
      missed = missed.multiply(misses);
      all = all.multiply(whole);
      distances[k] = WHOLE.multiply(all.subtract(missed)).divide(all).longValueExact();
    }
    return distances;
  }

  private static int size(BigInteger hits, BigInteger whole) {
    int size = 4;
    while (size < MOST
        && hits.multiply(BigInteger.valueOf(size)).compareTo(whole.shiftLeft(2)) < 0) {
      size *= 2;
    }
    return size;
  }

  /// For each value of a word's highest byte, the index of the first entry that a word with that
  /// byte may be below: a search starts there.
  public static int[] starts(long[] distances) {
    int[] starts = new int[256];
    int k = 0;
    for (int top = 0; top < starts.length; top++) {
      while (k < distances.length && (long) top << 24 >= distances[k]) {
        k++;
      }
      starts[top] = k;
    }
    return starts;
  }

  /// How far one word moves on the average.
  public static double mean(double probability, int entries) {
    return probability >= 1 ? 1 : -Math.expm1(entries * Math.log1p(-probability)) / probability;
  }
}
