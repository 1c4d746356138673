package snel.runtime.kernel;

import static jdk.incubator.vector.VectorOperators.NE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The inner loops of [SparseBack], in vectors.
public final class SparseBackVector {
  private static final int LIST = 0;
  private static final int SUM = 1;

  /// How many methods [#warmUp] knows.
  public static final int LOOPS = 2;

  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> BITS = IntVector.SPECIES_PREFERRED;
  static final int L = LANES.length();

  /// Whether four vectors are summed side by side and not eight: these are as many as the processor
  /// wants so that none waits for the last product, but rows of eight wide ones would fill the
  /// nearest cache.
  static final boolean FOUR = L >= 16;

  static final int COLUMNS = FOUR ? 4 * L : 8 * L;

  /// Bytes of a row of so many columns.
  static final int BYTES = COLUMNS * Float.BYTES;

  private static final int B = Float.BYTES * L;
  private static final MemorySegment MEMORY = RowCache.MEMORY;
  private static final long ADDRESS = RowCache.ADDRESS;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final IntVector COUNT = IntVector.zero(BITS).addIndex(1);
  private static final float[] WARM = new float[COLUMNS];
  private static final float[] WARM_ALL = new float[2 * L];
  private static final int[] WARM_NOTED = new int[3 * L];
  private static final int[] WARM_ZEROS = new int[4];
  private static final int[] WARM_ENDS = {2, 4};
  private static final long WARM_MEMORY = Arena.global().allocate(BYTES, B).address();

  static {
    WARM_ALL[1] = 1;
  }

  private SparseBackVector() {}

  /// Lists what is not 0 of `all[at + k]`, k in `from ..< to`, a multiple of the lanes apart:
  /// itself and k times [#BYTES]. Lists have room for a vector behind the last one.
  ///
  /// @param count how many the lists have before
  /// @return how many they have then
  static int list(float[] all, int at, float[] factors, int[] places, int count, int from, int to) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return count;
    }
    for (; k < to; k += L) {
      FloatVector some = FloatVector.fromArray(LANES, all, at + k);
      VectorMask<Float> kept = some.compare(NE, 0);
      some.compress(kept).intoArray(factors, count);
      COUNT.add(k).mul(BYTES).compress(kept.cast(BITS)).intoArray(places, count);
      count += kept.trueCount();
    }
    return count;
  }

  /// For each k in `from ..< to` adds to the [#COLUMNS] elements of `sums` from `beginnings[k] +
  /// shift` on the sum of rows times factors: those at `memory + places[n]` and `factors[n]`, n in
  /// `ends[k - 1] ..< ends[k]`. With [#COLUMNS] of four vectors.
  static void four(
      float[] sums,
      int[] beginnings,
      int shift,
      long memory,
      float[] factors,
      int[] places,
      int[] ends,
      int from,
      int to) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return;
    }
    int n = k == 0 ? 0 : ends[k - 1];
    for (; k < to; k++) {
      int at = beginnings[k] + shift;
      int end = ends[k];
      FloatVector a = FloatVector.zero(LANES);
      FloatVector b = FloatVector.zero(LANES);
      FloatVector c = FloatVector.zero(LANES);
      FloatVector d = FloatVector.zero(LANES);
      for (; n < end; n++) {
        long row = memory + places[n] & ADDRESS;
        FloatVector factor = FloatVector.broadcast(LANES, factors[n]);
        a = factor.fma(FloatVector.fromMemorySegment(LANES, MEMORY, row, ORDER), a);
        b = factor.fma(FloatVector.fromMemorySegment(LANES, MEMORY, row + B, ORDER), b);
        c = factor.fma(FloatVector.fromMemorySegment(LANES, MEMORY, row + 2 * B, ORDER), c);
        d = factor.fma(FloatVector.fromMemorySegment(LANES, MEMORY, row + 3 * B, ORDER), d);
      }
      a = Exact.PREFERRED.cast(a);
      b = Exact.PREFERRED.cast(b);
      c = Exact.PREFERRED.cast(c);
      d = Exact.PREFERRED.cast(d);
      FloatVector.fromArray(LANES, sums, at).add(a).intoArray(sums, at);
      FloatVector.fromArray(LANES, sums, at + L).add(b).intoArray(sums, at + L);
      FloatVector.fromArray(LANES, sums, at + 2 * L).add(c).intoArray(sums, at + 2 * L);
      FloatVector.fromArray(LANES, sums, at + 3 * L).add(d).intoArray(sums, at + 3 * L);
    }
  }

  /// The same with [#COLUMNS] of eight vectors.
  static void eight(
      float[] sums,
      int[] beginnings,
      int shift,
      long memory,
      float[] factors,
      int[] places,
      int[] ends,
      int from,
      int to) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return;
    }
    int n = k == 0 ? 0 : ends[k - 1];
    for (; k < to; k++) {
      int at = beginnings[k] + shift;
      int end = ends[k];
      FloatVector a = FloatVector.zero(LANES);
      FloatVector b = FloatVector.zero(LANES);
      FloatVector c = FloatVector.zero(LANES);
      FloatVector d = FloatVector.zero(LANES);
      FloatVector e = FloatVector.zero(LANES);
      FloatVector f = FloatVector.zero(LANES);
      FloatVector g = FloatVector.zero(LANES);
      FloatVector h = FloatVector.zero(LANES);
      for (; n < end; n++) {
        long row = memory + places[n] & ADDRESS;
        FloatVector factor = FloatVector.broadcast(LANES, factors[n]);
        a = factor.fma(FloatVector.fromMemorySegment(LANES, MEMORY, row, ORDER), a);
        b = factor.fma(FloatVector.fromMemorySegment(LANES, MEMORY, row + B, ORDER), b);
        c = factor.fma(FloatVector.fromMemorySegment(LANES, MEMORY, row + 2 * B, ORDER), c);
        d = factor.fma(FloatVector.fromMemorySegment(LANES, MEMORY, row + 3 * B, ORDER), d);
        e = factor.fma(FloatVector.fromMemorySegment(LANES, MEMORY, row + 4 * B, ORDER), e);
        f = factor.fma(FloatVector.fromMemorySegment(LANES, MEMORY, row + 5 * B, ORDER), f);
        g = factor.fma(FloatVector.fromMemorySegment(LANES, MEMORY, row + 6 * B, ORDER), g);
        h = factor.fma(FloatVector.fromMemorySegment(LANES, MEMORY, row + 7 * B, ORDER), h);
      }
      a = Exact.PREFERRED.cast(a);
      b = Exact.PREFERRED.cast(b);
      c = Exact.PREFERRED.cast(c);
      d = Exact.PREFERRED.cast(d);
      e = Exact.PREFERRED.cast(e);
      f = Exact.PREFERRED.cast(f);
      g = Exact.PREFERRED.cast(g);
      h = Exact.PREFERRED.cast(h);
      FloatVector.fromArray(LANES, sums, at).add(a).intoArray(sums, at);
      FloatVector.fromArray(LANES, sums, at + L).add(b).intoArray(sums, at + L);
      FloatVector.fromArray(LANES, sums, at + 2 * L).add(c).intoArray(sums, at + 2 * L);
      FloatVector.fromArray(LANES, sums, at + 3 * L).add(d).intoArray(sums, at + 3 * L);
      FloatVector.fromArray(LANES, sums, at + 4 * L).add(e).intoArray(sums, at + 4 * L);
      FloatVector.fromArray(LANES, sums, at + 5 * L).add(f).intoArray(sums, at + 5 * L);
      FloatVector.fromArray(LANES, sums, at + 6 * L).add(g).intoArray(sums, at + 6 * L);
      FloatVector.fromArray(LANES, sums, at + 7 * L).add(h).intoArray(sums, at + 7 * L);
    }
  }

  /// What [VectorLoops#warmUp] is to do for a method.
  public static void warmUp(int method, int from, int to) {
    if (method == LIST) {
      list(WARM_ALL, 0, WARM, WARM_NOTED, 0, from, to * L);
    } else if (FOUR) {
      four(WARM, WARM_ZEROS, 0, WARM_MEMORY, WARM_ALL, WARM_ZEROS, WARM_ENDS, from, to);
    } else {
      eight(WARM, WARM_ZEROS, 0, WARM_MEMORY, WARM_ALL, WARM_ZEROS, WARM_ENDS, from, to);
    }
  }
}
