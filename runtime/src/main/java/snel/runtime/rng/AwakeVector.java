package snel.runtime.rng;

import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// Compares words with odds in vectors.
public final class AwakeVector {
  private static final VectorSpecies<Integer> LANES = IntVector.SPECIES_PREFERRED;
  private static final int L = LANES.length();
  private static final int[] WARM = new int[4 * L];
  private static final int[] WARM_LIMITS = new int[4 * L];
  private static final int[] WARM_LIST = new int[4 * L];
  private static final long[] WARM_COUNTERS = new long[L];

  static {
    // the first vector has some, the others none
    Arrays.fill(WARM_LIMITS, Integer.MIN_VALUE);
    WARM_LIMITS[1] = Integer.MAX_VALUE;
  }

  private AwakeVector() {}

  /// Appends the neurons of the words, `from ..< to` in whole vectors, that are below their limits,
  /// which have the sign bit turned.
  static int reached(
      int[] words, int[] limits, long[] counters, int[] spikes, int count, int from, int to) {
    int at = from;
    while (at > to) {
      at--;
    }
    int end = count;
    for (; at < to; at += L) {
      IntVector turned = IntVector.fromArray(LANES, words, at).lanewise(XOR, Integer.MIN_VALUE);
      long below = turned.compare(LT, IntVector.fromArray(LANES, limits, at)).toLong();
      while (below != 0) {
        spikes[end++] = AwakeSources.neuron(counters, at + Long.numberOfTrailingZeros(below));
        below &= below - 1;
      }
    }
    return end;
  }

  /// What [snel.runtime.kernel.VectorLoops#warmUp] is to do for the only method there is.
  public static void warmUp(int method, int from, int to) {
    reached(WARM, WARM_LIMITS, WARM_COUNTERS, WARM_LIST, 0, from, Math.min(to * L, 4 * L));
  }
}
