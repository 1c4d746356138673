package snel.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// [TurnVector] for vectors of eight: a block is turned in registers. In three passes two rows
/// change every second of their columns with each other, then every second two, then four.
final class EightTurnVector {
  static final int ARRAY_TO_MEMORY = 0;
  static final int MEMORY_TO_ARRAY = 1;
  static final int COPY = 2;

  /// Rows and columns of a block.
  static final int SIDE = 8;

  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_256;
  private static final int B = Float.BYTES * SIDE;
  private static final MemorySegment MEMORY = OffHeap.MEMORY;
  private static final long ADDRESS = OffHeap.ADDRESS;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final long WARM = OffHeap.allocate(2L * SIDE * B);
  private static final float[] WARM_ARRAY = new float[2 * SIDE];

  private static final VectorShuffle<Float> BY_ONE = VectorShuffle.fromOp(LANES, i -> i ^ 1);
  private static final VectorShuffle<Float> BY_TWO = VectorShuffle.fromOp(LANES, i -> i ^ 2);
  private static final VectorShuffle<Float> BY_FOUR = VectorShuffle.fromOp(LANES, i -> i ^ 4);
  private static final VectorMask<Float> ODD_ONE = VectorMask.fromLong(LANES, 0b10101010);
  private static final VectorMask<Float> ODD_TWO = VectorMask.fromLong(LANES, 0b11001100);
  private static final VectorMask<Float> ODD_FOUR = VectorMask.fromLong(LANES, 0b11110000);

  private static int warmed;

  private EightTurnVector() {}

  /// Whether vectors of this machine are of that size.
  static boolean isPossible() {
    return FloatVector.SPECIES_PREFERRED == LANES;
  }

  /// Column k of the rows `at + row * stride` of an array, a row at most `last`, becomes the vector
  /// at `memory + k * step`, k in `8 * from ..< 8 * to`.
  static void arrayToMemory(
      float[] array, int at, int stride, int last, long memory, long step, int from, int to) {
    int g = from;
    while (g > to) {
      g--;
    }
    if (g == to) {
      return;
    }
    int line1 = Math.min(1, last) * stride;
    int line2 = Math.min(2, last) * stride;
    int line3 = Math.min(3, last) * stride;
    int line4 = Math.min(4, last) * stride;
    int line5 = Math.min(5, last) * stride;
    int line6 = Math.min(6, last) * stride;
    int line7 = Math.min(7, last) * stride;
    for (; g < to; g++) {
      int first = at + SIDE * g;
      FloatVector r0 = FloatVector.fromArray(LANES, array, first);
      FloatVector r1 = FloatVector.fromArray(LANES, array, first + line1);
      FloatVector r2 = FloatVector.fromArray(LANES, array, first + line2);
      FloatVector r3 = FloatVector.fromArray(LANES, array, first + line3);
      FloatVector r4 = FloatVector.fromArray(LANES, array, first + line4);
      FloatVector r5 = FloatVector.fromArray(LANES, array, first + line5);
      FloatVector r6 = FloatVector.fromArray(LANES, array, first + line6);
      FloatVector r7 = FloatVector.fromArray(LANES, array, first + line7);
      FloatVector t;
      t = r0;
      r0 = t.blend(r1.rearrange(BY_ONE), ODD_ONE);
      r1 = t.rearrange(BY_ONE).blend(r1, ODD_ONE);
      t = r2;
      r2 = t.blend(r3.rearrange(BY_ONE), ODD_ONE);
      r3 = t.rearrange(BY_ONE).blend(r3, ODD_ONE);
      t = r4;
      r4 = t.blend(r5.rearrange(BY_ONE), ODD_ONE);
      r5 = t.rearrange(BY_ONE).blend(r5, ODD_ONE);
      t = r6;
      r6 = t.blend(r7.rearrange(BY_ONE), ODD_ONE);
      r7 = t.rearrange(BY_ONE).blend(r7, ODD_ONE);
      t = r0;
      r0 = t.blend(r2.rearrange(BY_TWO), ODD_TWO);
      r2 = t.rearrange(BY_TWO).blend(r2, ODD_TWO);
      t = r1;
      r1 = t.blend(r3.rearrange(BY_TWO), ODD_TWO);
      r3 = t.rearrange(BY_TWO).blend(r3, ODD_TWO);
      t = r4;
      r4 = t.blend(r6.rearrange(BY_TWO), ODD_TWO);
      r6 = t.rearrange(BY_TWO).blend(r6, ODD_TWO);
      t = r5;
      r5 = t.blend(r7.rearrange(BY_TWO), ODD_TWO);
      r7 = t.rearrange(BY_TWO).blend(r7, ODD_TWO);
      t = r0;
      r0 = t.blend(r4.rearrange(BY_FOUR), ODD_FOUR);
      r4 = t.rearrange(BY_FOUR).blend(r4, ODD_FOUR);
      t = r1;
      r1 = t.blend(r5.rearrange(BY_FOUR), ODD_FOUR);
      r5 = t.rearrange(BY_FOUR).blend(r5, ODD_FOUR);
      t = r2;
      r2 = t.blend(r6.rearrange(BY_FOUR), ODD_FOUR);
      r6 = t.rearrange(BY_FOUR).blend(r6, ODD_FOUR);
      t = r3;
      r3 = t.blend(r7.rearrange(BY_FOUR), ODD_FOUR);
      r7 = t.rearrange(BY_FOUR).blend(r7, ODD_FOUR);
      long there = memory + SIDE * g * step & ADDRESS;
      r0.intoMemorySegment(MEMORY, there, ORDER);
      r1.intoMemorySegment(MEMORY, there + step & ADDRESS, ORDER);
      r2.intoMemorySegment(MEMORY, there + 2 * step & ADDRESS, ORDER);
      r3.intoMemorySegment(MEMORY, there + 3 * step & ADDRESS, ORDER);
      r4.intoMemorySegment(MEMORY, there + 4 * step & ADDRESS, ORDER);
      r5.intoMemorySegment(MEMORY, there + 5 * step & ADDRESS, ORDER);
      r6.intoMemorySegment(MEMORY, there + 6 * step & ADDRESS, ORDER);
      r7.intoMemorySegment(MEMORY, there + 7 * step & ADDRESS, ORDER);
    }
  }

  /// The other way; the memory becomes 0: what is added up there next begins with that, and now it
  /// is near.
  static void memoryToArray(
      long memory, long step, float[] array, int at, int stride, int last, int from, int to) {
    int g = from;
    while (g > to) {
      g--;
    }
    if (g == to) {
      return;
    }
    FloatVector none = FloatVector.zero(LANES);
    for (; g < to; g++) {
      long there = memory + SIDE * g * step & ADDRESS;
      FloatVector r0 = FloatVector.fromMemorySegment(LANES, MEMORY, there, ORDER);
      FloatVector r1 = FloatVector.fromMemorySegment(LANES, MEMORY, there + step & ADDRESS, ORDER);
      FloatVector r2 =
          FloatVector.fromMemorySegment(LANES, MEMORY, there + 2 * step & ADDRESS, ORDER);
      FloatVector r3 =
          FloatVector.fromMemorySegment(LANES, MEMORY, there + 3 * step & ADDRESS, ORDER);
      FloatVector r4 =
          FloatVector.fromMemorySegment(LANES, MEMORY, there + 4 * step & ADDRESS, ORDER);
      FloatVector r5 =
          FloatVector.fromMemorySegment(LANES, MEMORY, there + 5 * step & ADDRESS, ORDER);
      FloatVector r6 =
          FloatVector.fromMemorySegment(LANES, MEMORY, there + 6 * step & ADDRESS, ORDER);
      FloatVector r7 =
          FloatVector.fromMemorySegment(LANES, MEMORY, there + 7 * step & ADDRESS, ORDER);
      none.intoMemorySegment(MEMORY, there, ORDER);
      none.intoMemorySegment(MEMORY, there + step & ADDRESS, ORDER);
      none.intoMemorySegment(MEMORY, there + 2 * step & ADDRESS, ORDER);
      none.intoMemorySegment(MEMORY, there + 3 * step & ADDRESS, ORDER);
      none.intoMemorySegment(MEMORY, there + 4 * step & ADDRESS, ORDER);
      none.intoMemorySegment(MEMORY, there + 5 * step & ADDRESS, ORDER);
      none.intoMemorySegment(MEMORY, there + 6 * step & ADDRESS, ORDER);
      none.intoMemorySegment(MEMORY, there + 7 * step & ADDRESS, ORDER);
      FloatVector t;
      t = r0;
      r0 = t.blend(r1.rearrange(BY_ONE), ODD_ONE);
      r1 = t.rearrange(BY_ONE).blend(r1, ODD_ONE);
      t = r2;
      r2 = t.blend(r3.rearrange(BY_ONE), ODD_ONE);
      r3 = t.rearrange(BY_ONE).blend(r3, ODD_ONE);
      t = r4;
      r4 = t.blend(r5.rearrange(BY_ONE), ODD_ONE);
      r5 = t.rearrange(BY_ONE).blend(r5, ODD_ONE);
      t = r6;
      r6 = t.blend(r7.rearrange(BY_ONE), ODD_ONE);
      r7 = t.rearrange(BY_ONE).blend(r7, ODD_ONE);
      t = r0;
      r0 = t.blend(r2.rearrange(BY_TWO), ODD_TWO);
      r2 = t.rearrange(BY_TWO).blend(r2, ODD_TWO);
      t = r1;
      r1 = t.blend(r3.rearrange(BY_TWO), ODD_TWO);
      r3 = t.rearrange(BY_TWO).blend(r3, ODD_TWO);
      t = r4;
      r4 = t.blend(r6.rearrange(BY_TWO), ODD_TWO);
      r6 = t.rearrange(BY_TWO).blend(r6, ODD_TWO);
      t = r5;
      r5 = t.blend(r7.rearrange(BY_TWO), ODD_TWO);
      r7 = t.rearrange(BY_TWO).blend(r7, ODD_TWO);
      t = r0;
      r0 = t.blend(r4.rearrange(BY_FOUR), ODD_FOUR);
      r4 = t.rearrange(BY_FOUR).blend(r4, ODD_FOUR);
      t = r1;
      r1 = t.blend(r5.rearrange(BY_FOUR), ODD_FOUR);
      r5 = t.rearrange(BY_FOUR).blend(r5, ODD_FOUR);
      t = r2;
      r2 = t.blend(r6.rearrange(BY_FOUR), ODD_FOUR);
      r6 = t.rearrange(BY_FOUR).blend(r6, ODD_FOUR);
      t = r3;
      r3 = t.blend(r7.rearrange(BY_FOUR), ODD_FOUR);
      r7 = t.rearrange(BY_FOUR).blend(r7, ODD_FOUR);
      int first = at + SIDE * g;
      r0.intoArray(array, first);
      if (last >= 1) {
        r1.intoArray(array, first + stride);
      }
      if (last >= 2) {
        r2.intoArray(array, first + 2 * stride);
      }
      if (last >= 3) {
        r3.intoArray(array, first + 3 * stride);
      }
      if (last >= 4) {
        r4.intoArray(array, first + 4 * stride);
      }
      if (last >= 5) {
        r5.intoArray(array, first + 5 * stride);
      }
      if (last >= 6) {
        r6.intoArray(array, first + 6 * stride);
      }
      if (last >= 7) {
        r7.intoArray(array, first + 7 * stride);
      }
    }
  }

  /// Copies the vectors at `memory + k *` their size to `array[at + k * stride]`, k in `from ..<
  /// to`.
  static void copy(long memory, float[] array, int at, int stride, int from, int to) {
    int k = from;
    while (k > to) {
      k--;
    }
    for (; k < to; k++) {
      FloatVector row = FloatVector.fromMemorySegment(LANES, MEMORY, memory + (long) k * B, ORDER);
      row.intoArray(array, at + k * stride);
    }
  }

  /// What [VectorLoops#warmUp] is to do for a method.
  static void warmUp(int method, int from, int to) {
    switch (method) {
      case ARRAY_TO_MEMORY -> arrayToMemory(WARM_ARRAY, 0, 0, SIDE - 1, WARM, 0, from, to);
      // each branch has to be seen both ways: a few rows, then all
      case MEMORY_TO_ARRAY -> memoryToArray(WARM, 0, WARM_ARRAY, 0, 0, warmed++ % SIDE, from, to);
      default -> copy(WARM, WARM_ARRAY, 0, 0, from, to);
    }
  }
}
