package snel.runtime.kernel;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.FMA;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Adds rows of a matrix to an array, as a loop over the rows and within it over the columns would,
/// to the same bits: the order of the terms of each sum is that of the rows.
///
/// A strip of columns is summed over all rows before the next one, its sums in registers.
public final class RowsVector {
  /// Rows that one call takes at most.
  public static final int MOST = 1024;

  private static final int WIDE = 0;
  private static final int NARROW = 1;
  private static final int ONE = 2;
  private static final int WIDE_COPIES = 3;
  private static final int NARROW_COPIES = 4;
  private static final int WIDE_TIMES = 5;
  private static final int HALF_TIMES = 6;
  private static final int ONE_TIMES = 7;
  private static final int PART = 8;

  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final int L = LANES.length();

  /// Shorter vectors, for columns that fill none of the others.
  private static final VectorSpecies<Float> FEW = FloatVector.SPECIES_128;

  private static final int F = FEW.length();
  private static final int B = Float.BYTES * L;
  private static final MemorySegment MEMORY = OffHeap.MEMORY;
  private static final long ADDRESS = OffHeap.ADDRESS;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final float[] WARM_SUMS = new float[8 * L];
  private static final float[] WARM_ROWS = new float[8 * L];
  private static final int[] WARM_OFFSETS = new int[MOST];
  private static final float[] WARM_FACTORS = new float[MOST];
  private static final long[] WARM_ADDRESSES = new long[MOST];

  static {
    Arrays.fill(WARM_ADDRESSES, OffHeap.allocate(8 * B));
  }

  private RowsVector() {}

  /// The methods that do rows of this width, by the numbers that [#warmUp] knows.
  public static List<Integer> loops(int width, boolean times, boolean copies) {
    int wide = width / (8 * L);
    int halves = width % (8 * L) / (times ? 4 * L : 2 * L);
    int ones = width % (times ? 4 * L : 2 * L) / L;
    List<Integer> all = new ArrayList<>();
    if (isShort(width) && !times) {
      return List.of(width < L ? ONE : NARROW);
    }
    if (wide > 0) {
      all.add(times ? WIDE_TIMES : WIDE);
    }
    if (halves > 0) {
      all.add(times ? HALF_TIMES : NARROW);
    }
    if (ones > 0) {
      all.add(times ? ONE_TIMES : ONE);
    }
    if (!times && width % L >= F) {
      all.add(PART);
    }
    if (copies && !times && wide > 0) {
      all.add(WIDE_COPIES);
    }
    if (copies && !times && halves > 0) {
      all.add(NARROW_COPIES);
    }
    return all;
  }

  /// Adds `rows[offsets[k] + j]` to `sums[at + j]`, j in `0 ..< width`, for k in `0 ..< count`.
  public static void add(float[] sums, int at, float[] rows, int[] offsets, int count, int width) {
    add(sums, at, rows, offsets, 0, count, width);
  }

  /// The same for k in `begin ..< end`.
  static void add(
      float[] sums, int at, float[] rows, int[] offsets, int begin, int end, int width) {
    if (begin == end) {
      return;
    }
    if (isShort(width)) {
      addShort(sums, at, rows, offsets, begin, end, width);
      return;
    }
    int column = 0;
    for (; column + 8 * L <= width; column += 8 * L) {
      wide(sums, at + column, rows, offsets, begin, end, column);
    }
    for (; column + 2 * L <= width; column += 2 * L) {
      narrow(sums, at + column, rows, offsets, begin, end, column);
    }
    for (; column + L <= width; column += L) {
      one(sums, at + column, rows, offsets, begin, end, column);
    }
    for (; column + F <= width; column += F) {
      part(sums, at + column, rows, offsets, begin, end, column);
    }
    rest(sums, at, rows, offsets, begin, end, column, width);
  }

  /// Whether rows fill no vector, or one and a part of another.
  private static boolean isShort(int width) {
    return width < 2 * L && width != L;
  }

  /// Short rows: vectors take what follows a row in the array as well.
  private static void addShort(
      float[] sums, int at, float[] rows, int[] offsets, int begin, int end, int width) {
    int taken = width < L ? L : 2 * L;
    float[] all = new float[taken];
    System.arraycopy(sums, at, all, 0, width);
    int k = begin;
    while (k < end) {
      int first = k;
      while (k < end && offsets[k] + taken <= rows.length) {
        k++;
      }
      if (width < L) {
        one(all, 0, rows, offsets, first, k, 0);
      } else {
        narrow(all, 0, rows, offsets, first, k, 0);
      }
      if (k < end) {
        for (int column = 0; column < width; column++) {
          all[column] += rows[offsets[k] + column];
        }
        k++;
      }
    }
    System.arraycopy(all, 0, sums, at, width);
  }

  /// The same where a cache has copies of the rows.
  ///
  /// @param addresses of [#MOST], for use in here
  public static void add(
      float[] sums,
      int at,
      float[] rows,
      int[] offsets,
      int count,
      int width,
      RowCache cache,
      long[] addresses) {
    if (count == 0) {
      return;
    }
    if (!cache.find(rows, offsets, count, addresses)) {
      add(sums, at, rows, offsets, count, width);
      return;
    }
    int column = 0;
    for (; column + 8 * L <= width; column += 8 * L) {
      wide(sums, at + column, addresses, 0, count, Float.BYTES * column);
    }
    for (; column + 2 * L <= width; column += 2 * L) {
      narrow(sums, at + column, addresses, 0, count, Float.BYTES * column);
    }
    for (; column + L <= width; column += L) {
      one(sums, at + column, rows, offsets, 0, count, column);
    }
    for (; column + F <= width; column += F) {
      part(sums, at + column, rows, offsets, 0, count, column);
    }
    rest(sums, at, rows, offsets, 0, count, column, width);
  }

  private static void wide(float[] sums, int at, long[] addresses, int from, int to, int column) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return;
    }
    FloatVector a = FloatVector.fromArray(LANES, sums, at);
    FloatVector b = FloatVector.fromArray(LANES, sums, at + L);
    FloatVector c = FloatVector.fromArray(LANES, sums, at + 2 * L);
    FloatVector d = FloatVector.fromArray(LANES, sums, at + 3 * L);
    FloatVector e = FloatVector.fromArray(LANES, sums, at + 4 * L);
    FloatVector f = FloatVector.fromArray(LANES, sums, at + 5 * L);
    FloatVector g = FloatVector.fromArray(LANES, sums, at + 6 * L);
    FloatVector h = FloatVector.fromArray(LANES, sums, at + 7 * L);
    for (; k < to; k++) {
      long row = addresses[k] + column & ADDRESS;
      a = a.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row, ORDER));
      b = b.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + B, ORDER));
      c = c.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + 2 * B, ORDER));
      d = d.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + 3 * B, ORDER));
      e = e.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + 4 * B, ORDER));
      f = f.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + 5 * B, ORDER));
      g = g.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + 6 * B, ORDER));
      h = h.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + 7 * B, ORDER));
    }
    Exact.PREFERRED.cast(a).intoArray(sums, at);
    Exact.PREFERRED.cast(b).intoArray(sums, at + L);
    Exact.PREFERRED.cast(c).intoArray(sums, at + 2 * L);
    Exact.PREFERRED.cast(d).intoArray(sums, at + 3 * L);
    Exact.PREFERRED.cast(e).intoArray(sums, at + 4 * L);
    Exact.PREFERRED.cast(f).intoArray(sums, at + 5 * L);
    Exact.PREFERRED.cast(g).intoArray(sums, at + 6 * L);
    Exact.PREFERRED.cast(h).intoArray(sums, at + 7 * L);
  }

  private static void narrow(float[] sums, int at, long[] addresses, int from, int to, int column) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return;
    }
    FloatVector a = FloatVector.fromArray(LANES, sums, at);
    FloatVector b = FloatVector.fromArray(LANES, sums, at + L);
    for (; k < to; k++) {
      long row = addresses[k] + column & ADDRESS;
      a = a.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row, ORDER));
      b = b.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + B, ORDER));
    }
    Exact.PREFERRED.cast(a).intoArray(sums, at);
    Exact.PREFERRED.cast(b).intoArray(sums, at + L);
  }

  private static void wide(
      float[] sums, int at, float[] rows, int[] offsets, int from, int to, int column) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return;
    }
    FloatVector a = FloatVector.fromArray(LANES, sums, at);
    FloatVector b = FloatVector.fromArray(LANES, sums, at + L);
    FloatVector c = FloatVector.fromArray(LANES, sums, at + 2 * L);
    FloatVector d = FloatVector.fromArray(LANES, sums, at + 3 * L);
    FloatVector e = FloatVector.fromArray(LANES, sums, at + 4 * L);
    FloatVector f = FloatVector.fromArray(LANES, sums, at + 5 * L);
    FloatVector g = FloatVector.fromArray(LANES, sums, at + 6 * L);
    FloatVector h = FloatVector.fromArray(LANES, sums, at + 7 * L);
    for (; k < to; k++) {
      int row = offsets[k] + column;
      a = a.lanewise(ADD, FloatVector.fromArray(LANES, rows, row));
      b = b.lanewise(ADD, FloatVector.fromArray(LANES, rows, row + L));
      c = c.lanewise(ADD, FloatVector.fromArray(LANES, rows, row + 2 * L));
      d = d.lanewise(ADD, FloatVector.fromArray(LANES, rows, row + 3 * L));
      e = e.lanewise(ADD, FloatVector.fromArray(LANES, rows, row + 4 * L));
      f = f.lanewise(ADD, FloatVector.fromArray(LANES, rows, row + 5 * L));
      g = g.lanewise(ADD, FloatVector.fromArray(LANES, rows, row + 6 * L));
      h = h.lanewise(ADD, FloatVector.fromArray(LANES, rows, row + 7 * L));
    }
    Exact.PREFERRED.cast(a).intoArray(sums, at);
    Exact.PREFERRED.cast(b).intoArray(sums, at + L);
    Exact.PREFERRED.cast(c).intoArray(sums, at + 2 * L);
    Exact.PREFERRED.cast(d).intoArray(sums, at + 3 * L);
    Exact.PREFERRED.cast(e).intoArray(sums, at + 4 * L);
    Exact.PREFERRED.cast(f).intoArray(sums, at + 5 * L);
    Exact.PREFERRED.cast(g).intoArray(sums, at + 6 * L);
    Exact.PREFERRED.cast(h).intoArray(sums, at + 7 * L);
  }

  private static void narrow(
      float[] sums, int at, float[] rows, int[] offsets, int from, int to, int column) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return;
    }
    FloatVector a = FloatVector.fromArray(LANES, sums, at);
    FloatVector b = FloatVector.fromArray(LANES, sums, at + L);
    for (; k < to; k++) {
      int row = offsets[k] + column;
      a = a.lanewise(ADD, FloatVector.fromArray(LANES, rows, row));
      b = b.lanewise(ADD, FloatVector.fromArray(LANES, rows, row + L));
    }
    Exact.PREFERRED.cast(a).intoArray(sums, at);
    Exact.PREFERRED.cast(b).intoArray(sums, at + L);
  }

  private static void one(
      float[] sums, int at, float[] rows, int[] offsets, int from, int to, int column) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return;
    }
    FloatVector a = FloatVector.fromArray(LANES, sums, at);
    for (; k < to; k++) {
      a = a.lanewise(ADD, FloatVector.fromArray(LANES, rows, offsets[k] + column));
    }
    Exact.PREFERRED.cast(a).intoArray(sums, at);
  }

  private static void part(
      float[] sums, int at, float[] rows, int[] offsets, int from, int to, int column) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return;
    }
    FloatVector a = FloatVector.fromArray(FEW, sums, at);
    for (; k < to; k++) {
      a = a.lanewise(ADD, FloatVector.fromArray(FEW, rows, offsets[k] + column));
    }
    Exact.FOUR.cast(a).intoArray(sums, at);
  }

  /// Columns that fill no vector. Masks are of no use for them: how one is applied at the end of an
  /// array is compiled as impossible where a warm-up has not been there.
  private static void rest(
      float[] sums, int at, float[] rows, int[] offsets, int begin, int end, int from, int width) {
    for (int column = from; column < width; column++) {
      float sum = sums[at + column];
      for (int k = begin; k < end; k++) {
        sum += rows[offsets[k] + column];
      }
      sums[at + column] = sum;
    }
  }

  /// Adds `factors[k] * rows[offsets[k] + j]` to `sums[at + j]`, j in `0 ..< width`, for k in `0
  /// ..< count`, each rounded once.
  public static void addTimes(
      float[] sums, int at, float[] rows, int[] offsets, int count, int width, float[] factors) {
    if (count == 0) {
      return;
    }
    int column = 0;
    for (; column + 8 * L <= width; column += 8 * L) {
      wideTimes(sums, at + column, rows, offsets, 0, count, column, factors);
    }
    for (; column + 4 * L <= width; column += 4 * L) {
      halfTimes(sums, at + column, rows, offsets, 0, count, column, factors);
    }
    for (; column + L <= width; column += L) {
      oneTimes(sums, at + column, rows, offsets, 0, count, column, factors);
    }
    for (; column < width; column++) {
      float sum = sums[at + column];
      for (int k = 0; k < count; k++) {
        sum = Math.fma(factors[k], rows[offsets[k] + column], sum);
      }
      sums[at + column] = sum;
    }
  }

  private static void wideTimes(
      float[] sums,
      int at,
      float[] rows,
      int[] offsets,
      int from,
      int to,
      int column,
      float[] factors) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return;
    }
    FloatVector a = FloatVector.fromArray(LANES, sums, at);
    FloatVector b = FloatVector.fromArray(LANES, sums, at + L);
    FloatVector c = FloatVector.fromArray(LANES, sums, at + 2 * L);
    FloatVector d = FloatVector.fromArray(LANES, sums, at + 3 * L);
    FloatVector e = FloatVector.fromArray(LANES, sums, at + 4 * L);
    FloatVector f = FloatVector.fromArray(LANES, sums, at + 5 * L);
    FloatVector g = FloatVector.fromArray(LANES, sums, at + 6 * L);
    FloatVector h = FloatVector.fromArray(LANES, sums, at + 7 * L);
    for (; k < to; k++) {
      int row = offsets[k] + column;
      FloatVector times = FloatVector.broadcast(LANES, factors[k]);
      a = FloatVector.fromArray(LANES, rows, row).lanewise(FMA, times, a);
      b = FloatVector.fromArray(LANES, rows, row + L).lanewise(FMA, times, b);
      c = FloatVector.fromArray(LANES, rows, row + 2 * L).lanewise(FMA, times, c);
      d = FloatVector.fromArray(LANES, rows, row + 3 * L).lanewise(FMA, times, d);
      e = FloatVector.fromArray(LANES, rows, row + 4 * L).lanewise(FMA, times, e);
      f = FloatVector.fromArray(LANES, rows, row + 5 * L).lanewise(FMA, times, f);
      g = FloatVector.fromArray(LANES, rows, row + 6 * L).lanewise(FMA, times, g);
      h = FloatVector.fromArray(LANES, rows, row + 7 * L).lanewise(FMA, times, h);
    }
    Exact.PREFERRED.cast(a).intoArray(sums, at);
    Exact.PREFERRED.cast(b).intoArray(sums, at + L);
    Exact.PREFERRED.cast(c).intoArray(sums, at + 2 * L);
    Exact.PREFERRED.cast(d).intoArray(sums, at + 3 * L);
    Exact.PREFERRED.cast(e).intoArray(sums, at + 4 * L);
    Exact.PREFERRED.cast(f).intoArray(sums, at + 5 * L);
    Exact.PREFERRED.cast(g).intoArray(sums, at + 6 * L);
    Exact.PREFERRED.cast(h).intoArray(sums, at + 7 * L);
  }

  private static void halfTimes(
      float[] sums,
      int at,
      float[] rows,
      int[] offsets,
      int from,
      int to,
      int column,
      float[] factors) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return;
    }
    FloatVector a = FloatVector.fromArray(LANES, sums, at);
    FloatVector b = FloatVector.fromArray(LANES, sums, at + L);
    FloatVector c = FloatVector.fromArray(LANES, sums, at + 2 * L);
    FloatVector d = FloatVector.fromArray(LANES, sums, at + 3 * L);
    for (; k < to; k++) {
      int row = offsets[k] + column;
      FloatVector times = FloatVector.broadcast(LANES, factors[k]);
      a = FloatVector.fromArray(LANES, rows, row).lanewise(FMA, times, a);
      b = FloatVector.fromArray(LANES, rows, row + L).lanewise(FMA, times, b);
      c = FloatVector.fromArray(LANES, rows, row + 2 * L).lanewise(FMA, times, c);
      d = FloatVector.fromArray(LANES, rows, row + 3 * L).lanewise(FMA, times, d);
    }
    Exact.PREFERRED.cast(a).intoArray(sums, at);
    Exact.PREFERRED.cast(b).intoArray(sums, at + L);
    Exact.PREFERRED.cast(c).intoArray(sums, at + 2 * L);
    Exact.PREFERRED.cast(d).intoArray(sums, at + 3 * L);
  }

  private static void oneTimes(
      float[] sums,
      int at,
      float[] rows,
      int[] offsets,
      int from,
      int to,
      int column,
      float[] factors) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return;
    }
    FloatVector a = FloatVector.fromArray(LANES, sums, at);
    for (; k < to; k++) {
      int row = offsets[k] + column;
      FloatVector times = FloatVector.broadcast(LANES, factors[k]);
      a = FloatVector.fromArray(LANES, rows, row).lanewise(FMA, times, a);
    }
    Exact.PREFERRED.cast(a).intoArray(sums, at);
  }

  /// What [VectorLoops#warmUp] is to do for a method.
  public static void warmUp(int method, int from, int to) {
    switch (method) {
      case WIDE -> wide(WARM_SUMS, 0, WARM_ROWS, WARM_OFFSETS, from, to, 0);
      case NARROW -> narrow(WARM_SUMS, 0, WARM_ROWS, WARM_OFFSETS, from, to, 0);
      case WIDE_COPIES -> wide(WARM_SUMS, 0, WARM_ADDRESSES, from, to, 0);
      case NARROW_COPIES -> narrow(WARM_SUMS, 0, WARM_ADDRESSES, from, to, 0);
      case WIDE_TIMES ->
          wideTimes(WARM_SUMS, 0, WARM_ROWS, WARM_OFFSETS, from, to, 0, WARM_FACTORS);
      case HALF_TIMES ->
          halfTimes(WARM_SUMS, 0, WARM_ROWS, WARM_OFFSETS, from, to, 0, WARM_FACTORS);
      case PART -> part(WARM_SUMS, 0, WARM_ROWS, WARM_OFFSETS, from, to, 0);
      case ONE_TIMES -> oneTimes(WARM_SUMS, 0, WARM_ROWS, WARM_OFFSETS, from, to, 0, WARM_FACTORS);
      default -> one(WARM_SUMS, 0, WARM_ROWS, WARM_OFFSETS, from, to, 0);
    }
  }
}
