package snel.runtime.rng;

import snel.runtime.numeric.F32;

/// Random words become standard normal numbers of single precision.
public final class Normals {
  private Normals() {}

  /// Replaces `words[i]`, i in `from ..< to`, by the bits of [F32#normal] of it.
  public static void make(int[] words, int from, int to) {
    for (int i = from; i < to; i++) {
      words[i] = Float.floatToRawIntBits(F32.normal(words[i]));
    }
  }
}
