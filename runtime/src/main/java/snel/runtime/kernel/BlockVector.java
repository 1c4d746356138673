package snel.runtime.kernel;

import static jdk.incubator.vector.VectorOperators.ADD;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Adds a block of one matrix to a block of another, line by line. Lines are often shorter than the
/// widest vectors.
public final class BlockVector {
  static final int WIDE = 0;
  static final int HALF = 1;
  static final int QUARTER = 2;
  private static final int SHIFTED = 3;

  /// The methods that add whole blocks.
  public static final List<Integer> WHOLE = List.of(WIDE, HALF, QUARTER);

  /// The methods of [ShiftedBlocks].
  public static final List<Integer> OF_SHIFTED = List.of(SHIFTED);

  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;
  private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;
  static final int L = LANES.length();
  private static final float[] WARM = new float[16];
  private static final float[] WARM_FROM = new float[16];
  private static final int[] WARM_PLACES = new int[4];
  private static final long[] WARM_MASKS = {1, 3, 7, 15};

  private BlockVector() {}

  /// Adds `from[fromAt + y * fromLine + x]` to `to[toAt + y * toLine + x]`, y in `0 ..< height`, x
  /// in `0 ..< width`.
  public static void add(
      float[] to,
      int toAt,
      int toLine,
      float[] from,
      int fromAt,
      int fromLine,
      int height,
      int width) {
    int x = 0;
    if (L > 8) {
      for (; x + L <= width; x += L) {
        wide(to, toAt + x, toLine, from, fromAt + x, fromLine, 0, height);
      }
    }
    if (L >= 8) {
      for (; x + 8 <= width; x += 8) {
        half(to, toAt + x, toLine, from, fromAt + x, fromLine, 0, height);
      }
    }
    for (; x + 4 <= width; x += 4) {
      quarter(to, toAt + x, toLine, from, fromAt + x, fromLine, 0, height);
    }
    for (; x < width; x++) {
      for (int y = 0; y < height; y++) {
        to[toAt + y * toLine + x] += from[fromAt + y * fromLine + x];
      }
    }
  }

  private static void wide(
      float[] to,
      int toAt,
      int toLine,
      float[] from,
      int fromAt,
      int fromLine,
      int first,
      int last) {
    int y = first;
    while (y > last) {
      y--;
    }
    for (; y < last; y++) {
      FloatVector sum = FloatVector.fromArray(LANES, to, toAt + y * toLine);
      sum.add(FloatVector.fromArray(LANES, from, fromAt + y * fromLine))
          .intoArray(to, toAt + y * toLine);
    }
  }

  private static void half(
      float[] to,
      int toAt,
      int toLine,
      float[] from,
      int fromAt,
      int fromLine,
      int first,
      int last) {
    int y = first;
    while (y > last) {
      y--;
    }
    for (; y < last; y++) {
      FloatVector sum = FloatVector.fromArray(EIGHT, to, toAt + y * toLine);
      sum.add(FloatVector.fromArray(EIGHT, from, fromAt + y * fromLine))
          .intoArray(to, toAt + y * toLine);
    }
  }

  private static void quarter(
      float[] to,
      int toAt,
      int toLine,
      float[] from,
      int fromAt,
      int fromLine,
      int first,
      int last) {
    int y = first;
    while (y > last) {
      y--;
    }
    for (; y < last; y++) {
      FloatVector sum = FloatVector.fromArray(FOUR, to, toAt + y * toLine);
      sum.add(FloatVector.fromArray(FOUR, from, fromAt + y * fromLine))
          .intoArray(to, toAt + y * toLine);
    }
  }

  /// Adds to the vector at `to[at]` those at `from[base + places[n]]`, n in `first ..< last`: of
  /// each the lanes of `masks[n]`. Whole vectors are read and written: to do so with some lanes
  /// alone takes several times as long.
  static void shifted(
      float[] to, int at, float[] from, int base, int[] places, long[] masks, int first, int last) {
    int n = first;
    while (n > last) {
      n--;
    }
    if (n == last) {
      return;
    }
    FloatVector sum = FloatVector.fromArray(LANES, to, at);
    for (; n < last; n++) {
      VectorMask<Float> some = VectorMask.fromLong(LANES, masks[n]);
      sum = sum.lanewise(ADD, FloatVector.fromArray(LANES, from, base + places[n]), some);
    }
    Exact.PREFERRED.cast(sum).intoArray(to, at);
  }

  /// What [VectorLoops#warmUp] is to do for a method.
  public static void warmUp(int method, int from, int to) {
    switch (method) {
      case WIDE -> wide(WARM, 0, 0, WARM_FROM, 0, 0, from, to);
      case HALF -> half(WARM, 0, 0, WARM_FROM, 0, 0, from, to);
      case QUARTER -> quarter(WARM, 0, 0, WARM_FROM, 0, 0, from, to);
      default -> shifted(WARM, 0, WARM_FROM, 0, WARM_PLACES, WARM_MASKS, from, to);
    }
  }
}
