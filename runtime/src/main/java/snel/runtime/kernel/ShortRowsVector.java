package snel.runtime.kernel;

import static jdk.incubator.vector.VectorOperators.ADD;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Adds one row to those rows of a matrix that a list names, where rows fit into two vectors, which
/// overlap: what both have they both add, and both write the same. There is a method for each size
/// of vectors, for the just-in-time compiler wants to know it beforehand.
public final class ShortRowsVector {
  private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;
  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;

  private static final int BY_EIGHT = 0;
  private static final int BY_LANES = 1;

  /// Rows of more elements do not fit into two vectors.
  private static final int MOST = 2 * LANES.length();

  private static final float[] WARM = new float[MOST];
  private static final float[] WARM_ROW = new float[MOST];
  private static final int[] WARM_LIST = new int[4];

  private ShortRowsVector() {}

  /// Whether rows have so many elements as this is for.
  public static boolean has(int width) {
    return EIGHT.length() <= width && width <= MOST;
  }

  /// The method that does rows of this width, by the number that [#warmUp] knows.
  public static int loop(int width) {
    return width < LANES.length() ? BY_EIGHT : BY_LANES;
  }

  /// Adds `from[fromAt + j]` to `to[toAt + list[listAt + n] * toLine + j]`, for n in `0 ..< count`,
  /// j in `0 ..< width`.
  public static void add(
      float[] to,
      int toAt,
      int toLine,
      float[] from,
      int fromAt,
      int[] list,
      int listAt,
      int count,
      int width) {
    if (loop(width) == BY_EIGHT) {
      byEight(to, toAt, toLine, from, fromAt, list, width, listAt, listAt + count);
    } else {
      byLanes(to, toAt, toLine, from, fromAt, list, width, listAt, listAt + count);
    }
  }

  private static void byEight(
      float[] to,
      int toAt,
      int toLine,
      float[] from,
      int fromAt,
      int[] list,
      int width,
      int begin,
      int end) {
    int n = begin;
    while (n > end) {
      n--;
    }
    if (n == end) {
      return;
    }
    int second = width - EIGHT.length();
    FloatVector a = FloatVector.fromArray(EIGHT, from, fromAt);
    FloatVector b = FloatVector.fromArray(EIGHT, from, fromAt + second);
    for (; n < end; n++) {
      int at = toAt + list[n] * toLine;
      FloatVector c = FloatVector.fromArray(EIGHT, to, at).lanewise(ADD, a);
      FloatVector d = FloatVector.fromArray(EIGHT, to, at + second).lanewise(ADD, b);
      c.intoArray(to, at);
      d.intoArray(to, at + second);
    }
  }

  private static void byLanes(
      float[] to,
      int toAt,
      int toLine,
      float[] from,
      int fromAt,
      int[] list,
      int width,
      int begin,
      int end) {
    int n = begin;
    while (n > end) {
      n--;
    }
    if (n == end) {
      return;
    }
    int second = width - LANES.length();
    FloatVector a = FloatVector.fromArray(LANES, from, fromAt);
    FloatVector b = FloatVector.fromArray(LANES, from, fromAt + second);
    for (; n < end; n++) {
      int at = toAt + list[n] * toLine;
      FloatVector c = FloatVector.fromArray(LANES, to, at).lanewise(ADD, a);
      FloatVector d = FloatVector.fromArray(LANES, to, at + second).lanewise(ADD, b);
      c.intoArray(to, at);
      d.intoArray(to, at + second);
    }
  }

  /// What [VectorLoops#warmUp] is to do for a method.
  public static void warmUp(int method, int from, int to) {
    if (method == BY_EIGHT) {
      byEight(WARM, 0, 0, WARM_ROW, 0, WARM_LIST, MOST, from, to);
    } else {
      byLanes(WARM, 0, 0, WARM_ROW, 0, WARM_LIST, MOST, from, to);
    }
  }
}
