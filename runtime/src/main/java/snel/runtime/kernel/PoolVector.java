package snel.runtime.kernel;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;

import java.util.List;
import java.util.function.IntUnaryOperator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The loops of [Pools] for windows of two rows and two columns: even and odd columns of a row are
/// taken apart, and put together again. Whole vectors are read and written, also beyond a row's
/// end, where nothing changes: to do so with some lanes alone takes several times as long.
public final class PoolVector {
  private static final int LARGEST = 0;
  private static final int GIVE = 1;
  private static final int SPREAD = 2;

  /// The methods by which pools find maxima.
  public static final List<Integer> OF_LARGEST = List.of(LARGEST);

  /// Those by which they give back to the first of the largest.
  public static final List<Integer> OF_GIVE = List.of(GIVE);

  /// Those by which they give to all of a window.
  public static final List<Integer> OF_SPREAD = List.of(SPREAD);

  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> WHOLE = IntVector.SPECIES_PREFERRED;

  /// Columns of windows that are done side by side.
  static final int L = LANES.length();

  private static final IntVector EVEN = pattern(i -> 2 * i);
  private static final IntVector ODD = pattern(i -> 2 * i + 1);
  private static final IntVector LOW = pattern(i -> i / 2 + L * (i % 2));
  private static final IntVector HIGH = pattern(i -> (i + L) / 2 + L * (i % 2));
  private static final float[] WARM = new float[4 * L];
  private static final float[] WARM_MAPS = new float[4 * L];

  private PoolVector() {}

  private static IntVector pattern(IntUnaryOperator lane) {
    int[] lanes = new int[L];
    java.util.Arrays.setAll(lanes, lane);
    return IntVector.fromArray(WHOLE, lanes, 0);
  }

  /// Whether vectors of this machine are wide enough for it to pay.
  static boolean isPossible() {
    return L >= 8;
  }

  /// Of `rows` rows of windows, how many can be done in whole vectors: those behind them would
  /// reach beyond the arrays.
  ///
  /// @param values that lie from the first window of the columns on
  /// @param targets the same of the windows'
  static int whole(int rows, int values, int line, int targets, int toLine) {
    int byValues = (values - line - 2 * L) / (2 * line) + 1;
    int byTargets = (targets - L) / toLine + 1;
    boolean none = values < line + 2 * L || targets < L;
    return none ? 0 : Math.min(rows, Math.min(byValues, byTargets));
  }

  private static long lanes(int count) {
    return (1L << Math.clamp(count, 0, L)) - 1;
  }

  /// For rows r in `from ..< to` and `columns` columns x, at most [#L]: `maxima[toAt + r * toLine +
  /// x]` becomes the largest of itself and `factor` times those of the window at `values[at + r *
  /// step + 2 * x]`. Rows one behind the other are so far apart that none is read while what was
  /// written of the last is on its way.
  static void largest(
      float[] maxima,
      int toAt,
      int toLine,
      float[] values,
      int at,
      int step,
      int line,
      int columns,
      float factor,
      int from,
      int to) {
    int r = from;
    while (r > to) {
      r--;
    }
    if (r == to) {
      return;
    }
    VectorMask<Float> all = VectorMask.fromLong(LANES, lanes(columns));
    FloatVector times = FloatVector.broadcast(LANES, factor);
    for (; r < to; r++) {
      int row = at + r * step;
      int there = toAt + r * toLine;
      FloatVector before = FloatVector.fromArray(LANES, maxima, there);
      FloatVector most = before;
      for (int k = 0; k < 2; k++) {
        IntVector low = FloatVector.fromArray(LANES, values, row).mul(times).reinterpretAsInts();
        IntVector high =
            FloatVector.fromArray(LANES, values, row + L).mul(times).reinterpretAsInts();
        FloatVector even = EVEN.selectFrom(low, high).reinterpretAsFloats();
        most = even.blend(most, most.compare(GT, even));
        FloatVector odd = ODD.selectFrom(low, high).reinterpretAsFloats();
        most = odd.blend(most, most.compare(GT, odd));
        row += line;
      }
      before.blend(most, all).intoArray(maxima, there);
    }
  }

  /// For the same windows: adds `came[toAt + r * toLine + x]` to the gradient of the first value
  /// that, times the factor, is `maxima` there, which leaves 0 of it, and 0 to the others. The
  /// first window's gradients begin at `gradientAt`.
  static void give(
      float[] came,
      float[] maxima,
      int toAt,
      int toLine,
      float[] values,
      int at,
      float[] gradient,
      int gradientAt,
      int step,
      int line,
      int columns,
      float factor,
      int from,
      int to) {
    int r = from;
    while (r > to) {
      r--;
    }
    if (r == to) {
      return;
    }
    VectorMask<Float> all = VectorMask.fromLong(LANES, lanes(columns));
    VectorMask<Float> near = VectorMask.fromLong(LANES, lanes(2 * columns));
    VectorMask<Float> far = VectorMask.fromLong(LANES, lanes(2 * columns - L));
    FloatVector times = FloatVector.broadcast(LANES, factor);
    FloatVector none = FloatVector.zero(LANES);
    for (; r < to; r++) {
      int row = at + r * step;
      int there = toAt + r * toLine;
      FloatVector most = FloatVector.fromArray(LANES, maxima, there);
      FloatVector before = FloatVector.fromArray(LANES, came, there);
      IntVector low = FloatVector.fromArray(LANES, values, row).mul(times).reinterpretAsInts();
      IntVector high = FloatVector.fromArray(LANES, values, row + L).mul(times).reinterpretAsInts();
      VectorMask<Float> is = EVEN.selectFrom(low, high).reinterpretAsFloats().compare(EQ, most);
      IntVector left = none.blend(before, is).reinterpretAsInts();
      FloatVector rest = before.blend(none, is);
      is = ODD.selectFrom(low, high).reinterpretAsFloats().compare(EQ, most);
      IntVector right = none.blend(rest, is).reinterpretAsInts();
      rest = rest.blend(none, is);
      FloatVector a = LOW.selectFrom(left, right).reinterpretAsFloats();
      FloatVector b = HIGH.selectFrom(left, right).reinterpretAsFloats();
      row += line;
      low = FloatVector.fromArray(LANES, values, row).mul(times).reinterpretAsInts();
      high = FloatVector.fromArray(LANES, values, row + L).mul(times).reinterpretAsInts();
      is = EVEN.selectFrom(low, high).reinterpretAsFloats().compare(EQ, most);
      left = none.blend(rest, is).reinterpretAsInts();
      rest = rest.blend(none, is);
      is = ODD.selectFrom(low, high).reinterpretAsFloats().compare(EQ, most);
      right = none.blend(rest, is).reinterpretAsInts();
      rest = rest.blend(none, is);
      FloatVector c = LOW.selectFrom(left, right).reinterpretAsFloats();
      FloatVector d = HIGH.selectFrom(left, right).reinterpretAsFloats();
      int above = gradientAt + r * step;
      int below = above + line;
      a = FloatVector.fromArray(LANES, gradient, above).lanewise(ADD, a, near);
      b = FloatVector.fromArray(LANES, gradient, above + L).lanewise(ADD, b, far);
      c = FloatVector.fromArray(LANES, gradient, below).lanewise(ADD, c, near);
      d = FloatVector.fromArray(LANES, gradient, below + L).lanewise(ADD, d, far);
      a.intoArray(gradient, above);
      b.intoArray(gradient, above + L);
      c.intoArray(gradient, below);
      d.intoArray(gradient, below + L);
      before.blend(rest, all).intoArray(came, there);
    }
  }

  /// For the same windows: adds `from[fromAt + r * fromLine + x]` to all that lie at `values[at + r
  /// * step + 2 * x]`.
  static void spread(
      float[] values,
      int at,
      int step,
      int line,
      float[] from,
      int fromAt,
      int fromLine,
      int columns,
      int first,
      int last) {
    int r = first;
    while (r > last) {
      r--;
    }
    if (r == last) {
      return;
    }
    VectorMask<Float> near = VectorMask.fromLong(LANES, lanes(2 * columns));
    VectorMask<Float> far = VectorMask.fromLong(LANES, lanes(2 * columns - L));
    for (; r < last; r++) {
      FloatVector came = FloatVector.fromArray(LANES, from, fromAt + r * fromLine);
      IntVector more = came.add(0f).reinterpretAsInts();
      FloatVector toNear = LOW.selectFrom(more, more).reinterpretAsFloats();
      FloatVector toFar = HIGH.selectFrom(more, more).reinterpretAsFloats();
      int above = at + r * step;
      int below = above + line;
      FloatVector a = FloatVector.fromArray(LANES, values, above).lanewise(ADD, toNear, near);
      FloatVector b = FloatVector.fromArray(LANES, values, above + L).lanewise(ADD, toFar, far);
      FloatVector c = FloatVector.fromArray(LANES, values, below).lanewise(ADD, toNear, near);
      FloatVector d = FloatVector.fromArray(LANES, values, below + L).lanewise(ADD, toFar, far);
      a.intoArray(values, above);
      b.intoArray(values, above + L);
      c.intoArray(values, below);
      d.intoArray(values, below + L);
    }
  }

  /// What [VectorLoops#warmUp] is to do for a method.
  public static void warmUp(int method, int from, int to) {
    if (!isPossible()) {
      return;
    }
    switch (method) {
      case LARGEST -> largest(WARM, 0, 0, WARM_MAPS, 0, 0, 0, L, 1, from, to);
      case GIVE -> give(WARM, WARM, 0, 0, WARM_MAPS, 0, WARM_MAPS, 0, 0, 0, L, 1, from, to);
      default -> spread(WARM, 0, 0, 0, WARM_MAPS, 0, 0, L, from, to);
    }
  }
}
