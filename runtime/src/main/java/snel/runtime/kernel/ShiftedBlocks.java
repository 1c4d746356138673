package snel.runtime.kernel;

import java.util.Arrays;

/// Adds maps, one for each weight of a kernel, to a grid, each shifted by its weight's place: what
/// comes back through a convolution. A line of the grid stays in registers until it has all its
/// terms, in the order of the weights. Each user has one of its own.
public final class ShiftedBlocks {
  /// Where the lines of maps lie that are added to a line of the grid, and which of their columns
  /// it takes, for each weight; by vectors of the grid's columns.
  private int[][] places = {};

  private long[][] masks = {};

  private int[] shape = {};

  /// Adds `from[fromAt + ((ky * kernelWidth + kx) * height + y) * width + x]` to `to[toAt + (y +
  /// ky)
  /// * toLine + x + kx]`, ky, kx, y, x in `0 ..<` the kernel's and the maps' height and width. Both
  ///   arrays have room for a vector beyond the last element.
  public void add(
      float[] to,
      int toAt,
      int toLine,
      float[] from,
      int fromAt,
      int kernelHeight,
      int kernelWidth,
      int height,
      int width) {
    int[] asked = {kernelHeight, kernelWidth, height, width};
    if (!Arrays.equals(shape, asked)) {
      prepare(kernelHeight, kernelWidth, height, width);
      shape = asked;
    }
    int lines = height + kernelHeight - 1;
    // every other line: the last vector of a line reaches into the next
    for (int y = 0; y < lines; y += 2) {
      line(to, toAt + y * toLine, from, fromAt + y * width, y, asked);
    }
    for (int y = 1; y < lines; y += 2) {
      line(to, toAt + y * toLine, from, fromAt + y * width, y, asked);
    }
  }

  private void line(float[] to, int toAt, float[] from, int fromAt, int y, int[] shape) {
    int kernelWidth = shape[1];
    int first = Math.max(0, y - shape[2] + 1) * kernelWidth;
    int last = (Math.min(shape[0] - 1, y) + 1) * kernelWidth;
    for (int k = 0; k < places.length; k++) {
      int x = k * BlockVector.L;
      BlockVector.shifted(to, toAt + x, from, fromAt + x, places[k], masks[k], first, last);
    }
  }

  private void prepare(int kernelHeight, int kernelWidth, int height, int width) {
    int vectors = Math.ceilDiv(width + kernelWidth - 1, BlockVector.L);
    int weights = kernelHeight * kernelWidth;
    places = new int[vectors][weights];
    masks = new long[vectors][weights];
    for (int k = 0; k < vectors; k++) {
      for (int n = 0; n < weights; n++) {
        int shift = n % kernelWidth;
        places[k][n] = n * height * width - n / kernelWidth * width - shift;
        int begin = shift - k * BlockVector.L;
        masks[k][n] = lanes(begin, begin + width);
      }
    }
  }

  /// The lanes `begin ..< end`, as far as a vector has them.
  private static long lanes(int begin, int end) {
    long below = (1L << Math.clamp(end, 0, BlockVector.L)) - 1;
    return below & -(1L << Math.clamp(begin, 0, BlockVector.L));
  }
}
