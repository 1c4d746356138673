package snel.runtime.rng;

import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.SUB;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// [Levels] in vectors: each word against one threshold after the other. The few words that reach
/// thresholds which hardly one reaches are left as they are, which no count looks like, and
/// searched for.
///
/// What is carried from one pass of a loop to the next is only called by methods that its class
/// itself has (`lanewise`): through others (`add`) the compiler sees no class of its own accord,
/// and may leave calls.
public final class LevelsVector {
  private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int TOGETHER = 2 * LANES;

  /// More thresholds than this are searched in faster than gone through.
  private static final int MOST = 40;

  /// One word in 4,096 is not below this: as a signed number it is negative.
  private static final int SELDOM = -(1 << 20);

  /// The methods that do loops in vectors, for [#warmUp].
  public static final int COUNT = 0;

  public static final int REST = 1;

  private static final int[] WARM_WORDS = new int[4 * TOGETHER];
  private static final int[] WARM_THRESHOLDS = {1 << 30, -(1 << 30), -1};

  private LevelsVector() {}

  /// See [Levels#reach].
  public static void reach(int[] words, int first, int count, int[] thresholds) {
    int vectors = thresholds.length > MOST ? 0 : Math.max(0, count - first) / TOGETHER;
    int whole = first + vectors * TOGETHER;
    int often = often(thresholds);
    count(
        words, thresholds, often, often < thresholds.length ? thresholds[often] : -1, first, whole);
    searchRest(words, thresholds, first, whole);
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

  /// Words that have not reached `left` become how many of the first `often` thresholds they have.
  /// Signed numbers are compared, which without AVX-512 takes one instruction and unsigned ones
  /// four.
  private static void count(int[] words, int[] thresholds, int often, int left, int from, int to) {
    int at = from;
    while (at > to) {
      at--;
    }
    if (at == to) {
      return;
    }
    IntVector one = IntVector.broadcast(SPECIES, 1);
    IntVector all = IntVector.broadcast(SPECIES, often);
    IntVector signs = IntVector.broadcast(SPECIES, Integer.MIN_VALUE);
    for (; at < to; at += TOGETHER) {
      IntVector a = IntVector.fromArray(SPECIES, words, at);
      IntVector b = IntVector.fromArray(SPECIES, words, at + LANES);
      IntVector signedA = a.lanewise(XOR, signs);
      IntVector signedB = b.lanewise(XOR, signs);
      IntVector reachedA = all;
      IntVector reachedB = all;
      for (int k = 0; k < often; k++) {
        IntVector threshold = IntVector.broadcast(SPECIES, thresholds[k]).lanewise(XOR, signs);
        reachedA = reachedA.lanewise(SUB, one, signedA.compare(LT, threshold));
        reachedB = reachedB.lanewise(SUB, one, signedB.compare(LT, threshold));
      }
      int signedLeft = left ^ Integer.MIN_VALUE;
      a.blend(reachedA, signedA.compare(LT, signedLeft)).intoArray(words, at);
      b.blend(reachedB, signedB.compare(LT, signedLeft)).intoArray(words, at + LANES);
    }
  }

  /// Does the words that were left.
  private static void searchRest(int[] words, int[] thresholds, int from, int to) {
    int at = from;
    while (at > to) {
      at--;
    }
    if (at == to) {
      return;
    }
    for (; at < to; at += LANES) {
      long left = IntVector.fromArray(SPECIES, words, at).compare(LT, 0).toLong();
      while (left != 0) {
        int i = at + Long.numberOfTrailingZeros(left);
        words[i] = Levels.reached(words[i], thresholds);
        left &= left - 1;
      }
    }
  }

  /// What [snel.runtime.kernel.VectorLoops#warmUp] is to do for a method.
  public static void warmUp(int method, int from, int to) {
    // so that now and then a word is left
    Arrays.fill(WARM_WORDS, 0, to * LANES, -1);
    if (method == COUNT) {
      count(WARM_WORDS, WARM_THRESHOLDS, 2, -1, from, to * TOGETHER);
    } else {
      searchRest(WARM_WORDS, WARM_THRESHOLDS, from, to * LANES);
    }
  }
}
