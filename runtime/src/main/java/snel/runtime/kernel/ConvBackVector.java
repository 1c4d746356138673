package snel.runtime.kernel;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.NE;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The inner loops of [ConvBack], in vectors.
public final class ConvBackVector {
  private static final int LIST = 0;
  private static final int LISTED = 1;
  private static final int TILE = 2;
  private static final int GIVE = 3;

  /// How many methods [#warmUp] knows.
  public static final int LOOPS = 4;

  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> BITS = IntVector.SPECIES_PREFERRED;
  static final int L = LANES.length();

  /// Whether four vectors are summed side by side and not eight: these are as many as the processor
  /// wants so that none waits for the last product, but rows of eight wide ones would fill the
  /// nearest cache.
  static final boolean FOUR = L >= 16;

  static final int COLUMNS = FOUR ? 4 * L : 8 * L;

  /// Targets, and columns, whose sums are worked out side by side, as many as stay in registers.
  static final int TARGETS = FOUR ? 6 : 5;

  static final int TOGETHER = FOUR ? 4 * L : 2 * L;

  /// Elements of a line of sums, which has a vector of zeros before it.
  static final int LINE = L + COLUMNS;

  /// Bytes of a row of so many columns.
  static final int BYTES = COLUMNS * Float.BYTES;

  private static final int B = Float.BYTES * L;
  private static final MemorySegment MEMORY = OffHeap.MEMORY;
  private static final long ADDRESS = OffHeap.ADDRESS;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final IntVector COUNT = IntVector.zero(BITS).addIndex(1);
  private static final float[] WARM = new float[TARGETS * LINE];
  private static final float[] WARM_ALL = new float[Math.max(2 * L, TARGETS)];
  private static final int[] WARM_NOTED = new int[3 * L];
  private static final int[] WARM_ZEROS = new int[4];
  private static final int[] WARM_ENDS = {2, 4};
  private static final long WARM_MEMORY = OffHeap.allocate(2 * BYTES);

  static {
    WARM_ALL[1] = 1;
  }

  private ConvBackVector() {}

  /// Lists what is not 0 of `all[at + k]`, k in `from ..< to`, a multiple of the lanes apart:
  /// itself and k times [#BYTES]. Lists have room for a vector behind the last one.
  ///
  /// @param count how many the lists have before
  /// @return how many they have then
  static int list(float[] all, int at, float[] factors, int[] places, int count, int from, int to) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return count;
    }
    for (; k < to; k += L) {
      FloatVector some = FloatVector.fromArray(LANES, all, at + k);
      VectorMask<Float> kept = some.compare(NE, 0);
      some.compress(kept).intoArray(factors, count);
      COUNT.add(k).mul(BYTES).compress(kept.cast(BITS)).intoArray(places, count);
      count += kept.trueCount();
    }
    return count;
  }

  /// For each k in `from ..< to` the sum of rows times factors: of those at `memory + places[n]`
  /// and `factors[n]`, n in `ends[k - 1] ..< ends[k]`. Its [#COLUMNS], four vectors, are at
  /// `sums[lines[k]]`.
  static void fourListed(
      float[] sums,
      int[] lines,
      long memory,
      float[] factors,
      int[] places,
      int[] ends,
      int from,
      int to) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return;
    }
    int n = k == 0 ? 0 : ends[k - 1];
    for (; k < to; k++) {
      int end = ends[k];
      FloatVector a = FloatVector.zero(LANES);
      FloatVector b = FloatVector.zero(LANES);
      FloatVector c = FloatVector.zero(LANES);
      FloatVector d = FloatVector.zero(LANES);
      for (; n < end; n++) {
        long row = memory + places[n] & ADDRESS;
        FloatVector factor = FloatVector.broadcast(LANES, factors[n]);
        a = factor.lanewise(FMA, FloatVector.fromMemorySegment(LANES, MEMORY, row, ORDER), a);
        b = factor.lanewise(FMA, FloatVector.fromMemorySegment(LANES, MEMORY, row + B, ORDER), b);
        c =
            factor.lanewise(
                FMA, FloatVector.fromMemorySegment(LANES, MEMORY, row + 2 * B, ORDER), c);
        d =
            factor.lanewise(
                FMA, FloatVector.fromMemorySegment(LANES, MEMORY, row + 3 * B, ORDER), d);
      }
      int at = lines[k];
      Exact.PREFERRED.cast(a).intoArray(sums, at);
      Exact.PREFERRED.cast(b).intoArray(sums, at + L);
      Exact.PREFERRED.cast(c).intoArray(sums, at + 2 * L);
      Exact.PREFERRED.cast(d).intoArray(sums, at + 3 * L);
    }
  }

  /// The same with [#COLUMNS] of eight vectors.
  static void eightListed(
      float[] sums,
      int[] lines,
      long memory,
      float[] factors,
      int[] places,
      int[] ends,
      int from,
      int to) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return;
    }
    int n = k == 0 ? 0 : ends[k - 1];
    for (; k < to; k++) {
      int end = ends[k];
      FloatVector a = FloatVector.zero(LANES);
      FloatVector b = FloatVector.zero(LANES);
      FloatVector c = FloatVector.zero(LANES);
      FloatVector d = FloatVector.zero(LANES);
      FloatVector e = FloatVector.zero(LANES);
      FloatVector f = FloatVector.zero(LANES);
      FloatVector g = FloatVector.zero(LANES);
      FloatVector h = FloatVector.zero(LANES);
      for (; n < end; n++) {
        long row = memory + places[n] & ADDRESS;
        FloatVector factor = FloatVector.broadcast(LANES, factors[n]);
        a = factor.lanewise(FMA, FloatVector.fromMemorySegment(LANES, MEMORY, row, ORDER), a);
        b = factor.lanewise(FMA, FloatVector.fromMemorySegment(LANES, MEMORY, row + B, ORDER), b);
        c =
            factor.lanewise(
                FMA, FloatVector.fromMemorySegment(LANES, MEMORY, row + 2 * B, ORDER), c);
        d =
            factor.lanewise(
                FMA, FloatVector.fromMemorySegment(LANES, MEMORY, row + 3 * B, ORDER), d);
        e =
            factor.lanewise(
                FMA, FloatVector.fromMemorySegment(LANES, MEMORY, row + 4 * B, ORDER), e);
        f =
            factor.lanewise(
                FMA, FloatVector.fromMemorySegment(LANES, MEMORY, row + 5 * B, ORDER), f);
        g =
            factor.lanewise(
                FMA, FloatVector.fromMemorySegment(LANES, MEMORY, row + 6 * B, ORDER), g);
        h =
            factor.lanewise(
                FMA, FloatVector.fromMemorySegment(LANES, MEMORY, row + 7 * B, ORDER), h);
      }
      int at = lines[k];
      Exact.PREFERRED.cast(a).intoArray(sums, at);
      Exact.PREFERRED.cast(b).intoArray(sums, at + L);
      Exact.PREFERRED.cast(c).intoArray(sums, at + 2 * L);
      Exact.PREFERRED.cast(d).intoArray(sums, at + 3 * L);
      Exact.PREFERRED.cast(e).intoArray(sums, at + 4 * L);
      Exact.PREFERRED.cast(f).intoArray(sums, at + 5 * L);
      Exact.PREFERRED.cast(g).intoArray(sums, at + 6 * L);
      Exact.PREFERRED.cast(h).intoArray(sums, at + 7 * L);
    }
  }

  /// For [#TARGETS] and [#TOGETHER] columns side by side the sums of rows times factors: of rows at
  /// `memory + k *` [#BYTES] and `factors[at + k * line + target]`, k in `from ..< to`, an even
  /// number. They are at `sums[sumsAt + target *` [#LINE]`]`.
  static void tile(
      float[] sums, int sumsAt, long memory, float[] factors, int at, int line, int from, int to) {
    if (FOUR) {
      six(sums, sumsAt, memory, factors, at, line, from, to);
    } else {
      five(sums, sumsAt, memory, factors, at, line, from, to);
    }
  }

  /// [#tile] for six and four vectors. Places are worked out from the number of a pass, see
  /// [EightProductVector].
  private static void six(
      float[] sums, int sumsAt, long memory, float[] factors, int at, int line, int from, int to) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return;
    }
    FloatVector s00 = FloatVector.zero(LANES);
    FloatVector s01 = FloatVector.zero(LANES);
    FloatVector s02 = FloatVector.zero(LANES);
    FloatVector s03 = FloatVector.zero(LANES);
    FloatVector s10 = FloatVector.zero(LANES);
    FloatVector s11 = FloatVector.zero(LANES);
    FloatVector s12 = FloatVector.zero(LANES);
    FloatVector s13 = FloatVector.zero(LANES);
    FloatVector s20 = FloatVector.zero(LANES);
    FloatVector s21 = FloatVector.zero(LANES);
    FloatVector s22 = FloatVector.zero(LANES);
    FloatVector s23 = FloatVector.zero(LANES);
    FloatVector s30 = FloatVector.zero(LANES);
    FloatVector s31 = FloatVector.zero(LANES);
    FloatVector s32 = FloatVector.zero(LANES);
    FloatVector s33 = FloatVector.zero(LANES);
    FloatVector s40 = FloatVector.zero(LANES);
    FloatVector s41 = FloatVector.zero(LANES);
    FloatVector s42 = FloatVector.zero(LANES);
    FloatVector s43 = FloatVector.zero(LANES);
    FloatVector s50 = FloatVector.zero(LANES);
    FloatVector s51 = FloatVector.zero(LANES);
    FloatVector s52 = FloatVector.zero(LANES);
    FloatVector s53 = FloatVector.zero(LANES);
    for (; k < to; k++) {
      long row = memory + (long) k * BYTES & ADDRESS;
      int column = at + k * line;
      FloatVector b0 = FloatVector.fromMemorySegment(LANES, MEMORY, row, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(LANES, MEMORY, row + B, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(LANES, MEMORY, row + 2 * B, ORDER);
      FloatVector b3 = FloatVector.fromMemorySegment(LANES, MEMORY, row + 3 * B, ORDER);
      FloatVector times = FloatVector.broadcast(LANES, factors[column]);
      s00 = b0.lanewise(FMA, times, s00);
      s01 = b1.lanewise(FMA, times, s01);
      s02 = b2.lanewise(FMA, times, s02);
      s03 = b3.lanewise(FMA, times, s03);
      times = FloatVector.broadcast(LANES, factors[column + 1]);
      s10 = b0.lanewise(FMA, times, s10);
      s11 = b1.lanewise(FMA, times, s11);
      s12 = b2.lanewise(FMA, times, s12);
      s13 = b3.lanewise(FMA, times, s13);
      times = FloatVector.broadcast(LANES, factors[column + 2]);
      s20 = b0.lanewise(FMA, times, s20);
      s21 = b1.lanewise(FMA, times, s21);
      s22 = b2.lanewise(FMA, times, s22);
      s23 = b3.lanewise(FMA, times, s23);
      times = FloatVector.broadcast(LANES, factors[column + 3]);
      s30 = b0.lanewise(FMA, times, s30);
      s31 = b1.lanewise(FMA, times, s31);
      s32 = b2.lanewise(FMA, times, s32);
      s33 = b3.lanewise(FMA, times, s33);
      times = FloatVector.broadcast(LANES, factors[column + 4]);
      s40 = b0.lanewise(FMA, times, s40);
      s41 = b1.lanewise(FMA, times, s41);
      s42 = b2.lanewise(FMA, times, s42);
      s43 = b3.lanewise(FMA, times, s43);
      times = FloatVector.broadcast(LANES, factors[column + 5]);
      s50 = b0.lanewise(FMA, times, s50);
      s51 = b1.lanewise(FMA, times, s51);
      s52 = b2.lanewise(FMA, times, s52);
      s53 = b3.lanewise(FMA, times, s53);
    }
    Exact.PREFERRED.cast(s00).intoArray(sums, sumsAt);
    Exact.PREFERRED.cast(s01).intoArray(sums, sumsAt + L);
    Exact.PREFERRED.cast(s02).intoArray(sums, sumsAt + 2 * L);
    Exact.PREFERRED.cast(s03).intoArray(sums, sumsAt + 3 * L);
    Exact.PREFERRED.cast(s10).intoArray(sums, sumsAt + LINE);
    Exact.PREFERRED.cast(s11).intoArray(sums, sumsAt + LINE + L);
    Exact.PREFERRED.cast(s12).intoArray(sums, sumsAt + LINE + 2 * L);
    Exact.PREFERRED.cast(s13).intoArray(sums, sumsAt + LINE + 3 * L);
    Exact.PREFERRED.cast(s20).intoArray(sums, sumsAt + 2 * LINE);
    Exact.PREFERRED.cast(s21).intoArray(sums, sumsAt + 2 * LINE + L);
    Exact.PREFERRED.cast(s22).intoArray(sums, sumsAt + 2 * LINE + 2 * L);
    Exact.PREFERRED.cast(s23).intoArray(sums, sumsAt + 2 * LINE + 3 * L);
    Exact.PREFERRED.cast(s30).intoArray(sums, sumsAt + 3 * LINE);
    Exact.PREFERRED.cast(s31).intoArray(sums, sumsAt + 3 * LINE + L);
    Exact.PREFERRED.cast(s32).intoArray(sums, sumsAt + 3 * LINE + 2 * L);
    Exact.PREFERRED.cast(s33).intoArray(sums, sumsAt + 3 * LINE + 3 * L);
    Exact.PREFERRED.cast(s40).intoArray(sums, sumsAt + 4 * LINE);
    Exact.PREFERRED.cast(s41).intoArray(sums, sumsAt + 4 * LINE + L);
    Exact.PREFERRED.cast(s42).intoArray(sums, sumsAt + 4 * LINE + 2 * L);
    Exact.PREFERRED.cast(s43).intoArray(sums, sumsAt + 4 * LINE + 3 * L);
    Exact.PREFERRED.cast(s50).intoArray(sums, sumsAt + 5 * LINE);
    Exact.PREFERRED.cast(s51).intoArray(sums, sumsAt + 5 * LINE + L);
    Exact.PREFERRED.cast(s52).intoArray(sums, sumsAt + 5 * LINE + 2 * L);
    Exact.PREFERRED.cast(s53).intoArray(sums, sumsAt + 5 * LINE + 3 * L);
  }

  /// [#tile] for five and two vectors.
  private static void five(
      float[] sums, int sumsAt, long memory, float[] factors, int at, int line, int from, int to) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return;
    }
    FloatVector s00 = FloatVector.zero(LANES);
    FloatVector s01 = FloatVector.zero(LANES);
    FloatVector s10 = FloatVector.zero(LANES);
    FloatVector s11 = FloatVector.zero(LANES);
    FloatVector s20 = FloatVector.zero(LANES);
    FloatVector s21 = FloatVector.zero(LANES);
    FloatVector s30 = FloatVector.zero(LANES);
    FloatVector s31 = FloatVector.zero(LANES);
    FloatVector s40 = FloatVector.zero(LANES);
    FloatVector s41 = FloatVector.zero(LANES);
    int column = at;
    long row = memory;
    for (; k + 1 < to; k += 2) {
      long here = row & ADDRESS;
      FloatVector b0 = FloatVector.fromMemorySegment(LANES, MEMORY, here, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(LANES, MEMORY, here + B, ORDER);
      FloatVector times = FloatVector.broadcast(LANES, factors[column]);
      s00 = b0.lanewise(FMA, times, s00);
      s01 = b1.lanewise(FMA, times, s01);
      times = FloatVector.broadcast(LANES, factors[column + 1]);
      s10 = b0.lanewise(FMA, times, s10);
      s11 = b1.lanewise(FMA, times, s11);
      times = FloatVector.broadcast(LANES, factors[column + 2]);
      s20 = b0.lanewise(FMA, times, s20);
      s21 = b1.lanewise(FMA, times, s21);
      times = FloatVector.broadcast(LANES, factors[column + 3]);
      s30 = b0.lanewise(FMA, times, s30);
      s31 = b1.lanewise(FMA, times, s31);
      times = FloatVector.broadcast(LANES, factors[column + 4]);
      s40 = b0.lanewise(FMA, times, s40);
      s41 = b1.lanewise(FMA, times, s41);
      column += line;
      b0 = FloatVector.fromMemorySegment(LANES, MEMORY, here + BYTES, ORDER);
      b1 = FloatVector.fromMemorySegment(LANES, MEMORY, here + BYTES + B, ORDER);
      times = FloatVector.broadcast(LANES, factors[column]);
      s00 = b0.lanewise(FMA, times, s00);
      s01 = b1.lanewise(FMA, times, s01);
      times = FloatVector.broadcast(LANES, factors[column + 1]);
      s10 = b0.lanewise(FMA, times, s10);
      s11 = b1.lanewise(FMA, times, s11);
      times = FloatVector.broadcast(LANES, factors[column + 2]);
      s20 = b0.lanewise(FMA, times, s20);
      s21 = b1.lanewise(FMA, times, s21);
      times = FloatVector.broadcast(LANES, factors[column + 3]);
      s30 = b0.lanewise(FMA, times, s30);
      s31 = b1.lanewise(FMA, times, s31);
      times = FloatVector.broadcast(LANES, factors[column + 4]);
      s40 = b0.lanewise(FMA, times, s40);
      s41 = b1.lanewise(FMA, times, s41);
      column += line;
      row += 2 * BYTES;
    }
    Exact.PREFERRED.cast(s00).intoArray(sums, sumsAt);
    Exact.PREFERRED.cast(s01).intoArray(sums, sumsAt + L);
    Exact.PREFERRED.cast(s10).intoArray(sums, sumsAt + LINE);
    Exact.PREFERRED.cast(s11).intoArray(sums, sumsAt + LINE + L);
    Exact.PREFERRED.cast(s20).intoArray(sums, sumsAt + 2 * LINE);
    Exact.PREFERRED.cast(s21).intoArray(sums, sumsAt + 2 * LINE + L);
    Exact.PREFERRED.cast(s30).intoArray(sums, sumsAt + 3 * LINE);
    Exact.PREFERRED.cast(s31).intoArray(sums, sumsAt + 3 * LINE + L);
    Exact.PREFERRED.cast(s40).intoArray(sums, sumsAt + 4 * LINE);
    Exact.PREFERRED.cast(s41).intoArray(sums, sumsAt + 4 * LINE + L);
  }

  /// For each k in `from ..< to` adds to the vector at `grid[at + k *` lanes`]` those at
  /// `sums[first + places[n]]`, n in `ends[k - 1] ..< ends[k]`.
  static void add(
      float[] grid, int at, float[] sums, int first, int[] places, int[] ends, int from, int to) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return;
    }
    int n = k == 0 ? 0 : ends[k - 1];
    for (; k < to; k++) {
      int end = ends[k];
      FloatVector sum = FloatVector.fromArray(LANES, grid, at + k * L);
      for (; n < end; n++) {
        sum = sum.lanewise(ADD, FloatVector.fromArray(LANES, sums, first + places[n]));
      }
      Exact.PREFERRED.cast(sum).intoArray(grid, at + k * L);
    }
  }

  /// What [VectorLoops#warmUp] is to do for a method.
  public static void warmUp(int method, int from, int to) {
    switch (method) {
      case LIST -> list(WARM_ALL, 0, WARM, WARM_NOTED, 0, from, to * L);
      case TILE -> tile(WARM, 0, WARM_MEMORY, WARM_ALL, 0, 0, from, to);
      case GIVE -> add(WARM, 0, WARM, 0, WARM_ZEROS, WARM_ENDS, from, to);
      default -> {
        if (FOUR) {
          fourListed(WARM, WARM_ZEROS, WARM_MEMORY, WARM_ALL, WARM_ZEROS, WARM_ENDS, from, to);
        } else {
          eightListed(WARM, WARM_ZEROS, WARM_MEMORY, WARM_ALL, WARM_ZEROS, WARM_ENDS, from, to);
        }
      }
    }
  }
}
