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
    int apart = apart(columns);
    inPasses(
        whole,
        columns,
        (there, place, some, count) ->
            PoolVector.largest(
                maxima,
                there,
                apart * columns,
                values,
                at + place,
                2 * apart * line,
                line,
                some,
                factor,
                0,
                count));
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
    int apart = apart(columns);
    inPasses(
        whole,
        columns,
        (there, place, some, count) ->
            PoolVector.give(
                came,
                maxima,
                there,
                apart * columns,
                values,
                at + place,
                gradient,
                place,
                2 * apart * line,
                line,
                some,
                factor,
                0,
                count));
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
    int apart = apart(columns);
    inPasses(
        whole,
        columns,
        (there, place, some, count) ->
            PoolVector.spread(
                values,
                place,
                2 * apart * line,
                line,
                came,
                there,
                apart * columns,
                some,
                0,
                count));
    for (int y = whole * height; y < rows * height; y++) {
      for (int x = 0; x < line; x++) {
        values[y * line + x] += 0 + came[y / height * columns + x / width];
      }
    }
  }

  /// What is done with some columns of rows of windows that lie apart.
  private interface Strip {
    /// @param there the first window
    /// @param place its first value
    /// @param columns of windows
    /// @param rows of windows
    void take(int there, int place, int columns, int rows);
  }

  /// All columns of so many rows of windows, as many at a time as a vector has, and those rows
  /// after each other that lie apart.
  private static void inPasses(int whole, int columns, Strip strip) {
    int apart = apart(columns);
    for (int first = 0; first < Math.min(apart, whole); first++) {
      int rows = Math.ceilDiv(whole - first, apart);
      for (int x = 0; x < columns; x += PoolVector.L) {
        int some = Math.min(PoolVector.L, columns - x);
        strip.take(first * columns + x, 4 * first * columns + 2 * x, some, rows);
      }
    }
  }

  /// How far apart rows of windows have to be for their vectors not to meet, in rows.
  private static int apart(int columns) {
    int line = 2 * columns;
    int byValues = Math.ceilDiv(line + 2 * PoolVector.L, 2 * line);
    return Math.max(byValues, Math.ceilDiv(PoolVector.L, columns));
  }

  /// Rows of windows that are done in vectors.
  private static int whole(int height, int width, int rows, int columns, int values, int targets) {
    if (height != 2 || width != 2 || !PoolVector.isPossible()) {
      return 0;
    }
    int last = (columns - 1) / PoolVector.L * PoolVector.L;
    return PoolVector.whole(rows, values - 2 * last, 2 * columns, targets - last, columns);
  }
}
