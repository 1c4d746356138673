package snel.runtime.kernel;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.MAX;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// The loop of [Finite], in vectors.
public final class FiniteVector {
  /// The method that [#warmUp] knows.
  public static final int MOST = 0;

  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> BITS = IntVector.SPECIES_PREFERRED;
  private static final int L = LANES.length();

  /// Elements that are looked at in one pass.
  static final int TOGETHER = 4 * L;

  /// Without the sign the bits of numbers rise as they do.
  private static final int AMOUNT = 0x7fffffff;

  private static final float[] WARM = new float[4 * TOGETHER];

  private FiniteVector() {}

  /// The bits of the largest amount of elements `from ..< to`, a multiple of [#TOGETHER] apart.
  static int most(float[] elements, int from, int to) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return 0;
    }
    IntVector a = IntVector.zero(BITS);
    IntVector b = IntVector.zero(BITS);
    IntVector c = IntVector.zero(BITS);
    IntVector d = IntVector.zero(BITS);
    for (; k < to; k += TOGETHER) {
      IntVector p = FloatVector.fromArray(LANES, elements, k).reinterpretAsInts();
      IntVector q = FloatVector.fromArray(LANES, elements, k + L).reinterpretAsInts();
      IntVector r = FloatVector.fromArray(LANES, elements, k + 2 * L).reinterpretAsInts();
      IntVector s = FloatVector.fromArray(LANES, elements, k + 3 * L).reinterpretAsInts();
      a = a.lanewise(MAX, p.lanewise(AND, AMOUNT));
      b = b.lanewise(MAX, q.lanewise(AND, AMOUNT));
      c = c.lanewise(MAX, r.lanewise(AND, AMOUNT));
      d = d.lanewise(MAX, s.lanewise(AND, AMOUNT));
    }
    return a.lanewise(MAX, b).lanewise(MAX, c.lanewise(MAX, d)).reduceLanes(MAX);
  }

  /// What [VectorLoops#warmUp] is to do for a method.
  public static void warmUp(int method, int from, int to) {
    most(WARM, from, to * TOGETHER);
  }
}
