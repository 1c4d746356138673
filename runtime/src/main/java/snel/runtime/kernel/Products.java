package snel.runtime.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import jdk.incubator.vector.FloatVector;

/// Adds products of matrices, by the loops of [ProductVector] and its like. Where there are eight
/// rows or more, their factors are brought side by side first, so that one place leads to all
/// eight. Each user has one of its own.
public final class Products {
  private static final int TOGETHER = EightProductVector.ROWS;
  private static final int SIDE = BlockTurns.SIDE;

  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  /// Sixteen sums and their factors stay in registers, of which AVX-512 has 32.
  private static final boolean IS_POSSIBLE = LANES == 16;

  /// Bringing factors together does not pay for less.
  private static final int LEAST = 64;

  private final BlockTurns blocks = new BlockTurns();
  private float[] factors = {};

  /// The methods that do such products, by the numbers that [ProductVector#warmUp] knows.
  ///
  /// @param rows none if how many there are is known only later
  /// @param aDepth see [#add]
  public static List<Integer> loops(OptionalInt rows, int depth, int width, int aDepth, int aRow) {
    int together = together(rows.orElse(TOGETHER), depth, width, aDepth, aRow);
    List<Integer> all = new ArrayList<>();
    if (together > 0) {
      all.add(ProductVector.EIGHT);
    }
    if (rows.isEmpty()) {
      all.addAll(ProductVector.loops());
    } else if (together < rows.getAsInt()) {
      all.addAll(ProductVector.loops(rows.getAsInt() - together, width, aRow));
    }
    if (together > 0 && width % (2 * LANES) >= LANES) {
      all.add(ProductVector.FOUR);
    }
    return all.stream().distinct().toList();
  }

  /// Whether factors are brought together by the methods that turn matrices over.
  public static boolean turns(OptionalInt rows, int depth, int width, int aDepth, int aRow) {
    return aRow != 1 && together(rows.orElse(TOGETHER), depth, width, aDepth, aRow) > 0;
  }

  private static int together(int rows, int depth, int width, int aDepth, int aRow) {
    boolean suits = IS_POSSIBLE && rows % 4 == 0 && depth * width >= LEAST * LEAST;
    return suits && width >= LEAST && (aDepth == 1 || aRow == 1) ? rows - rows % TOGETHER : 0;
  }

  /// Adds `a[aAt + k * aDepth + n * aRow] * b[bAt + k * bDepth + p]` to `c[cAt + n * cRow + p]`, n
  /// in `0 ..< rows`, k in `0 ..< depth`, p in `0 ..< width`.
  public void add(
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
    int together = together(rows, depth, width, aDepth, aRow);
    for (int n = 0; n < together; n += TOGETHER) {
      int to = cAt + n * cRow;
      int from = aAt + n * aRow;
      int done;
      if (aRow == 1) {
        done = EightProductVector.add(c, to, cRow, a, from, aDepth, b, bAt, bDepth, depth, width);
      } else {
        bringTogether(a, from, aRow, depth);
        done = EightProductVector.add(c, to, cRow, factors, 0, SIDE, b, bAt, bDepth, depth, width);
      }
      ProductVector.rest(
          c, to, cRow, a, from, aDepth, aRow, b, bAt, bDepth, TOGETHER, depth, done, width);
    }
    int left = rows - together;
    if (left == 0) {
      return;
    }
    int to = cAt + together * cRow;
    int from = aAt + together * aRow;
    int done =
        ProductVector.FEW_REGISTERS
            ? NarrowProductVector.add(
                c, to, cRow, a, from, aDepth, aRow, b, bAt, bDepth, left, depth, width)
            : WideProductVector.add(
                c, to, cRow, a, from, aDepth, aRow, b, bAt, bDepth, left, depth, width);
    ProductVector.rest(
        c, to, cRow, a, from, aDepth, aRow, b, bAt, bDepth, left, depth, done, width);
  }

  /// Eight rows of factors become columns.
  private void bringTogether(float[] a, int at, int aRow, int depth) {
    if (factors.length < depth * SIDE) {
      factors = new float[depth * SIDE];
    }
    int whole = BlockTurns.whole(depth);
    for (int k = 0; k < whole; k += SIDE) {
      blocks.turn(a, at + k, aRow, TOGETHER, SIDE, factors, k * SIDE, SIDE);
    }
    for (int k = whole; k < depth; k++) {
      for (int n = 0; n < TOGETHER; n++) {
        factors[k * SIDE + n] = a[at + n * aRow + k];
      }
    }
  }
}
