package snel.runtime.kernel;

import static jdk.incubator.vector.VectorOperators.FMA;

import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// [ProductVector] where twenty sums and what they need stay in registers, of which AVX-512 has 32.
final class WideProductVector {
  static final int FIVE = 0;
  static final int FOUR = 1;

  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final int L = LANES.length();
  private static final float[] WARM = new float[4 * L];
  private static final float[] WARM_ROWS = new float[4 * L];

  private WideProductVector() {}

  /// Strips of four vectors, five or four rows together.
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
    int p = 0;
    int fives = fives(rows);
    for (; p + 4 * L <= width; p += 4 * L) {
      for (int n = 0; n < 5 * fives; n += 5) {
        five(
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
      int rest = rows - alone(rows);
      for (int n = 5 * fives; n < rest; n += 4) {
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
      for (int n = rest; n < rows; n++) {
        ProductVector.oneWide(
            c, cAt + n * cRow + p, a, aAt + n * aRow, aDepth, b, bAt + p, bDepth, 0, depth);
      }
    }
    return p;
  }

  /// The methods for so many rows, of this class.
  static List<Integer> loops(int rows) {
    int fives = fives(rows);
    List<Integer> all = new ArrayList<>();
    if (fives > 0) {
      all.add(FIVE);
    }
    if (rows - 5 * fives >= 4) {
      all.add(FOUR);
    }
    return all;
  }

  /// Rows that are left alone.
  static int alone(int rows) {
    return (rows - 5 * fives(rows)) % 4;
  }

  /// How many blocks of five rows leave least to be done by itself, beside blocks of four.
  private static int fives(int rows) {
    if (rows % 5 == 0) {
      return rows / 5;
    }
    return Math.min(rows % 4, rows / 5);
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
    FloatVector s02 = FloatVector.fromArray(LANES, c, cAt + 2 * L);
    FloatVector s03 = FloatVector.fromArray(LANES, c, cAt + 3 * L);
    int second = cAt + cRow;
    FloatVector s10 = FloatVector.fromArray(LANES, c, second);
    FloatVector s11 = FloatVector.fromArray(LANES, c, second + L);
    FloatVector s12 = FloatVector.fromArray(LANES, c, second + 2 * L);
    FloatVector s13 = FloatVector.fromArray(LANES, c, second + 3 * L);
    int third = second + cRow;
    FloatVector s20 = FloatVector.fromArray(LANES, c, third);
    FloatVector s21 = FloatVector.fromArray(LANES, c, third + L);
    FloatVector s22 = FloatVector.fromArray(LANES, c, third + 2 * L);
    FloatVector s23 = FloatVector.fromArray(LANES, c, third + 3 * L);
    int fourth = third + cRow;
    FloatVector s30 = FloatVector.fromArray(LANES, c, fourth);
    FloatVector s31 = FloatVector.fromArray(LANES, c, fourth + L);
    FloatVector s32 = FloatVector.fromArray(LANES, c, fourth + 2 * L);
    FloatVector s33 = FloatVector.fromArray(LANES, c, fourth + 3 * L);
    int fifth = fourth + cRow;
    FloatVector s40 = FloatVector.fromArray(LANES, c, fifth);
    FloatVector s41 = FloatVector.fromArray(LANES, c, fifth + L);
    FloatVector s42 = FloatVector.fromArray(LANES, c, fifth + 2 * L);
    FloatVector s43 = FloatVector.fromArray(LANES, c, fifth + 3 * L);
    for (; k < to; k++) {
      int row = bAt + k * bDepth;
      int column = aAt + k * aDepth;
      FloatVector b0 = FloatVector.fromArray(LANES, b, row);
      FloatVector b1 = FloatVector.fromArray(LANES, b, row + L);
      FloatVector b2 = FloatVector.fromArray(LANES, b, row + 2 * L);
      FloatVector b3 = FloatVector.fromArray(LANES, b, row + 3 * L);
      FloatVector times = FloatVector.broadcast(LANES, a[column]);
      s00 = b0.lanewise(FMA, times, s00);
      s01 = b1.lanewise(FMA, times, s01);
      s02 = b2.lanewise(FMA, times, s02);
      s03 = b3.lanewise(FMA, times, s03);
      times = FloatVector.broadcast(LANES, a[column + aRow]);
      s10 = b0.lanewise(FMA, times, s10);
      s11 = b1.lanewise(FMA, times, s11);
      s12 = b2.lanewise(FMA, times, s12);
      s13 = b3.lanewise(FMA, times, s13);
      times = FloatVector.broadcast(LANES, a[column + 2 * aRow]);
      s20 = b0.lanewise(FMA, times, s20);
      s21 = b1.lanewise(FMA, times, s21);
      s22 = b2.lanewise(FMA, times, s22);
      s23 = b3.lanewise(FMA, times, s23);
      times = FloatVector.broadcast(LANES, a[column + 3 * aRow]);
      s30 = b0.lanewise(FMA, times, s30);
      s31 = b1.lanewise(FMA, times, s31);
      s32 = b2.lanewise(FMA, times, s32);
      s33 = b3.lanewise(FMA, times, s33);
      times = FloatVector.broadcast(LANES, a[column + 4 * aRow]);
      s40 = b0.lanewise(FMA, times, s40);
      s41 = b1.lanewise(FMA, times, s41);
      s42 = b2.lanewise(FMA, times, s42);
      s43 = b3.lanewise(FMA, times, s43);
    }
    Exact.PREFERRED.cast(s00).intoArray(c, cAt);
    Exact.PREFERRED.cast(s01).intoArray(c, cAt + L);
    Exact.PREFERRED.cast(s02).intoArray(c, cAt + 2 * L);
    Exact.PREFERRED.cast(s03).intoArray(c, cAt + 3 * L);
    Exact.PREFERRED.cast(s10).intoArray(c, second);
    Exact.PREFERRED.cast(s11).intoArray(c, second + L);
    Exact.PREFERRED.cast(s12).intoArray(c, second + 2 * L);
    Exact.PREFERRED.cast(s13).intoArray(c, second + 3 * L);
    Exact.PREFERRED.cast(s20).intoArray(c, third);
    Exact.PREFERRED.cast(s21).intoArray(c, third + L);
    Exact.PREFERRED.cast(s22).intoArray(c, third + 2 * L);
    Exact.PREFERRED.cast(s23).intoArray(c, third + 3 * L);
    Exact.PREFERRED.cast(s30).intoArray(c, fourth);
    Exact.PREFERRED.cast(s31).intoArray(c, fourth + L);
    Exact.PREFERRED.cast(s32).intoArray(c, fourth + 2 * L);
    Exact.PREFERRED.cast(s33).intoArray(c, fourth + 3 * L);
    Exact.PREFERRED.cast(s40).intoArray(c, fifth);
    Exact.PREFERRED.cast(s41).intoArray(c, fifth + L);
    Exact.PREFERRED.cast(s42).intoArray(c, fifth + 2 * L);
    Exact.PREFERRED.cast(s43).intoArray(c, fifth + 3 * L);
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
    FloatVector s02 = FloatVector.fromArray(LANES, c, cAt + 2 * L);
    FloatVector s03 = FloatVector.fromArray(LANES, c, cAt + 3 * L);
    int second = cAt + cRow;
    FloatVector s10 = FloatVector.fromArray(LANES, c, second);
    FloatVector s11 = FloatVector.fromArray(LANES, c, second + L);
    FloatVector s12 = FloatVector.fromArray(LANES, c, second + 2 * L);
    FloatVector s13 = FloatVector.fromArray(LANES, c, second + 3 * L);
    int third = second + cRow;
    FloatVector s20 = FloatVector.fromArray(LANES, c, third);
    FloatVector s21 = FloatVector.fromArray(LANES, c, third + L);
    FloatVector s22 = FloatVector.fromArray(LANES, c, third + 2 * L);
    FloatVector s23 = FloatVector.fromArray(LANES, c, third + 3 * L);
    int fourth = third + cRow;
    FloatVector s30 = FloatVector.fromArray(LANES, c, fourth);
    FloatVector s31 = FloatVector.fromArray(LANES, c, fourth + L);
    FloatVector s32 = FloatVector.fromArray(LANES, c, fourth + 2 * L);
    FloatVector s33 = FloatVector.fromArray(LANES, c, fourth + 3 * L);
    for (; k < to; k++) {
      int row = bAt + k * bDepth;
      int column = aAt + k * aDepth;
      FloatVector b0 = FloatVector.fromArray(LANES, b, row);
      FloatVector b1 = FloatVector.fromArray(LANES, b, row + L);
      FloatVector b2 = FloatVector.fromArray(LANES, b, row + 2 * L);
      FloatVector b3 = FloatVector.fromArray(LANES, b, row + 3 * L);
      FloatVector times = FloatVector.broadcast(LANES, a[column]);
      s00 = b0.lanewise(FMA, times, s00);
      s01 = b1.lanewise(FMA, times, s01);
      s02 = b2.lanewise(FMA, times, s02);
      s03 = b3.lanewise(FMA, times, s03);
      times = FloatVector.broadcast(LANES, a[column + aRow]);
      s10 = b0.lanewise(FMA, times, s10);
      s11 = b1.lanewise(FMA, times, s11);
      s12 = b2.lanewise(FMA, times, s12);
      s13 = b3.lanewise(FMA, times, s13);
      times = FloatVector.broadcast(LANES, a[column + 2 * aRow]);
      s20 = b0.lanewise(FMA, times, s20);
      s21 = b1.lanewise(FMA, times, s21);
      s22 = b2.lanewise(FMA, times, s22);
      s23 = b3.lanewise(FMA, times, s23);
      times = FloatVector.broadcast(LANES, a[column + 3 * aRow]);
      s30 = b0.lanewise(FMA, times, s30);
      s31 = b1.lanewise(FMA, times, s31);
      s32 = b2.lanewise(FMA, times, s32);
      s33 = b3.lanewise(FMA, times, s33);
    }
    Exact.PREFERRED.cast(s00).intoArray(c, cAt);
    Exact.PREFERRED.cast(s01).intoArray(c, cAt + L);
    Exact.PREFERRED.cast(s02).intoArray(c, cAt + 2 * L);
    Exact.PREFERRED.cast(s03).intoArray(c, cAt + 3 * L);
    Exact.PREFERRED.cast(s10).intoArray(c, second);
    Exact.PREFERRED.cast(s11).intoArray(c, second + L);
    Exact.PREFERRED.cast(s12).intoArray(c, second + 2 * L);
    Exact.PREFERRED.cast(s13).intoArray(c, second + 3 * L);
    Exact.PREFERRED.cast(s20).intoArray(c, third);
    Exact.PREFERRED.cast(s21).intoArray(c, third + L);
    Exact.PREFERRED.cast(s22).intoArray(c, third + 2 * L);
    Exact.PREFERRED.cast(s23).intoArray(c, third + 3 * L);
    Exact.PREFERRED.cast(s30).intoArray(c, fourth);
    Exact.PREFERRED.cast(s31).intoArray(c, fourth + L);
    Exact.PREFERRED.cast(s32).intoArray(c, fourth + 2 * L);
    Exact.PREFERRED.cast(s33).intoArray(c, fourth + 3 * L);
  }

  static void warmUp(int method, int from, int to) {
    if (method == FIVE) {
      five(WARM, 0, 0, WARM_ROWS, 0, 0, 0, WARM_ROWS, 0, 0, from, to);
    } else {
      four(WARM, 0, 0, WARM_ROWS, 0, 0, 0, WARM_ROWS, 0, 0, from, to);
    }
  }
}
