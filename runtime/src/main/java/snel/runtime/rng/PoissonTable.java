package snel.runtime.rng;

import java.util.Arrays;
import snel.runtime.numeric.F64;

/// Poisson numbers by inversion of one word on an integer table: entry k is `round(2^32 · P(X <=
/// k))` as an unsigned integer, the number drawn is how many entries the word is not below. The
/// table ends where it would reach 2^32.
public final class PoissonTable {
  private static final long WHOLE = 1L << 32;

  /// Up to this mean e^-mean is far from underflow, and the terms are taken from 0 on.
  private static final double LARGE = 500;

  private PoissonTable() {}

  /// The table of a mean of 0 or more; 12 standard deviations above the mean at most.
  public static int[] of(double mean) {
    if (!(mean >= 0) || mean > 1e8) {
      throw new IllegalArgumentException("no table for a mean of " + mean);
    }
    int k = firstTerm(mean);
    int size = k;
    int[] table = new int[k + 16];
    double term = firstProbability(mean);
    double sum = term;
    long entry = entry(sum);
    while (entry < WHOLE && !ended(mean, k, term)) {
      if (size == table.length) {
        table = Arrays.copyOf(table, size + (size >> 1));
      }
      table[size++] = (int) entry;
      k++;
      term = term * mean / k;
      sum += term;
      entry = entry(sum);
    }
    return Arrays.copyOf(table, size);
  }

  /// How many entries of the table the word is not below.
  public static int count(int word, int[] table) {
    int low = 0;
    int high = table.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Integer.compareUnsigned(word, table[middle]) < 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /// The same number without a table, for a mean that changes.
  public static int count(int word, double mean) {
    if (!(mean > 0)) {
      return 0;
    }
    long number = Integer.toUnsignedLong(word);
    int k = firstTerm(mean);
    double term = firstProbability(mean);
    double sum = term;
    long entry = entry(sum);
    while (entry < WHOLE && !ended(mean, k, term) && number >= entry) {
      k++;
      term = term * mean / k;
      sum += term;
      entry = entry(sum);
    }
    return k;
  }

  private static long entry(double probability) {
    return (long) Math.rint(probability * 0x1p32);
  }

  private static boolean ended(double mean, int k, double term) {
    return k > mean && term < 0x1p-60;
  }

  /// The first k whose probability is taken: all below it are less than 2^-100.
  private static int firstTerm(double mean) {
    return mean <= LARGE ? 0 : (int) (mean - 12 * Math.sqrt(mean));
  }

  /// P(X = first term): for large means by the ratio to the largest term and the sum of all.
  private static double firstProbability(double mean) {
    if (mean <= LARGE) {
      return F64.exp(-mean);
    }
    int first = firstTerm(mean);
    int mode = (int) mean;
    double down = 1;
    for (int k = mode; k > first; k--) {
      down = down * k / mean;
    }
    double sum = 0;
    double term = down;
    for (int k = first; k <= mode || term >= 0x1p-80; k++) {
      sum += term;
      term = term * mean / (k + 1);
    }
    return down / sum;
  }
}
