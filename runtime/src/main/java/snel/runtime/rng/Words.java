package snel.runtime.rng;

/// What a random word means: a uniform number, an event, an integer below a bound.
public final class Words {
  private static final long WHOLE = 1L << 32;

  private Words() {}

  /// Uniform in [0, 1) with 24 bits: `(w >>> 8) · 2^-24`.
  public static float uniformFloat(int word) {
    return (word >>> 8) * 0x1p-24f;
  }

  /// Uniform in [0, 1) with all 32 bits of an element's word: `w · 2^-32`. Its first 24 bits are
  /// those of [#uniformFloat].
  public static double uniformDouble(int word) {
    return (word & 0xFFFFFFFFL) * 0x1p-32;
  }

  /// Uniform in [0, 1) with 53 bits of a number of a sequence: `(u >>> 11) · 2^-53`.
  public static double uniformDouble(long number) {
    return (number >>> 11) * 0x1p-53;
  }

  /// An integer in 0 ..< bound: the high half of the 128-bit product.
  public static long below(long number, long bound) {
    return Math.unsignedMultiplyHigh(number, bound);
  }

  /// `round(p · 2^32)`, ties to even, within 0 … 2^32; NaN gives 0. An event of probability p
  /// happens when [#event] is true.
  public static long threshold(double probability) {
    if (!(probability > 0)) {
      return 0;
    }
    return probability >= 1 ? WHOLE : (long) Math.rint(probability * 0x1p32);
  }

  /// Whether an event with this threshold happens: an unsigned comparison of integers.
  public static boolean event(int word, long threshold) {
    return (word & 0xFFFFFFFFL) < threshold;
  }

  /// Counter c3 of the q-th redraw (q = 0: the draw itself) of a draw whose own c3 is given: q for
  /// initial and synaptic values, whose c3 is 0; within presentations the bits of q are laid in
  /// from the top, where presentation numbers do not reach.
  public static int redraw(int c3, int q) {
    return c3 == 0 ? q : c3 ^ Integer.reverse(q);
  }
}
