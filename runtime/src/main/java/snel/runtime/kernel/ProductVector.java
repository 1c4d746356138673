package snel.runtime.kernel;

import static jdk.incubator.vector.VectorOperators.FMA;

import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The loops of [Products]: each element of the result is one sum, its terms in the order of the
/// inner index, each rounded once.
public final class ProductVector {
  private static final int ONE_WIDE = 0;
  static final int FOUR = 1;
  private static final int ONE = 2;
  static final int EIGHT = 3;

  /// Methods of [WideProductVector] and [NarrowProductVector] come behind these.
  private static final int WIDE = 10;

  private static final int NARROW = 20;

  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final int L = LANES.length();

  /// Vectors of 256 bits are those of x86 without AVX-512.
  static final boolean FEW_REGISTERS = LANES.vectorBitSize() == 256;

  private static final float[] WARM = new float[4 * L];
  private static final float[] WARM_ROWS = new float[4 * L];

  private ProductVector() {}

  /// The methods that do products in vectors, by the numbers that [#warmUp] knows, where how many
  /// rows there are is known only later.
  static List<Integer> loops() {
    return FEW_REGISTERS
        ? List.of(
            NARROW + NarrowProductVector.FOUR_BY_THREE,
            NARROW + NarrowProductVector.SIX,
            NARROW + NarrowProductVector.FIVE,
            NARROW + NarrowProductVector.FIVE_BESIDE,
            NARROW + NarrowProductVector.FOUR,
            ONE_WIDE,
            FOUR,
            ONE)
        : List.of(
            WIDE + WideProductVector.FIVE, WIDE + WideProductVector.FOUR, ONE_WIDE, FOUR, ONE);
  }

  /// The methods that do products of so many rows and columns.
  ///
  /// @param aRow see [Products#add]
  static List<Integer> loops(int rows, int width, int aRow) {
    boolean isWide = width >= 4 * L;
    List<Integer> all = new ArrayList<>();
    boolean alone;
    int left;
    if (FEW_REGISTERS) {
      NarrowProductVector.loops(rows, width, aRow == 1).forEach(loop -> all.add(NARROW + loop));
      alone = !NarrowProductVector.areTogether(rows);
      left = NarrowProductVector.left(rows, width);
    } else {
      List<Integer> loops = isWide ? WideProductVector.loops(rows) : List.of();
      loops.forEach(loop -> all.add(WIDE + loop));
      alone = WideProductVector.alone(rows) > 0;
      left = width % (4 * L);
    }
    if (isWide && alone) {
      all.add(ONE_WIDE);
    }
    if (left >= L && rows >= 4) {
      all.add(FOUR);
    }
    if (left >= L && rows % 4 != 0) {
      all.add(ONE);
    }
    return all;
  }

  /// Columns `from ..< width` of what [Products#add] adds.
  static void rest(
      float[] c,
      int cAt,
      int cRow,
      float[] a,
      int aAt,
      int aDepth,
      int aRow,
      float[] b,
      int bAt,
      int bDepth,
      int rows,
      int depth,
      int from,
      int width) {
    int fours = rows - rows % 4;
    int p = from;
    for (; p + L <= width; p += L) {
      for (int n = 0; n < fours; n += 4) {
        four(
            c,
            cAt + n * cRow + p,
            cRow,
            a,
            aAt + n * aRow,
            aDepth,
            aRow,
            b,
            bAt + p,
            bDepth,
            0,
            depth);
      }
      for (int n = fours; n < rows; n++) {
        one(c, cAt + n * cRow + p, a, aAt + n * aRow, aDepth, b, bAt + p, bDepth, 0, depth);
      }
    }
    for (; p < width; p++) {
      for (int n = 0; n < rows; n++) {
        int at = cAt + n * cRow + p;
        float sum = c[at];
        for (int k = 0; k < depth; k++) {
          sum = Math.fma(a[aAt + k * aDepth + n * aRow], b[bAt + k * bDepth + p], sum);
        }
        c[at] = sum;
      }
    }
  }

  static void oneWide(
      float[] c,
      int cAt,
      float[] a,
      int aAt,
      int aDepth,
      float[] b,
      int bAt,
      int bDepth,
      int from,
      int to) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return;
    }
    FloatVector s0 = FloatVector.fromArray(LANES, c, cAt);
    FloatVector s1 = FloatVector.fromArray(LANES, c, cAt + L);
    FloatVector s2 = FloatVector.fromArray(LANES, c, cAt + 2 * L);
    FloatVector s3 = FloatVector.fromArray(LANES, c, cAt + 3 * L);
    for (; k < to; k++) {
      int row = bAt + k * bDepth;
      FloatVector times = FloatVector.broadcast(LANES, a[aAt + k * aDepth]);
      s0 = FloatVector.fromArray(LANES, b, row).lanewise(FMA, times, s0);
      s1 = FloatVector.fromArray(LANES, b, row + L).lanewise(FMA, times, s1);
      s2 = FloatVector.fromArray(LANES, b, row + 2 * L).lanewise(FMA, times, s2);
      s3 = FloatVector.fromArray(LANES, b, row + 3 * L).lanewise(FMA, times, s3);
    }
    Exact.PREFERRED.cast(s0).intoArray(c, cAt);
    Exact.PREFERRED.cast(s1).intoArray(c, cAt + L);
    Exact.PREFERRED.cast(s2).intoArray(c, cAt + 2 * L);
    Exact.PREFERRED.cast(s3).intoArray(c, cAt + 3 * L);
  }

  private static void four(
      float[] c,
      int cAt,
      int cRow,
      float[] a,
      int aAt,
      int aDepth,
      int aRow,
      float[] b,
      int bAt,
      int bDepth,
      int from,
      int to) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return;
    }
    FloatVector s0 = FloatVector.fromArray(LANES, c, cAt);
    FloatVector s1 = FloatVector.fromArray(LANES, c, cAt + cRow);
    FloatVector s2 = FloatVector.fromArray(LANES, c, cAt + 2 * cRow);
    FloatVector s3 = FloatVector.fromArray(LANES, c, cAt + 3 * cRow);
    for (; k < to; k++) {
      FloatVector row = FloatVector.fromArray(LANES, b, bAt + k * bDepth);
      int column = aAt + k * aDepth;
      s0 = row.lanewise(FMA, FloatVector.broadcast(LANES, a[column]), s0);
      s1 = row.lanewise(FMA, FloatVector.broadcast(LANES, a[column + aRow]), s1);
      s2 = row.lanewise(FMA, FloatVector.broadcast(LANES, a[column + 2 * aRow]), s2);
      s3 = row.lanewise(FMA, FloatVector.broadcast(LANES, a[column + 3 * aRow]), s3);
    }
    s0.intoArray(c, cAt);
    s1.intoArray(c, cAt + cRow);
    s2.intoArray(c, cAt + 2 * cRow);
    s3.intoArray(c, cAt + 3 * cRow);
  }

  private static void one(
      float[] c,
      int cAt,
      float[] a,
      int aAt,
      int aDepth,
      float[] b,
      int bAt,
      int bDepth,
      int from,
      int to) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return;
    }
    FloatVector sum = FloatVector.fromArray(LANES, c, cAt);
    for (; k < to; k++) {
      FloatVector times = FloatVector.broadcast(LANES, a[aAt + k * aDepth]);
      sum = FloatVector.fromArray(LANES, b, bAt + k * bDepth).lanewise(FMA, times, sum);
    }
    Exact.PREFERRED.cast(sum).intoArray(c, cAt);
  }

  /// What [VectorLoops#warmUp] is to do for a method.
  public static void warmUp(int method, int from, int to) {
    if (method >= NARROW) {
      NarrowProductVector.warmUp(method - NARROW, from, to);
    } else if (method >= WIDE) {
      WideProductVector.warmUp(method - WIDE, from, to);
    } else {
      switch (method) {
        case ONE_WIDE -> oneWide(WARM, 0, WARM_ROWS, 0, 0, WARM_ROWS, 0, 0, from, to);
        case EIGHT -> EightProductVector.warmUp(from, to);
        case FOUR -> four(WARM, 0, 0, WARM_ROWS, 0, 0, 0, WARM_ROWS, 0, 0, from, to);
        default -> one(WARM, 0, WARM_ROWS, 0, 0, WARM_ROWS, 0, 0, from, to);
      }
    }
  }
}
