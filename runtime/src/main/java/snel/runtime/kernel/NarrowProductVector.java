package snel.runtime.kernel;

import static jdk.incubator.vector.VectorOperators.FMA;

import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// [ProductVector] where vectors have sixteen registers: twelve sums and what they need stay there;
/// with twenty a product takes twice as long.
final class NarrowProductVector {
  static final int SIX = 0;
  static final int FIVE = 1;
  static final int FOUR = 2;
  static final int FOUR_BY_THREE = 3;
  static final int FIVE_BESIDE = 4;

  /// Rows of the result that are done together.
  private static final int MOST_ROWS = 6;

  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final int L = LANES.length();
  private static final float[] WARM = new float[3 * L];
  private static final float[] WARM_ROWS = new float[3 * L];

  private NarrowProductVector() {}

  /// Strips of two vectors, four to six rows together, or of three where rows go in fours; few rows
  /// in strips of four, one at a time.
  ///
  /// @return how many columns are done
  static int add(
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
      int width) {
    int blocks = areTogether(rows) ? blocks(rows) : 0;
    int p = 0;
    for (; rows % 4 == 0 && p + 3 * L <= width; p += 3 * L) {
      for (int n = 0; n < rows; n += 4) {
        int at = cAt + n * cRow + p;
        int column = aAt + n * aRow;
        fourByThree(c, at, cRow, a, column, aDepth, aRow, b, bAt + p, bDepth, 0, depth);
      }
    }
    for (; blocks > 0 && p + 2 * L <= width; p += 2 * L) {
      for (int block = 0; block < blocks; block++) {
        int n = beginning(block, rows);
        int at = cAt + n * cRow + p;
        int column = aAt + n * aRow;
        int row = bAt + p;
        switch (beginning(block + 1, rows) - n) {
          case 6 -> six(c, at, cRow, a, column, aDepth, aRow, b, row, bDepth, 0, depth);
          case 5 -> {
            if (aRow == 1) {
              fiveBeside(c, at, cRow, a, column, aDepth, b, row, bDepth, 0, depth);
            } else {
              five(c, at, cRow, a, column, aDepth, aRow, b, row, bDepth, 0, depth);
            }
          }
          case 4 -> four(c, at, cRow, a, column, aDepth, aRow, b, row, bDepth, 0, depth);
          default -> throw new AssertionError(rows + " rows");
        }
      }
    }
    for (; p + 4 * L <= width; p += 4 * L) {
      for (int n = 0; n < rows; n++) {
        ProductVector.oneWide(
            c, cAt + n * cRow + p, a, aAt + n * aRow, aDepth, b, bAt + p, bDepth, 0, depth);
      }
    }
    return p;
  }

  /// The methods for so many rows, of this class.
  ///
  /// @param beside whether the rows of a column lie side by side
  static List<Integer> loops(int rows, int width, boolean beside) {
    List<Integer> all = new ArrayList<>();
    int left = width;
    if (rows % 4 == 0 && width >= 3 * L) {
      all.add(FOUR_BY_THREE);
      left %= 3 * L;
    }
    int blocks = areTogether(rows) && left >= 2 * L ? blocks(rows) : 0;
    for (int block = 0; block < blocks; block++) {
      int size = beginning(block + 1, rows) - beginning(block, rows);
      int method = size == 6 ? SIX : size == 4 ? FOUR : beside ? FIVE_BESIDE : FIVE;
      if (!all.contains(method)) {
        all.add(method);
      }
    }
    return all;
  }

  /// Columns that are left behind all strips.
  static int left(int rows, int width) {
    int behindThrees = rows % 4 == 0 ? width % (3 * L) : width;
    return (areTogether(rows) ? behindThrees % (2 * L) : behindThrees) % (4 * L);
  }

  /// Whether so many rows are four to six in each block.
  static boolean areTogether(int rows) {
    return rows / Math.max(1, blocks(rows)) >= 4;
  }

  private static int blocks(int rows) {
    return Math.ceilDiv(rows, MOST_ROWS);
  }

  /// The first row of a block: blocks differ by one row at most.
  private static int beginning(int block, int rows) {
    return block * rows / blocks(rows);
  }

  private static void six(
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
    FloatVector s00 = FloatVector.fromArray(LANES, c, cAt);
    FloatVector s01 = FloatVector.fromArray(LANES, c, cAt + L);
    int second = cAt + cRow;
    FloatVector s10 = FloatVector.fromArray(LANES, c, second);
    FloatVector s11 = FloatVector.fromArray(LANES, c, second + L);
    int third = second + cRow;
    FloatVector s20 = FloatVector.fromArray(LANES, c, third);
    FloatVector s21 = FloatVector.fromArray(LANES, c, third + L);
    int fourth = third + cRow;
    FloatVector s30 = FloatVector.fromArray(LANES, c, fourth);
    FloatVector s31 = FloatVector.fromArray(LANES, c, fourth + L);
    int fifth = fourth + cRow;
    FloatVector s40 = FloatVector.fromArray(LANES, c, fifth);
    FloatVector s41 = FloatVector.fromArray(LANES, c, fifth + L);
    int sixth = fifth + cRow;
    FloatVector s50 = FloatVector.fromArray(LANES, c, sixth);
    FloatVector s51 = FloatVector.fromArray(LANES, c, sixth + L);
    int row = bAt;
    int column = aAt;
    for (; k < to; k++) {
      FloatVector b0 = FloatVector.fromArray(LANES, b, row);
      FloatVector b1 = FloatVector.fromArray(LANES, b, row + L);
      FloatVector times = FloatVector.broadcast(LANES, a[column]);
      s00 = b0.lanewise(FMA, times, s00);
      s01 = b1.lanewise(FMA, times, s01);
      times = FloatVector.broadcast(LANES, a[column + aRow]);
      s10 = b0.lanewise(FMA, times, s10);
      s11 = b1.lanewise(FMA, times, s11);
      times = FloatVector.broadcast(LANES, a[column + 2 * aRow]);
      s20 = b0.lanewise(FMA, times, s20);
      s21 = b1.lanewise(FMA, times, s21);
      times = FloatVector.broadcast(LANES, a[column + 3 * aRow]);
      s30 = b0.lanewise(FMA, times, s30);
      s31 = b1.lanewise(FMA, times, s31);
      times = FloatVector.broadcast(LANES, a[column + 4 * aRow]);
      s40 = b0.lanewise(FMA, times, s40);
      s41 = b1.lanewise(FMA, times, s41);
      times = FloatVector.broadcast(LANES, a[column + 5 * aRow]);
      s50 = b0.lanewise(FMA, times, s50);
      s51 = b1.lanewise(FMA, times, s51);
      row += bDepth;
      column += aDepth;
    }
    Exact.PREFERRED.cast(s00).intoArray(c, cAt);
    Exact.PREFERRED.cast(s01).intoArray(c, cAt + L);
    Exact.PREFERRED.cast(s10).intoArray(c, second);
    Exact.PREFERRED.cast(s11).intoArray(c, second + L);
    Exact.PREFERRED.cast(s20).intoArray(c, third);
    Exact.PREFERRED.cast(s21).intoArray(c, third + L);
    Exact.PREFERRED.cast(s30).intoArray(c, fourth);
    Exact.PREFERRED.cast(s31).intoArray(c, fourth + L);
    Exact.PREFERRED.cast(s40).intoArray(c, fifth);
    Exact.PREFERRED.cast(s41).intoArray(c, fifth + L);
    Exact.PREFERRED.cast(s50).intoArray(c, sixth);
    Exact.PREFERRED.cast(s51).intoArray(c, sixth + L);
  }

  private static void five(
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
    FloatVector s00 = FloatVector.fromArray(LANES, c, cAt);
    FloatVector s01 = FloatVector.fromArray(LANES, c, cAt + L);
    int second = cAt + cRow;
    FloatVector s10 = FloatVector.fromArray(LANES, c, second);
    FloatVector s11 = FloatVector.fromArray(LANES, c, second + L);
    int third = second + cRow;
    FloatVector s20 = FloatVector.fromArray(LANES, c, third);
    FloatVector s21 = FloatVector.fromArray(LANES, c, third + L);
    int fourth = third + cRow;
    FloatVector s30 = FloatVector.fromArray(LANES, c, fourth);
    FloatVector s31 = FloatVector.fromArray(LANES, c, fourth + L);
    int fifth = fourth + cRow;
    FloatVector s40 = FloatVector.fromArray(LANES, c, fifth);
    FloatVector s41 = FloatVector.fromArray(LANES, c, fifth + L);
    int row = bAt;
    int column = aAt;
    for (; k < to; k++) {
      FloatVector b0 = FloatVector.fromArray(LANES, b, row);
      FloatVector b1 = FloatVector.fromArray(LANES, b, row + L);
      FloatVector times = FloatVector.broadcast(LANES, a[column]);
      s00 = b0.lanewise(FMA, times, s00);
      s01 = b1.lanewise(FMA, times, s01);
      times = FloatVector.broadcast(LANES, a[column + aRow]);
      s10 = b0.lanewise(FMA, times, s10);
      s11 = b1.lanewise(FMA, times, s11);
      times = FloatVector.broadcast(LANES, a[column + 2 * aRow]);
      s20 = b0.lanewise(FMA, times, s20);
      s21 = b1.lanewise(FMA, times, s21);
      times = FloatVector.broadcast(LANES, a[column + 3 * aRow]);
      s30 = b0.lanewise(FMA, times, s30);
      s31 = b1.lanewise(FMA, times, s31);
      times = FloatVector.broadcast(LANES, a[column + 4 * aRow]);
      s40 = b0.lanewise(FMA, times, s40);
      s41 = b1.lanewise(FMA, times, s41);
      row += bDepth;
      column += aDepth;
    }
    Exact.PREFERRED.cast(s00).intoArray(c, cAt);
    Exact.PREFERRED.cast(s01).intoArray(c, cAt + L);
    Exact.PREFERRED.cast(s10).intoArray(c, second);
    Exact.PREFERRED.cast(s11).intoArray(c, second + L);
    Exact.PREFERRED.cast(s20).intoArray(c, third);
    Exact.PREFERRED.cast(s21).intoArray(c, third + L);
    Exact.PREFERRED.cast(s30).intoArray(c, fourth);
    Exact.PREFERRED.cast(s31).intoArray(c, fourth + L);
    Exact.PREFERRED.cast(s40).intoArray(c, fifth);
    Exact.PREFERRED.cast(s41).intoArray(c, fifth + L);
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
    FloatVector s00 = FloatVector.fromArray(LANES, c, cAt);
    FloatVector s01 = FloatVector.fromArray(LANES, c, cAt + L);
    int second = cAt + cRow;
    FloatVector s10 = FloatVector.fromArray(LANES, c, second);
    FloatVector s11 = FloatVector.fromArray(LANES, c, second + L);
    int third = second + cRow;
    FloatVector s20 = FloatVector.fromArray(LANES, c, third);
    FloatVector s21 = FloatVector.fromArray(LANES, c, third + L);
    int fourth = third + cRow;
    FloatVector s30 = FloatVector.fromArray(LANES, c, fourth);
    FloatVector s31 = FloatVector.fromArray(LANES, c, fourth + L);
    int row = bAt;
    int column = aAt;
    for (; k < to; k++) {
      FloatVector b0 = FloatVector.fromArray(LANES, b, row);
      FloatVector b1 = FloatVector.fromArray(LANES, b, row + L);
      FloatVector times = FloatVector.broadcast(LANES, a[column]);
      s00 = b0.lanewise(FMA, times, s00);
      s01 = b1.lanewise(FMA, times, s01);
      times = FloatVector.broadcast(LANES, a[column + aRow]);
      s10 = b0.lanewise(FMA, times, s10);
      s11 = b1.lanewise(FMA, times, s11);
      times = FloatVector.broadcast(LANES, a[column + 2 * aRow]);
      s20 = b0.lanewise(FMA, times, s20);
      s21 = b1.lanewise(FMA, times, s21);
      times = FloatVector.broadcast(LANES, a[column + 3 * aRow]);
      s30 = b0.lanewise(FMA, times, s30);
      s31 = b1.lanewise(FMA, times, s31);
      row += bDepth;
      column += aDepth;
    }
    Exact.PREFERRED.cast(s00).intoArray(c, cAt);
    Exact.PREFERRED.cast(s01).intoArray(c, cAt + L);
    Exact.PREFERRED.cast(s10).intoArray(c, second);
    Exact.PREFERRED.cast(s11).intoArray(c, second + L);
    Exact.PREFERRED.cast(s20).intoArray(c, third);
    Exact.PREFERRED.cast(s21).intoArray(c, third + L);
    Exact.PREFERRED.cast(s30).intoArray(c, fourth);
    Exact.PREFERRED.cast(s31).intoArray(c, fourth + L);
  }

  private static void fourByThree(
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
    FloatVector s00 = FloatVector.fromArray(LANES, c, cAt);
    FloatVector s01 = FloatVector.fromArray(LANES, c, cAt + L);
    FloatVector s02 = FloatVector.fromArray(LANES, c, cAt + 2 * L);
    int second = cAt + cRow;
    FloatVector s10 = FloatVector.fromArray(LANES, c, second);
    FloatVector s11 = FloatVector.fromArray(LANES, c, second + L);
    FloatVector s12 = FloatVector.fromArray(LANES, c, second + 2 * L);
    int third = second + cRow;
    FloatVector s20 = FloatVector.fromArray(LANES, c, third);
    FloatVector s21 = FloatVector.fromArray(LANES, c, third + L);
    FloatVector s22 = FloatVector.fromArray(LANES, c, third + 2 * L);
    int fourth = third + cRow;
    FloatVector s30 = FloatVector.fromArray(LANES, c, fourth);
    FloatVector s31 = FloatVector.fromArray(LANES, c, fourth + L);
    FloatVector s32 = FloatVector.fromArray(LANES, c, fourth + 2 * L);
    int row = bAt;
    int column = aAt;
    for (; k < to; k++) {
      FloatVector b0 = FloatVector.fromArray(LANES, b, row);
      FloatVector b1 = FloatVector.fromArray(LANES, b, row + L);
      FloatVector b2 = FloatVector.fromArray(LANES, b, row + 2 * L);
      FloatVector times = FloatVector.broadcast(LANES, a[column]);
      s00 = b0.lanewise(FMA, times, s00);
      s01 = b1.lanewise(FMA, times, s01);
      s02 = b2.lanewise(FMA, times, s02);
      times = FloatVector.broadcast(LANES, a[column + aRow]);
      s10 = b0.lanewise(FMA, times, s10);
      s11 = b1.lanewise(FMA, times, s11);
      s12 = b2.lanewise(FMA, times, s12);
      times = FloatVector.broadcast(LANES, a[column + 2 * aRow]);
      s20 = b0.lanewise(FMA, times, s20);
      s21 = b1.lanewise(FMA, times, s21);
      s22 = b2.lanewise(FMA, times, s22);
      times = FloatVector.broadcast(LANES, a[column + 3 * aRow]);
      s30 = b0.lanewise(FMA, times, s30);
      s31 = b1.lanewise(FMA, times, s31);
      s32 = b2.lanewise(FMA, times, s32);
      row += bDepth;
      column += aDepth;
    }
    Exact.PREFERRED.cast(s00).intoArray(c, cAt);
    Exact.PREFERRED.cast(s01).intoArray(c, cAt + L);
    Exact.PREFERRED.cast(s02).intoArray(c, cAt + 2 * L);
    Exact.PREFERRED.cast(s10).intoArray(c, second);
    Exact.PREFERRED.cast(s11).intoArray(c, second + L);
    Exact.PREFERRED.cast(s12).intoArray(c, second + 2 * L);
    Exact.PREFERRED.cast(s20).intoArray(c, third);
    Exact.PREFERRED.cast(s21).intoArray(c, third + L);
    Exact.PREFERRED.cast(s22).intoArray(c, third + 2 * L);
    Exact.PREFERRED.cast(s30).intoArray(c, fourth);
    Exact.PREFERRED.cast(s31).intoArray(c, fourth + L);
    Exact.PREFERRED.cast(s32).intoArray(c, fourth + 2 * L);
  }

  /// [#five] where the rows of a column lie side by side: fewer bounds are checked.
  private static void fiveBeside(
      float[] c,
      int cAt,
      int cRow,
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
    FloatVector s00 = FloatVector.fromArray(LANES, c, cAt);
    FloatVector s01 = FloatVector.fromArray(LANES, c, cAt + L);
    int second = cAt + cRow;
    FloatVector s10 = FloatVector.fromArray(LANES, c, second);
    FloatVector s11 = FloatVector.fromArray(LANES, c, second + L);
    int third = second + cRow;
    FloatVector s20 = FloatVector.fromArray(LANES, c, third);
    FloatVector s21 = FloatVector.fromArray(LANES, c, third + L);
    int fourth = third + cRow;
    FloatVector s30 = FloatVector.fromArray(LANES, c, fourth);
    FloatVector s31 = FloatVector.fromArray(LANES, c, fourth + L);
    int fifth = fourth + cRow;
    FloatVector s40 = FloatVector.fromArray(LANES, c, fifth);
    FloatVector s41 = FloatVector.fromArray(LANES, c, fifth + L);
    int row = bAt;
    int column = aAt;
    for (; k < to; k++) {
      FloatVector b0 = FloatVector.fromArray(LANES, b, row);
      FloatVector b1 = FloatVector.fromArray(LANES, b, row + L);
      FloatVector times = FloatVector.broadcast(LANES, a[column]);
      s00 = b0.lanewise(FMA, times, s00);
      s01 = b1.lanewise(FMA, times, s01);
      times = FloatVector.broadcast(LANES, a[column + 1]);
      s10 = b0.lanewise(FMA, times, s10);
      s11 = b1.lanewise(FMA, times, s11);
      times = FloatVector.broadcast(LANES, a[column + 2]);
      s20 = b0.lanewise(FMA, times, s20);
      s21 = b1.lanewise(FMA, times, s21);
      times = FloatVector.broadcast(LANES, a[column + 3]);
      s30 = b0.lanewise(FMA, times, s30);
      s31 = b1.lanewise(FMA, times, s31);
      times = FloatVector.broadcast(LANES, a[column + 4]);
      s40 = b0.lanewise(FMA, times, s40);
      s41 = b1.lanewise(FMA, times, s41);
      row += bDepth;
      column += aDepth;
    }
    Exact.PREFERRED.cast(s00).intoArray(c, cAt);
    Exact.PREFERRED.cast(s01).intoArray(c, cAt + L);
    Exact.PREFERRED.cast(s10).intoArray(c, second);
    Exact.PREFERRED.cast(s11).intoArray(c, second + L);
    Exact.PREFERRED.cast(s20).intoArray(c, third);
    Exact.PREFERRED.cast(s21).intoArray(c, third + L);
    Exact.PREFERRED.cast(s30).intoArray(c, fourth);
    Exact.PREFERRED.cast(s31).intoArray(c, fourth + L);
    Exact.PREFERRED.cast(s40).intoArray(c, fifth);
    Exact.PREFERRED.cast(s41).intoArray(c, fifth + L);
  }

  static void warmUp(int method, int from, int to) {
    switch (method) {
      case SIX -> six(WARM, 0, 0, WARM_ROWS, 0, 0, 0, WARM_ROWS, 0, 0, from, to);
      case FOUR_BY_THREE -> fourByThree(WARM, 0, 0, WARM_ROWS, 0, 0, 0, WARM_ROWS, 0, 0, from, to);
      case FIVE_BESIDE -> fiveBeside(WARM, 0, 0, WARM_ROWS, 0, 0, WARM_ROWS, 0, 0, from, to);
      case FIVE -> five(WARM, 0, 0, WARM_ROWS, 0, 0, 0, WARM_ROWS, 0, 0, from, to);
      default -> four(WARM, 0, 0, WARM_ROWS, 0, 0, 0, WARM_ROWS, 0, 0, from, to);
    }
  }
}
