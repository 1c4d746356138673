package snel.runtime.rng;

import java.util.Arrays;

/// What is drawn for the synapses of a row, each from a block of its own (semantics.md §10): first
/// their counters, of which words are made, of which normal numbers may be; all in one array. And
/// what is drawn for all rows of a projection in one sequence.
public final class SynapseDraws {
  /// Arrays are longer than rows by what is missing to a multiple of this.
  public static final int TOGETHER = 16;

  private static volatile boolean inVectors;

  private SynapseDraws() {}

  /// From here on draws are made in vectors: the methods of [SynapseDrawsVector] and
  /// [NormalsVector], and [PhiloxVector#ANY], are compiled. Before, that would take hundreds of
  /// times as long.
  public static void useVectors() {
    inVectors = true;
  }

  /// The targets of synapses `from ..< to`.
  public static int[] counters(char[] targets, int from, int to) {
    int[] counters = room(from, to);
    for (int s = from; s < to; s++) {
      counters[s - from] = targets[s];
    }
    return counters;
  }

  /// The same of targets in `int[]`.
  public static int[] counters(int[] targets, int from, int to) {
    int[] counters = room(from, to);
    System.arraycopy(targets, from, counters, 0, Math.max(0, to - from));
    return counters;
  }

  /// The numbers from one up to another: the targets of a row that has all.
  public static int[] counters(int from, int to) {
    int[] counters = room(from, to);
    for (int s = from; s < to; s++) {
      counters[s - from] = s;
    }
    return counters;
  }

  private static int[] room(int from, int to) {
    return new int[(Math.max(0, to - from) + TOGETHER - 1) / TOGETHER * TOGETHER];
  }

  /// Replaces each counter by word 0 of the block at (counter, c1, c2, c3), and returns the array.
  public static int[] words(int[] counters, int seed, int stream, int c1, int c2, int c3) {
    int[] same = new int[counters.length];
    if (c2 != 0) {
      Arrays.fill(same, c2);
    }
    return make(counters, seed, stream, c1, same, c3);
  }

  /// The same where `c2[from + k]` belongs to counter k.
  public static int[] words(
      int[] counters, int seed, int stream, int c1, int[] c2, int from, int c3) {
    int[] own = Arrays.copyOfRange(c2, from, from + counters.length);
    return make(counters, seed, stream, c1, own, c3);
  }

  private static int[] make(int[] counters, int seed, int stream, int c1, int[] c2, int c3) {
    if (inVectors) {
      long[] keys = Philox.keys(seed, stream);
      SynapseDrawsVector.words(keys, counters, c1, c2, c3, 0, counters.length);
    } else {
      for (int k = 0; k < counters.length; k++) {
        counters[k] = Philox.word(seed, stream, counters[k], c1, c2[k], c3, 0);
      }
    }
    return counters;
  }

  /// Replaces `out[4 k] … out[4 k + 3]` by the words of block (counters[k], 0, 0, 0), for each k.
  ///
  /// @param counters a multiple of [#TOGETHER] of them
  public static void blocks(long[] counters, int seed, int stream, int[] out) {
    if (inVectors) {
      PhiloxVector.fillAt(Philox.keys(seed, stream), counters, 0, 0, out, 0, out.length);
    } else {
      for (int k = 0; k < counters.length; k++) {
        Philox.words(seed, stream, (int) counters[k], 0, 0, 0, out, 4 * k);
      }
    }
  }

  /// Replaces each word by the bits of its normal number, and returns the array.
  public static int[] normals(int[] words) {
    if (inVectors) {
      NormalsVector.make(words, 0, words.length);
    } else {
      Normals.make(words, 0, words.length);
    }
    return words;
  }
}
