package snel.runtime.rng;

import static jdk.incubator.vector.VectorOperators.L2I;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_I2L;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The words of [SynapseDraws] in vectors: a lane does one block, as in [PhiloxVector], which tells
/// why it is written as it is.
public final class SynapseDrawsVector {
  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
  private static final int BLOCKS = SPECIES.length();
  private static final int BLOCKS_TOGETHER = 2 * BLOCKS;
  private static final VectorSpecies<Integer> HALF =
      VectorSpecies.of(int.class, VectorShape.forBitSize(BLOCKS * Integer.SIZE));

  private static final long LOW = 0xFFFFFFFFL;
  private static final long[] MULTIPLIERS = {Philox.MULTIPLIER_0, Philox.MULTIPLIER_1};

  /// The method that [#warmUp] knows.
  public static final int WORDS = 0;

  private static final long[] WARM_KEYS = new long[2 * Philox.ROUNDS];
  private static final int[] WARM_UP = new int[4 * BLOCKS_TOGETHER];
  private static final int[] WARM_THIRD = new int[4 * BLOCKS_TOGETHER];

  private SynapseDrawsVector() {}

  /// Replaces counters `from ..< to` by word 0 of the blocks at (counter, c1, c2, c3).
  ///
  /// @param keys of all rounds, from [Philox#keys]
  /// @param to a multiple of [SynapseDraws#TOGETHER] behind `from`
  static void words(long[] keys, int[] counters, int c1, int[] c2, int c3, int from, int to) {
    int at = from;
    while (at > to) {
      at--;
    }
    if (at == to) {
      return;
    }
    LongVector multiplier0 = LongVector.broadcast(SPECIES, MULTIPLIERS[0]).and(LOW);
    LongVector multiplier1 = LongVector.broadcast(SPECIES, MULTIPLIERS[1]).and(LOW);
    LongVector second = LongVector.broadcast(SPECIES, c1);
    LongVector last = LongVector.broadcast(SPECIES, c3);
    for (; at < to; at += BLOCKS_TOGETHER) {
      LongVector x0 =
          (LongVector)
              IntVector.fromArray(HALF, counters, at).convertShape(ZERO_EXTEND_I2L, SPECIES, 0);
      LongVector y0 =
          (LongVector)
              IntVector.fromArray(HALF, counters, at + BLOCKS)
                  .convertShape(ZERO_EXTEND_I2L, SPECIES, 0);
      LongVector x1 = second;
      LongVector y1 = second;
      LongVector x2 =
          (LongVector) IntVector.fromArray(HALF, c2, at).convertShape(ZERO_EXTEND_I2L, SPECIES, 0);
      LongVector y2 =
          (LongVector)
              IntVector.fromArray(HALF, c2, at + BLOCKS).convertShape(ZERO_EXTEND_I2L, SPECIES, 0);
      LongVector x3 = last;
      LongVector y3 = last;
      for (int round = 0; round < Philox.ROUNDS - 1; round++) {
        LongVector key0 = LongVector.broadcast(SPECIES, keys[2 * round]);
        LongVector key1 = LongVector.broadcast(SPECIES, keys[2 * round + 1]);
        LongVector product0 = x0.and(LOW).mul(multiplier0);
        LongVector product1 = x2.and(LOW).mul(multiplier1);
        LongVector other0 = y0.and(LOW).mul(multiplier0);
        LongVector other1 = y2.and(LOW).mul(multiplier1);
        x0 = product1.lanewise(LSHR, 32).lanewise(XOR, x1.lanewise(XOR, key0));
        x1 = product1;
        x2 = product0.lanewise(LSHR, 32).lanewise(XOR, x3.lanewise(XOR, key1));
        x3 = product0;
        y0 = other1.lanewise(LSHR, 32).lanewise(XOR, y1.lanewise(XOR, key0));
        y1 = other1;
        y2 = other0.lanewise(LSHR, 32).lanewise(XOR, y3.lanewise(XOR, key1));
        y3 = other0;
      }
      // of the last round only what word 0 is made of
      LongVector key = LongVector.broadcast(SPECIES, keys[2 * Philox.ROUNDS - 2]);
      x0 = x2.and(LOW).mul(multiplier1).lanewise(LSHR, 32).lanewise(XOR, x1.lanewise(XOR, key));
      y0 = y2.and(LOW).mul(multiplier1).lanewise(LSHR, 32).lanewise(XOR, y1.lanewise(XOR, key));
      ((IntVector) x0.convertShape(L2I, HALF, 0)).intoArray(counters, at);
      ((IntVector) y0.convertShape(L2I, HALF, 0)).intoArray(counters, at + BLOCKS);
    }
  }

  /// What [snel.runtime.kernel.VectorLoops#warmUp] is to do for a method.
  public static void warmUp(int method, int from, int to) {
    words(WARM_KEYS, WARM_UP, 0, WARM_THIRD, 0, from, to * BLOCKS_TOGETHER);
  }
}
