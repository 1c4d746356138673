package snel.runtime.numeric;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// Fixed point (semantics.md §13): raw two's complement integers of W = i + f bits, W at most 32,
/// of value raw · 2^-f, held in a `long`. Each operation is a few integer operations; an expression
/// is kept wide and narrowed once, at the assignment.
public final class Fixed {
  /// Fractional bits of the result of [#exp] and of a decay factor.
  public static final int EXP_BITS = 14;

  public static final int DECAY_BITS = 12;

  /// round(2^(14 + k/64)), k = 0 … 64.
  private static final int[] EXP_TABLE = {
    16384, 16562, 16743, 16925, 17109, 17296, 17484, 17674, 17867, 18061, 18258, 18457, 18658,
    18861, 19066, 19274, 19484, 19696, 19911, 20127, 20347, 20568, 20792, 21019, 21247, 21479,
    21713, 21949, 22188, 22430, 22674, 22921, 23170, 23423, 23678, 23936, 24196, 24460, 24726,
    24995, 25268, 25543, 25821, 26102, 26386, 26674, 26964, 27258, 27554, 27855, 28158, 28464,
    28774, 29088, 29405, 29725, 30048, 30376, 30706, 31041, 31379, 31720, 32066, 32415, 32768,
  };

  private Fixed() {}

  /// The greatest raw number of W bits.
  public static long greatest(int width) {
    return (1L << (width - 1)) - 1;
  }

  /// The nearest number that W bits hold.
  public static long saturate(long raw, int width) {
    long greatest = greatest(width);
    return raw > greatest ? greatest : raw < ~greatest ? ~greatest : raw;
  }

  /// The low W bits, as a signed number.
  public static long wrap(long raw, int width) {
    return raw << (64 - width) >> (64 - width);
  }

  /// As Lava wraps: into (-2^(W-1), 2^(W-1)], one value off two's complement.
  public static long wrapLava(long raw, int width) {
    return wrap(raw - 1, width) + 1;
  }

  public static long add(long a, long b, int width) {
    return saturate(a + b, width);
  }

  public static long subtract(long a, long b, int width) {
    return saturate(a - b, width);
  }

  /// Shifted right by f: rounded down.
  public static long floor(long product, int f) {
    return product >> f;
  }

  /// Shifted right by f: to the nearest, halves up.
  public static long nearest(long product, int f) {
    return f == 0 ? product : (product + (1L << (f - 1))) >> f;
  }

  /// Shifted right by f: towards zero.
  public static long zero(long product, int f) {
    return product < 0 ? -(-product >> f) : product >> f;
  }

  /// Shifted right by f: up with the probability of the part lost, decided by a random word.
  public static long stochastic(long product, int f, int word) {
    return (product + (word & ((1L << f) - 1))) >> f;
  }

  /// The product of two numbers, rounded to nearest.
  public static long multiply(long a, long b, int f, int width) {
    return saturate(nearest(a * b, f), width);
  }

  /// v decayed by a factor of 12 bits (0 … 4096), rounded towards zero so that it gets there.
  public static long decay(long raw, long factor) {
    return zero(raw * factor, DECAY_BITS);
  }

  /// (a << f) / b towards zero; by zero it saturates, by the sign bit of a.
  public static long divide(long a, long b, int f, int width) {
    if (b == 0) {
      return a < 0 ? ~greatest(width) : greatest(width);
    }
    return saturate((a << f) / b, width);
  }

  /// e^x of a raw x <= 0 with f fractional bits, as a raw number with 14 (16384 is 1): a table of
  /// 2^(k/64) with linear interpolation, exact in integers. Positive x continue the rule to x < 16.
  public static long exp(long raw, int f) {
    long y = raw * 23637 >> f;
    long n = -(y >> 14);
    int k = (int) (y >> 8) & 63;
    long low = y & 255;
    long t = EXP_TABLE[k] + (((EXP_TABLE[k + 1] - EXP_TABLE[k]) * low + 128) >> 8);
    if (n >= 16) {
      return 0;
    }
    if (n < 0) {
      return t << Math.min(-n, 24);
    }
    return (t + ((1L << n) >> 1)) >> n;
  }

  /// A raw number with `from` fractional bits as one with `to`, rounded to nearest, halves up.
  public static long rescale(long raw, int from, int to) {
    return to >= from ? raw << (to - from) : nearest(raw, from - to);
  }

  /// The raw number nearest to numerator / denominator (positive), halves to even, saturated.
  public static long literal(BigInteger numerator, BigInteger denominator, int f, int width) {
    BigDecimal scaled = new BigDecimal(numerator.shiftLeft(f));
    BigInteger nearest =
        scaled.divide(new BigDecimal(denominator), 0, RoundingMode.HALF_EVEN).toBigIntegerExact();
    BigInteger greatest = BigInteger.valueOf(greatest(width));
    return nearest.min(greatest).max(greatest.not()).longValueExact();
  }

  /// The raw number nearest to a finite value, halves to even, saturated.
  public static long literal(double value, int f, int width) {
    double scaled = Math.rint(Math.scalb(value, f));
    double greatest = greatest(width);
    return (long) (scaled > greatest ? greatest : scaled < -greatest - 1 ? -greatest - 1 : scaled);
  }

  public static double toDouble(long raw, int f) {
    return Math.scalb((double) raw, -f);
  }
}
