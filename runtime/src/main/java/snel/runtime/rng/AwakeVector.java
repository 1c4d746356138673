package snel.runtime.rng;

import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

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
  private static final int[] WARM_FOUND = new int[5 * L];

  /// Elements behind the last that is found, which are written as well.
  static final int SPARE = L;

  private AwakeVector() {}

  /// Lists the neurons of the words, `from ..< to` in whole vectors, that are below their limits,
  /// which have the sign bit turned. Which words are below cannot be foretold, so that nothing
  /// branches on it; and a vector is written as a whole, for some lanes alone take several times as
  /// long without AVX-512.
  ///
  /// @param found with room for all and [#SPARE] more
  /// @return how many
  static int reached(int[] words, int[] limits, int[] neurons, int[] found, int from, int to) {
    int at = from;
    while (at > to) {
      at--;
    }
    int end = 0;
    for (; at < to; at += L) {
      IntVector turned = IntVector.fromArray(LANES, words, at).lanewise(XOR, Integer.MIN_VALUE);
      VectorMask<Integer> below = turned.compare(LT, IntVector.fromArray(LANES, limits, at));
      IntVector.fromArray(LANES, neurons, at).compress(below).intoArray(found, end);
      end += below.trueCount();
    }
    return end;
  }

  /// What [snel.runtime.kernel.VectorLoops#warmUp] is to do for the only method there is.
  public static void warmUp(int method, int from, int to) {
    reached(WARM, WARM_LIMITS, WARM_NEURONS, WARM_FOUND, from, Math.min(to, 4) * L);
  }
}
