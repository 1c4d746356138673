package snel.runtime.kernel;

import static jdk.incubator.vector.VectorOperators.ADD;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Adds patches of one grid in memory to patches of another, one for each neuron of a list: lines
/// of as many floats.
public final class PatchVector {
  static final int WIDE = 0;
  static final int NARROW = 1;

  /// How many methods [#warmUp] knows, those of [TurnVector] included.
  public static final int LOOPS = 2 + TurnVector.LOOPS;

  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  static final int L = LANES.length();
  static final int B = Float.BYTES * L;
  private static final MemorySegment MEMORY = RowCache.MEMORY;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final long WARM = Arena.global().allocate(8 * B, B).address();
  private static final int[] WARM_LIST = new int[8];
  private static final int[] WARM_ZEROS = new int[1];
  private static final int[] WARM_ONES = {1};
  private static final int[] WARM_BYTES = {4 * B};

  private PatchVector() {}

  /// For each neuron of the list: adds to line y at `to + tos[neuron] + y * toLine` the line at
  /// `from + froms[neuron] + y * fromLine`, as long as `bytes[neuron]`, a multiple of four vectors.
  static void wide(
      int[] list,
      int first,
      int limit,
      long to,
      int[] tos,
      long toLine,
      long from,
      int[] froms,
      long fromLine,
      int[] lines,
      int[] bytes) {
    int k = first;
    while (k > limit) {
      k--;
    }
    for (; k < limit; k++) {
      int neuron = list[k];
      long there = to + tos[neuron];
      long here = from + froms[neuron];
      int width = bytes[neuron];
      for (int y = lines[neuron]; y > 0; y--) {
        for (int x = 0; x < width; x += 4 * B) {
          FloatVector a = FloatVector.fromMemorySegment(LANES, MEMORY, there + x, ORDER);
          FloatVector b = FloatVector.fromMemorySegment(LANES, MEMORY, there + x + B, ORDER);
          FloatVector c = FloatVector.fromMemorySegment(LANES, MEMORY, there + x + 2 * B, ORDER);
          FloatVector d = FloatVector.fromMemorySegment(LANES, MEMORY, there + x + 3 * B, ORDER);
          a = a.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, here + x, ORDER));
          b = b.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, here + x + B, ORDER));
          c =
              c.lanewise(
                  ADD, FloatVector.fromMemorySegment(LANES, MEMORY, here + x + 2 * B, ORDER));
          d =
              d.lanewise(
                  ADD, FloatVector.fromMemorySegment(LANES, MEMORY, here + x + 3 * B, ORDER));
          a.intoMemorySegment(MEMORY, there + x, ORDER);
          b.intoMemorySegment(MEMORY, there + x + B, ORDER);
          c.intoMemorySegment(MEMORY, there + x + 2 * B, ORDER);
          d.intoMemorySegment(MEMORY, there + x + 3 * B, ORDER);
        }
        there += toLine;
        here += fromLine;
      }
    }
  }

  /// The same for lines of any whole number of vectors.
  static void narrow(
      int[] list,
      int first,
      int limit,
      long to,
      int[] tos,
      long toLine,
      long from,
      int[] froms,
      long fromLine,
      int[] lines,
      int[] bytes) {
    int k = first;
    while (k > limit) {
      k--;
    }
    for (; k < limit; k++) {
      int neuron = list[k];
      long there = to + tos[neuron];
      long here = from + froms[neuron];
      int width = bytes[neuron];
      for (int y = lines[neuron]; y > 0; y--) {
        for (int x = 0; x < width; x += B) {
          FloatVector a = FloatVector.fromMemorySegment(LANES, MEMORY, there + x, ORDER);
          a = a.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, here + x, ORDER));
          a.intoMemorySegment(MEMORY, there + x, ORDER);
        }
        there += toLine;
        here += fromLine;
      }
    }
  }

  /// What [VectorLoops#warmUp] is to do for a method.
  public static void warmUp(int method, int from, int to) {
    switch (method) {
      case WIDE ->
          wide(
              WARM_LIST,
              from,
              to,
              WARM,
              WARM_ZEROS,
              B,
              WARM + 4 * B,
              WARM_ZEROS,
              B,
              WARM_ONES,
              WARM_BYTES);
      case NARROW ->
          narrow(
              WARM_LIST,
              from,
              to,
              WARM,
              WARM_ZEROS,
              B,
              WARM + 4 * B,
              WARM_ZEROS,
              B,
              WARM_ONES,
              WARM_BYTES);
      default -> {
        if (TurnVector.isPossible()) {
          TurnVector.warmUp(method - 2, from, to);
        }
      }
    }
  }
}
