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
  private static final int USUAL = 6;

  /// One more does no harm where it would be left alone.
  static final int TOGETHER = USUAL + 1;

  /// Length of the array `places` that callers lend.
  public static final int PLACES = 2 * TOGETHER;

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
  private static final int WORD = MaskRows.WORD;
  private static final long FIRST = 0xFFFFL;

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
      int most = together(count - done);
      while (together < most) {
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
        forward(places, together, from);
        strips(sums, at, weights, rows.masks, places, together, from, to);
        forward(places, together, -to);
        edge(sums, at, weights, rows.masks, places, together, Math.max(first, to * WORD), last);
      }
      done += together;
    }
  }

  /// How many of the rows that are left go next: the last two lots are about equal.
  private static int together(int left) {
    if (left <= TOGETHER) {
      return left;
    }
    return left < 2 * USUAL ? (left + 1) / 2 : USUAL;
  }

  private static void forward(int[] places, int count, int words) {
    for (int k = TOGETHER; k < TOGETHER + count; k++) {
      places[k] += words;
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
  ///
  /// A mask is made after the load of what it spreads, whose check of bounds would otherwise keep
  /// it for the interpreter.
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
    int end = at + to * WORD;
    for (int j = at + word * WORD; j < end; j += WORD) {
      FloatVector a = FloatVector.fromArray(FLOATS, sums, j);
      FloatVector b = FloatVector.fromArray(FLOATS, sums, j + LANES);
      FloatVector c = FloatVector.fromArray(FLOATS, sums, j + 2 * LANES);
      FloatVector d = FloatVector.fromArray(FLOATS, sums, j + 3 * LANES);
      for (int k = 0; k < count; k++) {
        int mask = places[TOGETHER + k];
        places[TOGETHER + k] = mask + 1;
        long bits = masks[mask];
        int p = places[k];
        FloatVector next = FloatVector.fromArray(FLOATS, weights, p);
        long block = bits & FIRST;
        VectorMask<Float> named = VectorMask.fromLong(FLOATS, block);
        a = a.lanewise(ADD, next.expand(named), named);
        p += Long.bitCount(block);
        bits >>>= LANES;
        next = FloatVector.fromArray(FLOATS, weights, p);
        block = bits & FIRST;
        named = VectorMask.fromLong(FLOATS, block);
        b = b.lanewise(ADD, next.expand(named), named);
        p += Long.bitCount(block);
        bits >>>= LANES;
        next = FloatVector.fromArray(FLOATS, weights, p);
        block = bits & FIRST;
        named = VectorMask.fromLong(FLOATS, block);
        c = c.lanewise(ADD, next.expand(named), named);
        p += Long.bitCount(block);
        block = bits >>> LANES;
        next = FloatVector.fromArray(FLOATS, weights, p);
        named = VectorMask.fromLong(FLOATS, block);
        d = d.lanewise(ADD, next.expand(named), named);
        places[k] = p + Long.bitCount(block);
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
    WARM_PLACES[TOGETHER] = 0;
    WARM_PLACES[TOGETHER + 1] = 2;
    strips(WARM_SUMS, 0, WARM_WEIGHTS, WARM_MASKS, WARM_PLACES, 2, from, to);
  }
}
