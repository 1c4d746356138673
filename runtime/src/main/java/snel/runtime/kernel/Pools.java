package snel.runtime.kernel;

/// Pools whose windows lie side by side: no window's place is looked up. Maps follow one another,
/// so that window r, x of `rows` rows of windows, of all maps together, begins at row `r * height`,
/// column `x * width`.
public final class Pools {
  private Pools() {}

  /// Makes each of `maxima` the largest of itself and of `factor` times the values of its window,
  /// which begin at `values[at]`.
  public static void largest(
      float[] maxima,
      float[] values,
      int at,
      float factor,
      int height,
      int width,
      int rows,
      int columns) {
    int line = columns * width;
    int whole = whole(height, width, rows, columns, values.length - at, maxima.length);
    for (int x = 0; x < columns && whole > 0; x += PoolVector.L) {
      int some = Math.min(PoolVector.L, columns - x);
      PoolVector.largest(maxima, x, columns, values, at + 2 * x, line, some, factor, 0, whole);
    }
    for (int y = whole * height; y < rows * height; y++) {
      for (int x = 0; x < line; x++) {
        int there = y / height * columns + x / width;
        float value = factor * values[at + y * line + x];
        maxima[there] = maxima[there] > value ? maxima[there] : value;
      }
    }
  }

  /// Of what came to each window, adds all to the `gradient` of the first of its values that, times
  /// the factor, is the largest, and leaves 0 of it.
  public static void give(
      float[] came,
      float[] maxima,
      float[] values,
      int at,
      float[] gradient,
      float factor,
      int height,
      int width,
      int rows,
      int columns) {
    int line = columns * width;
    int least = Math.min(values.length - at, gradient.length);
    int whole = whole(height, width, rows, columns, least, Math.min(came.length, maxima.length));
    for (int x = 0; x < columns && whole > 0; x += PoolVector.L) {
      int some = Math.min(PoolVector.L, columns - x);
      int on = 2 * x;
      PoolVector.give(
          came, maxima, x, columns, values, at + on, gradient, on, line, some, factor, 0, whole);
    }
    for (int y = whole * height; y < rows * height; y++) {
      for (int x = 0; x < line; x++) {
        int there = y / height * columns + x / width;
        boolean largest = factor * values[at + y * line + x] == maxima[there];
        gradient[y * line + x] += largest ? came[there] : 0;
        if (largest) {
          came[there] = 0;
        }
      }
    }
  }

  /// Adds to each of the values what came to its window.
  public static void spread(
      float[] values, float[] came, int height, int width, int rows, int columns) {
    int line = columns * width;
    int whole = whole(height, width, rows, columns, values.length, came.length);
    for (int x = 0; x < columns && whole > 0; x += PoolVector.L) {
      int some = Math.min(PoolVector.L, columns - x);
      PoolVector.spread(values, 2 * x, line, came, x, columns, some, 0, whole);
    }
    for (int y = whole * height; y < rows * height; y++) {
      for (int x = 0; x < line; x++) {
        values[y * line + x] += 0 + came[y / height * columns + x / width];
      }
    }
  }

  /// Rows of windows that are done in vectors.
  private static int whole(
      int height, int width, int rows, int columns, int values, int targets) {
    if (height != 2 || width != 2 || !PoolVector.isPossible()) {
      return 0;
    }
    int last = (columns - 1) / PoolVector.L * PoolVector.L;
    return PoolVector.whole(rows, values - 2 * last, 2 * columns, targets - last, columns);
  }
}
