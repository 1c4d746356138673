package snel.runtime.kernel;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// [DueList] in vectors: the same list.
public final class DueListVector {
  /// The one loop that [#warmUp] knows.
  public static final int LIST = 0;

  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = INTS.length();
  private static final int[] WARM_ENDS = {0, 5, 7, 50};
  private static final int[] WARM_DUE = new int[50 + DueList.SPARE];

  private DueListVector() {}

  /// See [DueList#list].
  public static int list(int[] due, int[] ends, int from, int to) {
    int row = from;
    while (row > to) {
      row--;
    }
    if (row == to) {
      return 0;
    }
    IntVector steps = IntVector.zero(INTS).addIndex(1);
    int count = 0;
    for (; row < to; row++) {
      int first = ends[2 * row];
      int length = ends[2 * row + 1] - first;
      for (int k = 0; k < DueList.SPARE; k += LANES) {
        steps.add(first + k).intoArray(due, count + k);
      }
      for (int k = DueList.SPARE; k < length; k += LANES) {
        steps.add(first + k).intoArray(due, count + k);
      }
      count += length;
    }
    return count;
  }

  /// What [VectorLoops#warmUp] is to do for a method.
  public static void warmUp(int method, int from, int to) {
    list(WARM_DUE, WARM_ENDS, from, to);
  }
}
