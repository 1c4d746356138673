package snel.runtime.kernel;

import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// [ProductVector] for eight rows whose factors lie side by side. Places are worked out from the
/// number of a pass, not carried from one to the next: what is carried the just-in-time compiler
/// keeps in registers of vectors where it runs out of others, and moving it there and back takes
/// the place of products.
final class EightProductVector {
  /// Rows together.
  static final int ROWS = 8;

  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final int L = LANES.length();
  private static final float[] WARM = new float[2 * L];
  private static final float[] WARM_ROWS = new float[2 * L];

  private EightProductVector() {}

  /// Strips of two vectors; see [Products#add]. Row n has its factors at `a[aAt + k * aDepth + n]`.
  ///
  /// @return how many columns are done
  static int add(
      float[] c,
      int cAt,
      int cRow,
      float[] a,
      int aAt,
      int aDepth,
      float[] b,
      int bAt,
      int bDepth,
      int depth,
      int width) {
    int p = 0;
    for (; p + 2 * L <= width; p += 2 * L) {
      eight(c, cAt + p, cRow, a, aAt, aDepth, b, bAt + p, bDepth, 0, depth);
    }
    return p;
  }

  private static void eight(
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
    int c1 = cAt + cRow;
    int c2 = c1 + cRow;
    int c3 = c2 + cRow;
    int c4 = c3 + cRow;
    int c5 = c4 + cRow;
    int c6 = c5 + cRow;
    int c7 = c6 + cRow;
    FloatVector s00 = FloatVector.fromArray(LANES, c, cAt);
    FloatVector s01 = FloatVector.fromArray(LANES, c, cAt + L);
    FloatVector s10 = FloatVector.fromArray(LANES, c, c1);
    FloatVector s11 = FloatVector.fromArray(LANES, c, c1 + L);
    FloatVector s20 = FloatVector.fromArray(LANES, c, c2);
    FloatVector s21 = FloatVector.fromArray(LANES, c, c2 + L);
    FloatVector s30 = FloatVector.fromArray(LANES, c, c3);
    FloatVector s31 = FloatVector.fromArray(LANES, c, c3 + L);
    FloatVector s40 = FloatVector.fromArray(LANES, c, c4);
    FloatVector s41 = FloatVector.fromArray(LANES, c, c4 + L);
    FloatVector s50 = FloatVector.fromArray(LANES, c, c5);
    FloatVector s51 = FloatVector.fromArray(LANES, c, c5 + L);
    FloatVector s60 = FloatVector.fromArray(LANES, c, c6);
    FloatVector s61 = FloatVector.fromArray(LANES, c, c6 + L);
    FloatVector s70 = FloatVector.fromArray(LANES, c, c7);
    FloatVector s71 = FloatVector.fromArray(LANES, c, c7 + L);
    for (; k < to; k++) {
      int row = bAt + k * bDepth;
      int column = aAt + k * aDepth;
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
      times = FloatVector.broadcast(LANES, a[column + 5]);
      s50 = b0.lanewise(FMA, times, s50);
      s51 = b1.lanewise(FMA, times, s51);
      times = FloatVector.broadcast(LANES, a[column + 6]);
      s60 = b0.lanewise(FMA, times, s60);
      s61 = b1.lanewise(FMA, times, s61);
      times = FloatVector.broadcast(LANES, a[column + 7]);
      s70 = b0.lanewise(FMA, times, s70);
      s71 = b1.lanewise(FMA, times, s71);
    }
    Exact.PREFERRED.cast(s00).intoArray(c, cAt);
    Exact.PREFERRED.cast(s01).intoArray(c, cAt + L);
    Exact.PREFERRED.cast(s10).intoArray(c, c1);
    Exact.PREFERRED.cast(s11).intoArray(c, c1 + L);
    Exact.PREFERRED.cast(s20).intoArray(c, c2);
    Exact.PREFERRED.cast(s21).intoArray(c, c2 + L);
    Exact.PREFERRED.cast(s30).intoArray(c, c3);
    Exact.PREFERRED.cast(s31).intoArray(c, c3 + L);
    Exact.PREFERRED.cast(s40).intoArray(c, c4);
    Exact.PREFERRED.cast(s41).intoArray(c, c4 + L);
    Exact.PREFERRED.cast(s50).intoArray(c, c5);
    Exact.PREFERRED.cast(s51).intoArray(c, c5 + L);
    Exact.PREFERRED.cast(s60).intoArray(c, c6);
    Exact.PREFERRED.cast(s61).intoArray(c, c6 + L);
    Exact.PREFERRED.cast(s70).intoArray(c, c7);
    Exact.PREFERRED.cast(s71).intoArray(c, c7 + L);
  }

  /// What [VectorLoops#warmUp] is to do.
  static void warmUp(int from, int to) {
    eight(WARM, 0, 0, WARM_ROWS, 0, 0, WARM_ROWS, 0, 0, from, to);
  }
}
