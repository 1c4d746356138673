package snel.runtime.rng;

import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Compares words with odds in vectors.
public final class AwakeVector {
  private static final VectorSpecies<Integer> LANES = IntVector.SPECIES_PREFERRED;
  private static final int L = LANES.length();
  private static final int[] WARM = new int[4 * L];
  private static final int[] WARM_LIMITS = new int[4 * L];
  private static final int[] WARM_NEURONS = new int[4 * L];
  private static final int[] WARM_LIST = new int[L];

  static {
    // each way is to be seen: the second vector finds the list too short for it
    Arrays.fill(WARM_LIMITS, Integer.MIN_VALUE);
    WARM_LIMITS[1] = Integer.MAX_VALUE;
    WARM_LIMITS[L] = Integer.MAX_VALUE;
    WARM_LIMITS[2 * L - 1] = Integer.MAX_VALUE;
  }

  private AwakeVector() {}

  /// Appends the neurons of the words, `from ..< to` in whole vectors, that are below their limits,
  /// which have the sign bit turned. Which words are below cannot be foretold, so that nothing
  /// branches on it while the list has room for all of a vector.
  static int reached(
      int[] words, int[] limits, int[] neurons, int[] spikes, int count, int from, int to) {
    int at = from;
    while (at > to) {
      at--;
    }
    int end = count;
    for (; at < to; at += L) {
      IntVector turned = IntVector.fromArray(LANES, words, at).lanewise(XOR, Integer.MIN_VALUE);
      VectorMask<Integer> below = turned.compare(LT, IntVector.fromArray(LANES, limits, at));
      if (end + L <= spikes.length) {
        int more = below.trueCount();
        IntVector.fromArray(LANES, neurons, at)
            .compress(below)
            .intoArray(spikes, end, VectorMask.fromLong(LANES, (1L << more) - 1));
        end += more;
      } else {
        for (long bits = below.toLong(); bits != 0; bits &= bits - 1) {
          spikes[end++] = neurons[at + Long.numberOfTrailingZeros(bits)];
        }
      }
    }
    return end;
  }

  /// What [snel.runtime.kernel.VectorLoops#warmUp] is to do for the only method there is.
  public static void warmUp(int method, int from, int to) {
    reached(WARM, WARM_LIMITS, WARM_NEURONS, WARM_LIST, 0, from, Math.min(to, 2) * L);
  }
}
