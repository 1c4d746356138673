package snel.runtime.kernel;

import static jdk.incubator.vector.VectorOperators.ADD;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Adds sparse rows to an array, to the same bits as a loop over the rows and within it over their
/// elements would: each target gets at most one term a row, and rows keep their order.
///
/// Some rows go along together, 64 targets at a time: their streams of memory are then read side by
/// side, and sums stay in registers. What follows next in a row is spread over the targets that its
/// mask names.
public final class MaskRowsVector {
  /// The one loop that [#warmUp] knows.
  public static final int STRIPS = 0;

  /// Lanes that a spread takes: where vectors have fewer, lists of targets are no slower.
  public static final int LANES = 16;

  /// Rows that go along together: with fewer, memory is waited for; with more, it loses track.
  static final int TOGETHER = 6;

  /// Length of the array `places` that callers lend.
  public static final int PLACES = 2 * TOGETHER;

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
  private static final int WORD = MaskRows.WORD;
  private static final long FIRST = 0xFFFFL;
  private static final long HALF = 0xFFFF_FFFFL;
  private static final long MOST = 0xFFFF_FFFF_FFFFL;

  private static final float[] WARM_SUMS = new float[2 * WORD];
  private static final float[] WARM_WEIGHTS = new float[2 * WORD];
  private static final long[] WARM_MASKS = {0x8421_0842_1084_2108L, -1L, 0, 1};
  private static final int[] WARM_PLACES = new int[PLACES];

  private MaskRowsVector() {}

  /// For k in `0 ..< count`, adds the elements of row `list[k]` whose target j is in `first ..<
  /// last` to `sums[at + j]`.
  ///
  /// @param begins where in `weights` those elements of each row begin
  /// @param places of [#PLACES], for use in here
  public static void add(
      float[] sums,
      int at,
      float[] weights,
      int[] list,
      int count,
      MaskRows rows,
      int[] begins,
      int first,
      int last,
      int[] places) {
    int done = 0;
    while (done < count) {
      int together = 0;
      while (together < TOGETHER && done + together < count) {
        int row = list[done + together];
        if (row >= rows.lastRows) {
          break;
        }
        places[together] = begins[row];
        places[TOGETHER + together] = row * rows.words;
        together++;
      }
      if (together == 0) {
        places[0] = begins[list[done]];
        places[TOGETHER] = list[done] * rows.words;
        edge(sums, at, weights, rows.masks, places, 1, first, last);
        together = 1;
      } else {
        int from = Math.min((first + WORD - 1) / WORD, last / WORD);
        int to = Math.max(from, last / WORD);
        edge(sums, at, weights, rows.masks, places, together, first, Math.min(from * WORD, last));
        strips(sums, at, weights, rows.masks, places, together, from, to);
        edge(sums, at, weights, rows.masks, places, together, Math.max(first, to * WORD), last);
      }
      done += together;
    }
  }

  /// Elements of a few targets, one by one.
  private static void edge(
      float[] sums,
      int at,
      float[] weights,
      long[] masks,
      int[] places,
      int count,
      int first,
      int last) {
    for (int k = 0; k < count; k++) {
      int place = places[k];
      for (int j = first; j < last; ) {
        int end = Math.min(last, (j / WORD + 1) * WORD);
        long bits = masks[places[TOGETHER + k] + j / WORD] >>> j << j;
        if (end % WORD != 0) {
          bits &= (1L << end) - 1;
        }
        int base = at + j / WORD * WORD;
        for (; bits != 0; bits &= bits - 1) {
          sums[base + Long.numberOfTrailingZeros(bits)] += weights[place++];
        }
        j = end;
      }
      places[k] = place;
    }
  }

  /// Whole words, from one up to another.
  private static void strips(
      float[] sums,
      int at,
      float[] weights,
      long[] masks,
      int[] places,
      int count,
      int from,
      int to) {
    int word = from;
    while (word > to) {
      word--;
    }
    if (word == to) {
      return;
    }
    for (; word < to; word++) {
      int j = at + word * WORD;
      FloatVector a = FloatVector.fromArray(FLOATS, sums, j);
      FloatVector b = FloatVector.fromArray(FLOATS, sums, j + LANES);
      FloatVector c = FloatVector.fromArray(FLOATS, sums, j + 2 * LANES);
      FloatVector d = FloatVector.fromArray(FLOATS, sums, j + 3 * LANES);
      for (int k = 0; k < count; k++) {
        long bits = masks[places[TOGETHER + k] + word];
        int p = places[k];
        int q = p + Long.bitCount(bits & FIRST);
        int r = p + Long.bitCount(bits & HALF);
        int s = p + Long.bitCount(bits & MOST);
        VectorMask<Float> first = VectorMask.fromLong(FLOATS, bits & FIRST);
        VectorMask<Float> second = VectorMask.fromLong(FLOATS, bits >>> LANES & FIRST);
        VectorMask<Float> third = VectorMask.fromLong(FLOATS, bits >>> 2 * LANES & FIRST);
        VectorMask<Float> fourth = VectorMask.fromLong(FLOATS, bits >>> 3 * LANES);
        a = a.lanewise(ADD, FloatVector.fromArray(FLOATS, weights, p).expand(first), first);
        b = b.lanewise(ADD, FloatVector.fromArray(FLOATS, weights, q).expand(second), second);
        c = c.lanewise(ADD, FloatVector.fromArray(FLOATS, weights, r).expand(third), third);
        d = d.lanewise(ADD, FloatVector.fromArray(FLOATS, weights, s).expand(fourth), fourth);
        places[k] = p + Long.bitCount(bits);
      }
      a.intoArray(sums, j);
      b.intoArray(sums, j + LANES);
      c.intoArray(sums, j + 2 * LANES);
      d.intoArray(sums, j + 3 * LANES);
    }
  }

  /// What [VectorLoops#warmUp] is to do for a method.
  public static void warmUp(int method, int from, int to) {
    WARM_PLACES[0] = 0;
    WARM_PLACES[1] = 0;
    WARM_PLACES[TOGETHER + 1] = 2;
    strips(WARM_SUMS, 0, WARM_WEIGHTS, WARM_MASKS, WARM_PLACES, 2, from, to);
  }
}
