package snel.runtime.rng;

import static jdk.incubator.vector.VectorOperators.UGE;
import static jdk.incubator.vector.VectorOperators.UMAX;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// [Levels] in vectors: each word against one threshold after the other, those that hardly a word
/// reaches only where one has.
public final class LevelsVector {
  private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int TOGETHER = 4 * LANES;

  /// More thresholds than this are searched in faster than gone through.
  private static final int MOST = 40;

  /// One word in 4,096 reaches what is left for when one does.
  private static final int SELDOM = -(1 << 20);

  private static final int[] WARM_WORDS = new int[4 * TOGETHER];
  private static final int[] WARM_THRESHOLDS = {1 << 30, -(1 << 30), -1};

  private LevelsVector() {}

  /// See [Levels#reach].
  public static void reach(int[] words, int count, int[] thresholds) {
    int whole = thresholds.length > MOST ? 0 : count - count % TOGETHER;
    reach(words, thresholds, often(thresholds), 0, whole);
    Levels.reach(words, whole, count, thresholds);
  }

  /// How many thresholds are reached by more than a few words.
  private static int often(int[] thresholds) {
    int often = 0;
    while (often < thresholds.length && Integer.compareUnsigned(thresholds[often], SELDOM) < 0) {
      often++;
    }
    return often;
  }

  private static void reach(int[] words, int[] thresholds, int often, int from, int to) {
    int at = from;
    while (at > to) {
      at--;
    }
    if (at == to) {
      return;
    }
    for (; at < to; at += TOGETHER) {
      IntVector a = IntVector.fromArray(SPECIES, words, at);
      IntVector b = IntVector.fromArray(SPECIES, words, at + LANES);
      IntVector c = IntVector.fromArray(SPECIES, words, at + 2 * LANES);
      IntVector d = IntVector.fromArray(SPECIES, words, at + 3 * LANES);
      IntVector reachedA = IntVector.zero(SPECIES);
      IntVector reachedB = reachedA;
      IntVector reachedC = reachedA;
      IntVector reachedD = reachedA;
      int end = often;
      if (often < thresholds.length
          && a.lanewise(UMAX, b)
              .lanewise(UMAX, c.lanewise(UMAX, d))
              .compare(UGE, thresholds[often])
              .anyTrue()) {
        end = thresholds.length;
      }
      for (int k = 0; k < end; k++) {
        IntVector threshold = IntVector.broadcast(SPECIES, thresholds[k]);
        reachedA = reachedA.add(1, a.compare(UGE, threshold));
        reachedB = reachedB.add(1, b.compare(UGE, threshold));
        reachedC = reachedC.add(1, c.compare(UGE, threshold));
        reachedD = reachedD.add(1, d.compare(UGE, threshold));
      }
      reachedA.intoArray(words, at);
      reachedB.intoArray(words, at + LANES);
      reachedC.intoArray(words, at + 2 * LANES);
      reachedD.intoArray(words, at + 3 * LANES);
    }
  }

  /// What [snel.runtime.kernel.VectorLoops#warmUp] is to do for the only method there is.
  public static void warmUp(int method, int from, int to) {
    // so that now and then one reaches the last threshold
    Arrays.fill(WARM_WORDS, 0, to * TOGETHER / 2, -1);
    reach(WARM_WORDS, WARM_THRESHOLDS, 2, from, to * TOGETHER);
  }
}
