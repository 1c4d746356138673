package snel.runtime.kernel;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.SUB;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The inner loops of [ListedRows], in vectors.
public final class ListedVector {
  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final int L = LANES.length();

  /// Columns that are summed side by side: more would not stay in the nearest cache, fewer would
  /// wait for one another.
  static final int COLUMNS = 4 * L;

  /// Bytes of a row of so many columns.
  static final int BYTES = COLUMNS * Float.BYTES;

  private static final int SUM = 0;
  private static final int PACK = 1;

  /// How many methods [#warmUp] knows.
  public static final int LOOPS = 3;

  private static final int B = Float.BYTES * L;
  private static final MemorySegment MEMORY = OffHeap.MEMORY;
  private static final long ADDRESS = OffHeap.ADDRESS;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final float[] WARM_SUMS = new float[COLUMNS];
  private static final int[] WARM_BEGINNINGS = new int[2];
  private static final char[] WARM_PLACES = new char[4];
  private static final int[] WARM_FIRSTS = {0, 2};
  private static final int[] WARM_TAKEN = {2, 4};
  private static final int[] WARM_ADDED = {1, 3};
  private static final long WARM_MEMORY = OffHeap.allocate(2 * BYTES);

  private ListedVector() {}

  /// For each k in `from ..< to` adds rows to the [#COLUMNS] elements of `sums` from `beginnings[k]
  /// + column` on, those at `memory + places[n] *` [#BYTES], n in `firsts[k] ..< added[k]`, and
  ///   then takes others from them, n in `added[k] ..< taken[k]`.
  static void sum(
      float[] sums,
      int[] beginnings,
      int column,
      long memory,
      char[] places,
      int[] firsts,
      int[] added,
      int[] taken,
      int from,
      int to) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return;
    }
    for (; k < to; k++) {
      int at = beginnings[k] + column;
      int n = firsts[k];
      int end = added[k];
      FloatVector a = FloatVector.fromArray(LANES, sums, at);
      FloatVector b = FloatVector.fromArray(LANES, sums, at + L);
      FloatVector c = FloatVector.fromArray(LANES, sums, at + 2 * L);
      FloatVector d = FloatVector.fromArray(LANES, sums, at + 3 * L);
      for (; n < end; n++) {
        long row = memory + (long) places[n] * BYTES & ADDRESS;
        a = a.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row, ORDER));
        b = b.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + B, ORDER));
        c = c.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + 2 * B, ORDER));
        d = d.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + 3 * B, ORDER));
      }
      end = taken[k];
      for (; n < end; n++) {
        long row = memory + (long) places[n] * BYTES & ADDRESS;
        a = a.lanewise(SUB, FloatVector.fromMemorySegment(LANES, MEMORY, row, ORDER));
        b = b.lanewise(SUB, FloatVector.fromMemorySegment(LANES, MEMORY, row + B, ORDER));
        c = c.lanewise(SUB, FloatVector.fromMemorySegment(LANES, MEMORY, row + 2 * B, ORDER));
        d = d.lanewise(SUB, FloatVector.fromMemorySegment(LANES, MEMORY, row + 3 * B, ORDER));
      }
      Exact.PREFERRED.cast(a).intoArray(sums, at);
      Exact.PREFERRED.cast(b).intoArray(sums, at + L);
      Exact.PREFERRED.cast(c).intoArray(sums, at + 2 * L);
      Exact.PREFERRED.cast(d).intoArray(sums, at + 3 * L);
    }
  }

  /// Copies `strips` times [#COLUMNS] elements of `rows` from `beginnings[k] + column` on, k in
  /// `from ..< to`: the first to `memory + k *` [#BYTES], each of the others `size` bytes behind
  /// the one before.
  static void pack(
      float[] rows,
      int[] beginnings,
      int column,
      int strips,
      long memory,
      long size,
      int from,
      int to) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return;
    }
    for (; k < to; k++) {
      int row = beginnings[k] + column;
      long copy = memory + (long) k * BYTES;
      for (int strip = 0; strip < strips; strip++, row += COLUMNS, copy += size) {
        long place = copy & ADDRESS;
        FloatVector a = FloatVector.fromArray(LANES, rows, row);
        FloatVector b = FloatVector.fromArray(LANES, rows, row + L);
        FloatVector c = FloatVector.fromArray(LANES, rows, row + 2 * L);
        FloatVector d = FloatVector.fromArray(LANES, rows, row + 3 * L);
        a.intoMemorySegment(MEMORY, place, ORDER);
        b.intoMemorySegment(MEMORY, place + B, ORDER);
        c.intoMemorySegment(MEMORY, place + 2 * B, ORDER);
        d.intoMemorySegment(MEMORY, place + 3 * B, ORDER);
      }
    }
  }

  /// Makes the first `columns` elements of copies `from ..< to` -0, which changes nothing that it
  /// is added to.
  static void blank(long memory, int columns, int from, int to) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return;
    }
    FloatVector nothing = FloatVector.broadcast(LANES, -0.0f);
    VectorMask<Float> rest = LANES.indexInRange(0, columns % L);
    int whole = columns / L * B;
    for (; k < to; k++) {
      long row = memory + (long) k * BYTES & ADDRESS;
      for (int at = 0; at < whole; at += B) {
        nothing.intoMemorySegment(MEMORY, row + at, ORDER);
      }
      FloatVector.fromMemorySegment(LANES, MEMORY, row + whole, ORDER)
          .blend(nothing, rest)
          .intoMemorySegment(MEMORY, row + whole, ORDER);
    }
  }

  /// What [VectorLoops#warmUp] is to do for a method.
  public static void warmUp(int method, int from, int to) {
    if (method == SUM) {
      sum(
          WARM_SUMS,
          WARM_BEGINNINGS,
          0,
          WARM_MEMORY,
          WARM_PLACES,
          WARM_FIRSTS,
          WARM_ADDED,
          WARM_TAKEN,
          from,
          to);
    } else if (method == PACK) {
      pack(WARM_SUMS, WARM_BEGINNINGS, 0, 1, WARM_MEMORY, 0, from, to);
    } else {
      blank(WARM_MEMORY, L + 1, from, to);
    }
  }
}
