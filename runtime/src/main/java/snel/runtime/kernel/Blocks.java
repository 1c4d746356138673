package snel.runtime.kernel;

/// Copies a block of one matrix to a block of another, line by line.
public final class Blocks {
  private Blocks() {}

  /// Writes `from[fromAt + y * fromLine + x]` to `to[toAt + y * toLine + x]`, y in `0 ..< height`,
  /// x in `0 ..< width`.
  public static void copy(
      float[] to,
      int toAt,
      int toLine,
      float[] from,
      int fromAt,
      int fromLine,
      int height,
      int width) {
    for (int y = 0; y < height; y++) {
      System.arraycopy(from, fromAt + y * fromLine, to, toAt + y * toLine, width);
    }
  }
}
