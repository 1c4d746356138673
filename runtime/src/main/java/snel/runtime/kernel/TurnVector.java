package snel.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.function.IntUnaryOperator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// Turns blocks of a matrix over, from rows in an array to rows in memory and back, by way of a
/// tile. A block is turned in two passes: within each four rows and four columns, then those of
/// four as a whole.
final class TurnVector {
  static final int ARRAY_TO_TILE = 0;
  static final int TILE_TO_MEMORY = 1;
  static final int MEMORY_TO_TILE = 2;
  static final int TILE_TO_ARRAY = 3;

  /// Rows and columns of a block.
  private static final int SIDE = 16;

  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_512;
  private static final VectorSpecies<Integer> WHOLE = IntVector.SPECIES_512;
  private static final int B = Float.BYTES * SIDE;
  private static final MemorySegment MEMORY = OffHeap.MEMORY;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final long WARM = OffHeap.allocate(2L * SIDE * B);
  private static final float[] WARM_ARRAY = new float[SIDE * SIDE];

  private static final IntVector LOW = pattern(i -> i / 4 * 4 + i % 4 / 2 + SIDE * (i % 2));
  private static final IntVector HIGH = pattern(i -> i / 4 * 4 + 2 + i % 4 / 2 + SIDE * (i % 2));
  private static final IntVector FIRST = pattern(i -> i / 4 * 4 + i % 2 + SIDE * (i % 4 / 2));
  private static final IntVector SECOND = pattern(i -> i / 4 * 4 + 2 + i % 2 + SIDE * (i % 4 / 2));
  private static final IntVector LOW_FOURS = pattern(i -> fours(i, LOW));
  private static final IntVector HIGH_FOURS = pattern(i -> fours(i, HIGH));
  private static final IntVector FIRST_FOURS = pattern(i -> fours(i, FIRST));
  private static final IntVector SECOND_FOURS = pattern(i -> fours(i, SECOND));

  private static int warmed;

  private TurnVector() {}

  private static IntVector pattern(IntUnaryOperator lane) {
    int[] lanes = new int[SIDE];
    java.util.Arrays.setAll(lanes, lane);
    return IntVector.fromArray(WHOLE, lanes, 0);
  }

  /// The pattern of the first four lanes, of lanes four by four.
  private static int fours(int lane, IntVector pattern) {
    int of = pattern.lane(lane / 4);
    return of % SIDE * 4 + of / SIDE * SIDE + lane % 4;
  }

  /// Rows and columns of a block, 0 where this machine has no vectors of that size.
  static int side() {
    return FloatVector.SPECIES_PREFERRED == LANES ? SIDE : 0;
  }

  /// First pass over rows `at + row * stride` of an array, a row at most `last`.
  static void arrayToTile(
      float[] array, int at, int stride, int last, long tile, int from, int to) {
    int g = from;
    while (g > to) {
      g--;
    }
    for (; g < to; g++) {
      int row = 4 * g;
      int aAt = at + Math.min(row, last) * stride;
      IntVector a = FloatVector.fromArray(LANES, array, aAt).reinterpretAsInts();
      int bAt = at + Math.min(row + 1, last) * stride;
      IntVector b = FloatVector.fromArray(LANES, array, bAt).reinterpretAsInts();
      int cAt = at + Math.min(row + 2, last) * stride;
      IntVector c = FloatVector.fromArray(LANES, array, cAt).reinterpretAsInts();
      int dAt = at + Math.min(row + 3, last) * stride;
      IntVector d = FloatVector.fromArray(LANES, array, dAt).reinterpretAsInts();
      IntVector ab = LOW.selectFrom(a, b);
      IntVector cd = LOW.selectFrom(c, d);
      IntVector ab2 = HIGH.selectFrom(a, b);
      IntVector cd2 = HIGH.selectFrom(c, d);
      long there = tile + (long) row * B;
      FIRST.selectFrom(ab, cd).intoMemorySegment(MEMORY, there, ORDER);
      SECOND.selectFrom(ab, cd).intoMemorySegment(MEMORY, there + B, ORDER);
      FIRST.selectFrom(ab2, cd2).intoMemorySegment(MEMORY, there + 2 * B, ORDER);
      SECOND.selectFrom(ab2, cd2).intoMemorySegment(MEMORY, there + 3 * B, ORDER);
    }
  }

  /// First pass over rows `at + row * stride` of memory, which become 0: what is added up there
  /// next begins with that, and now they are near.
  static void memoryToTile(long at, long stride, long tile, int from, int to) {
    int g = from;
    while (g > to) {
      g--;
    }
    IntVector none = IntVector.zero(WHOLE);
    for (; g < to; g++) {
      long row = at + 4 * g * stride;
      IntVector a = IntVector.fromMemorySegment(WHOLE, MEMORY, row, ORDER);
      IntVector b = IntVector.fromMemorySegment(WHOLE, MEMORY, row + stride, ORDER);
      IntVector c = IntVector.fromMemorySegment(WHOLE, MEMORY, row + 2 * stride, ORDER);
      IntVector d = IntVector.fromMemorySegment(WHOLE, MEMORY, row + 3 * stride, ORDER);
      none.intoMemorySegment(MEMORY, row, ORDER);
      none.intoMemorySegment(MEMORY, row + stride, ORDER);
      none.intoMemorySegment(MEMORY, row + 2 * stride, ORDER);
      none.intoMemorySegment(MEMORY, row + 3 * stride, ORDER);
      IntVector ab = LOW.selectFrom(a, b);
      IntVector cd = LOW.selectFrom(c, d);
      IntVector ab2 = HIGH.selectFrom(a, b);
      IntVector cd2 = HIGH.selectFrom(c, d);
      long there = tile + 4L * g * B;
      FIRST.selectFrom(ab, cd).intoMemorySegment(MEMORY, there, ORDER);
      SECOND.selectFrom(ab, cd).intoMemorySegment(MEMORY, there + B, ORDER);
      FIRST.selectFrom(ab2, cd2).intoMemorySegment(MEMORY, there + 2 * B, ORDER);
      SECOND.selectFrom(ab2, cd2).intoMemorySegment(MEMORY, there + 3 * B, ORDER);
    }
  }

  /// Second pass: column `k` of the block becomes row `at + k * stride` of memory.
  static void tileToMemory(long tile, long at, long stride, int from, int to) {
    int k = from;
    while (k > to) {
      k--;
    }
    for (; k < to; k++) {
      long row = tile + (long) k * B;
      IntVector a = IntVector.fromMemorySegment(WHOLE, MEMORY, row, ORDER);
      IntVector b = IntVector.fromMemorySegment(WHOLE, MEMORY, row + 4 * B, ORDER);
      IntVector c = IntVector.fromMemorySegment(WHOLE, MEMORY, row + 8 * B, ORDER);
      IntVector d = IntVector.fromMemorySegment(WHOLE, MEMORY, row + 12 * B, ORDER);
      IntVector ab = LOW_FOURS.selectFrom(a, b);
      IntVector cd = LOW_FOURS.selectFrom(c, d);
      IntVector ab2 = HIGH_FOURS.selectFrom(a, b);
      IntVector cd2 = HIGH_FOURS.selectFrom(c, d);
      long there = at + k * stride;
      FIRST_FOURS.selectFrom(ab, cd).intoMemorySegment(MEMORY, there, ORDER);
      SECOND_FOURS.selectFrom(ab, cd).intoMemorySegment(MEMORY, there + 4 * stride, ORDER);
      FIRST_FOURS.selectFrom(ab2, cd2).intoMemorySegment(MEMORY, there + 8 * stride, ORDER);
      SECOND_FOURS.selectFrom(ab2, cd2).intoMemorySegment(MEMORY, there + 12 * stride, ORDER);
    }
  }

  /// Second pass: column `k` of the block becomes row `at + k * stride` of an array, up to `last`.
  static void tileToArray(
      long tile, float[] array, int at, int stride, int last, int from, int to) {
    int k = from;
    while (k > to) {
      k--;
    }
    for (; k < to; k++) {
      int column = k;
      long row = tile + (long) column * B;
      IntVector a = IntVector.fromMemorySegment(WHOLE, MEMORY, row, ORDER);
      IntVector b = IntVector.fromMemorySegment(WHOLE, MEMORY, row + 4 * B, ORDER);
      IntVector c = IntVector.fromMemorySegment(WHOLE, MEMORY, row + 8 * B, ORDER);
      IntVector d = IntVector.fromMemorySegment(WHOLE, MEMORY, row + 12 * B, ORDER);
      IntVector ab = LOW_FOURS.selectFrom(a, b);
      IntVector cd = LOW_FOURS.selectFrom(c, d);
      IntVector ab2 = HIGH_FOURS.selectFrom(a, b);
      IntVector cd2 = HIGH_FOURS.selectFrom(c, d);
      if (column + 12 <= last) {
        FloatVector turned = SECOND_FOURS.selectFrom(ab2, cd2).reinterpretAsFloats();
        turned.intoArray(array, at + (column + 12) * stride);
      }
      if (column + 8 <= last) {
        FloatVector turned = FIRST_FOURS.selectFrom(ab2, cd2).reinterpretAsFloats();
        turned.intoArray(array, at + (column + 8) * stride);
      }
      if (column + 4 <= last) {
        FloatVector turned = SECOND_FOURS.selectFrom(ab, cd).reinterpretAsFloats();
        turned.intoArray(array, at + (column + 4) * stride);
      }
      if (column <= last) {
        FloatVector turned = FIRST_FOURS.selectFrom(ab, cd).reinterpretAsFloats();
        turned.intoArray(array, at + column * stride);
      }
    }
  }

  /// What [VectorLoops#warmUp] is to do for a method.
  static void warmUp(int method, int from, int to) {
    long tile = WARM + (long) SIDE * B;
    switch (method) {
      case ARRAY_TO_TILE -> arrayToTile(WARM_ARRAY, 0, SIDE, SIDE - 1, tile, from, to);
      case TILE_TO_MEMORY -> tileToMemory(tile, WARM, B, from, to);
      case MEMORY_TO_TILE -> memoryToTile(WARM, B, tile, from, to);
      // each branch has to be seen both ways: a few rows, then all
      default -> tileToArray(tile, WARM_ARRAY, 0, SIDE, warmed++ % SIDE, from, to);
    }
  }
}
