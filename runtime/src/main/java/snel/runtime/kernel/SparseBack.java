package snel.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// What comes back through a kernel that neurons share, where most of its targets have a derivative
/// of 0, as all but one of each window of a pool of maxima have: products with those are left out.
/// Each sum gets its other terms in the order that a product of matrices and [ShiftedBlocks] have:
/// the same bits, as long as no weight is infinite. Each user has one of its own.
public final class SparseBack {
  /// Strides and dilations are 1.
  ///
  /// @param paddingY lines of the grid of what comes back that lie before the first of the sources
  /// @param gridHeight lines that have room for sources and for all that comes back
  public record Shape(
      int sourceChannels,
      int sourceHeight,
      int sourceWidth,
      int targetChannels,
      int targetHeight,
      int targetWidth,
      int kernelHeight,
      int kernelWidth,
      int paddingY,
      int paddingX,
      int gridHeight,
      int gridWidth) {
    int places() {
      return targetHeight * targetWidth;
    }

    /// Weights of one target channel.
    int taps() {
      return sourceChannels * kernelHeight * kernelWidth;
    }

    /// Weights of one target channel that lie in one line of the kernel.
    int line() {
      return kernelWidth * sourceChannels;
    }

    /// Vectors are filled for the most part.
    public boolean suits() {
      int columns = blocks() * SparseBackVector.COLUMNS;
      return SparseBackVector.L > 1
          && FULL * columns <= line()
          && targetChannels >= SparseBackVector.L;
    }

    int blocks() {
      return Math.ceilDiv(line(), SparseBackVector.COLUMNS);
    }
  }

  private static final double FULL = 0.7;

  /// Above this share of targets a product of matrices takes less time.
  private static final double MOST = 0.5;

  /// Where there were too many, it is seen again after so many steps.
  private static final int PATIENCE = 50;

  private static final MemorySegment MEMORY = RowCache.MEMORY;

  private final long[] epoch;
  private final Shape shape;
  private final Turn turn = new Turn();
  private final long weights;
  private final float[] turned;
  private final float[] factors;
  private final int[] places;

  /// For each target, in the order in which they are gone through, which it is, where its lines
  /// begin in the grid, and where its derivatives end in the lists.
  private final int[] order;

  private final int[] beginnings;
  private final int[] ends;

  /// What comes back to each place, its channels side by side.
  private final float[] grid;

  private final float[] maps;
  private long now = -1;
  private boolean isFinite;
  private int rest;

  /// @param epoch counted up by whoever may have changed a weight
  public SparseBack(long[] epoch, Shape shape) {
    this.epoch = epoch;
    this.shape = shape;
    long lines = (long) shape.kernelHeight * shape.blocks() * shape.targetChannels;
    this.weights = Arena.global().allocate(lines * SparseBackVector.BYTES, 64).address();
    int targets = shape.places() * shape.targetChannels;
    this.turned = new float[targets];
    this.factors = new float[targets + SparseBackVector.L];
    this.places = new int[targets + SparseBackVector.L];
    this.order = new int[shape.places()];
    this.beginnings = new int[shape.places()];
    this.ends = new int[shape.places()];
    this.grid = new float[shape.gridHeight * gridLine() + SparseBackVector.COLUMNS];
    this.maps = new float[shape.sourceChannels * shape.sourceHeight * shape.sourceWidth];
    arrange();
  }

  private int gridLine() {
    return shape.gridWidth * shape.sourceChannels;
  }

  /// From the last column to the first: so a sum gets its terms in the order of the weights of a
  /// line. Neighbours in this order are in lines of their own, as what has just been written is not
  /// soon read again where it begins elsewhere.
  private void arrange() {
    int k = 0;
    for (int x = shape.targetWidth - 1; x >= 0; x--) {
      for (int y = 0; y < shape.targetHeight; y++) {
        order[k] = y * shape.targetWidth + x;
        beginnings[k] = y * gridLine() + x * shape.sourceChannels;
        k++;
      }
    }
  }

  /// Adds to the derivatives by all sources, `to[c, y, x]`, the sums of weights, `kernel[k, c, ky,
  /// kx]`, times what came to the targets, `came[k, y, x]`.
  ///
  /// @return false if nothing is done, as too much of what came is not 0
  public boolean add(float[] to, float[] kernel, float[] came) {
    if (rest > 0) {
      rest--;
      return false;
    }
    if (now != epoch[0]) {
      copy(kernel);
      now = epoch[0];
    }
    if (!isFinite || list(came) > MOST * shape.places() * shape.targetChannels) {
      rest = PATIENCE;
      return false;
    }
    Arrays.fill(grid, 0);
    for (int y = 0; y < shape.kernelHeight; y++) {
      for (int block = 0; block < shape.blocks(); block++) {
        int shift = y * gridLine() + block * SparseBackVector.COLUMNS;
        sum(shift, memory(y, block));
      }
    }
    takeIn(to);
    return true;
  }

  private void sum(int shift, long memory) {
    if (SparseBackVector.FOUR) {
      SparseBackVector.four(
          grid, beginnings, shift, memory, factors, places, ends, 0, beginnings.length);
    } else {
      SparseBackVector.eight(
          grid, beginnings, shift, memory, factors, places, ends, 0, beginnings.length);
    }
  }

  private long memory(int y, int block) {
    long row = ((long) y * shape.blocks() + block) * shape.targetChannels;
    return weights + row * SparseBackVector.BYTES;
  }

  /// Puts the weights of a line of the kernel side by side, those of a target channel as a row.
  private void copy(float[] kernel) {
    int kernelSize = shape.kernelHeight * shape.kernelWidth;
    isFinite = true;
    for (int k = 0; k < shape.targetChannels; k++) {
      for (int y = 0; y < shape.kernelHeight; y++) {
        for (int column = 0; column < shape.line(); column++) {
          int x = column / shape.sourceChannels;
          int channel = column - x * shape.sourceChannels;
          int at = k * shape.taps() + channel * kernelSize + y * shape.kernelWidth + x;
          int block = column / SparseBackVector.COLUMNS;
          long row = memory(y, block) + (long) k * SparseBackVector.BYTES;
          long place = row + (long) (column - block * SparseBackVector.COLUMNS) * Float.BYTES;
          MEMORY.set(JAVA_FLOAT, place, kernel[at]);
          isFinite &= Float.isFinite(kernel[at]);
        }
      }
    }
  }

  /// Lists for each target which of its channels have derivatives.
  ///
  /// @return how many these are
  private int list(float[] came) {
    int channels = shape.targetChannels;
    int whole = channels - channels % SparseBackVector.L;
    turn.turn(turned, 0, channels, came, 0, shape.places(), channels, shape.places());
    int count = 0;
    for (int k = 0; k < order.length; k++) {
      int at = order[k] * channels;
      count = SparseBackVector.list(turned, at, factors, places, count, 0, whole);
      for (int channel = whole; channel < channels; channel++) {
        factors[count] = turned[at + channel];
        places[count] = channel * SparseBackVector.BYTES;
        count += turned[at + channel] == 0 ? 0 : 1;
      }
      ends[k] = count;
    }
    return count;
  }

  private void takeIn(float[] to) {
    int height = shape.sourceHeight;
    int width = shape.sourceWidth;
    int map = height * width;
    int first = shape.paddingY * gridLine() + shape.paddingX * shape.sourceChannels;
    if (width == shape.gridWidth) {
      turn.turn(maps, 0, map, grid, first, shape.sourceChannels, map, shape.sourceChannels);
    } else {
      for (int y = 0; y < height; y++) {
        turn.turn(
            maps,
            y * width,
            map,
            grid,
            first + y * gridLine(),
            shape.sourceChannels,
            width,
            shape.sourceChannels);
      }
    }
    int whole = maps.length - maps.length % SparseBackVector.L;
    int lines = whole / SparseBackVector.L;
    BlockVector.add(
        to, 0, SparseBackVector.L, maps, 0, SparseBackVector.L, lines, SparseBackVector.L);
    for (int k = whole; k < maps.length; k++) {
      to[k] += maps[k];
    }
  }
}
