package snel.runtime.kernel;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// What loops in vectors list neurons with, a whole vector at a time: the processor must be able to
/// move lanes together by a mask.
public final class ListVector {
  public static final int LANES = 16;
  public static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_512;

  /// 0, 1, 2, …
  public static final IntVector FIRST = IntVector.zero(SPECIES).addIndex(1);

  private ListVector() {}
}
