package snel.runtime.kernel;

import java.util.Arrays;

/// What comes back through a kernel that neurons share. Where most of its targets have a derivative
/// of 0, as all but one of each window of a pool of maxima have, products with those are left out.
/// Each sum gets its terms in the order of the targets' channels, and each source its sums in the
/// order of the weights. Each user has one of its own.
public final class ConvBack {
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

    /// Whether there is enough to do, and vectors are filled for the most part. Not to be asked
    /// where there are no vectors.
    public boolean suits() {
      int columns = blocks() * ConvBackVector.COLUMNS;
      return ConvBackVector.L > 1
          && FULL * columns <= line()
          && targetChannels % 2 == 0
          && targetChannels >= ConvBackVector.L
          && places() >= ConvBackVector.TARGETS;
    }

    int blocks() {
      return Math.ceilDiv(line(), ConvBackVector.COLUMNS);
    }
  }

  private static final double FULL = 0.7;

  /// Above this share of targets lists take more time than products with all.
  private static final double MOST = 0.5;

  /// Where there were too many, it is seen again after so many steps.
  private static final int PATIENCE = 50;

  private final long[] epoch;
  private final Shape shape;
  private final Turn turn = new Turn();
  private final long weights;
  private float[] copied = {};
  private final float[] row;
  private final float[] turned;
  private final float[] factors;
  private final int[] places;

  /// For each target where its derivatives end in the lists.
  private final int[] ends;

  /// What comes back from each target by the weights of a line, a vector of zeros before it.
  private final float[] sums;

  /// Where these lie.
  private final int[] lines;

  /// For each vector of a line of the grid, where the lists end of what a line of targets gives it.
  private final int[] limits;

  private final int[] given;

  /// What comes back to each place, its channels side by side.
  private final float[] grid;

  private final float[] maps;
  private long now = -1;
  private boolean isFinite;
  private int rest;

  /// @param epoch counted up by whoever may have changed a weight
  public ConvBack(long[] epoch, Shape shape) {
    this.epoch = epoch;
    this.shape = shape;
    long rows = (long) shape.kernelHeight * shape.blocks() * shape.targetChannels;
    this.weights = OffHeap.allocate(rows * ConvBackVector.BYTES);
    this.row = new float[shape.taps()];
    int targets = shape.places() * shape.targetChannels;
    this.turned = new float[targets];
    this.factors = new float[targets + ConvBackVector.L];
    this.places = new int[targets + ConvBackVector.L];
    this.lines = new int[shape.places()];
    this.ends = new int[shape.places()];
    this.sums = new float[shape.places() * ConvBackVector.LINE + ConvBackVector.L];
    int reach = (shape.targetWidth - 1) * shape.sourceChannels + ConvBackVector.COLUMNS;
    this.limits = new int[Math.ceilDiv(reach, ConvBackVector.L)];
    this.given = new int[limits.length * shape.targetWidth];
    this.grid = new float[shape.gridHeight * gridLine() + ConvBackVector.LINE];
    this.maps = new float[shape.sourceChannels * shape.sourceHeight * shape.sourceWidth];
    arrange();
  }

  private int gridLine() {
    return shape.gridWidth * shape.sourceChannels;
  }

  /// From the last column to the first: so a sum gets its terms in the order of the weights of a
  /// line.
  private void arrange() {
    Arrays.setAll(lines, target -> target * ConvBackVector.LINE + ConvBackVector.L);
    int count = 0;
    for (int k = 0; k < limits.length; k++) {
      for (int x = shape.targetWidth - 1; x >= 0; x--) {
        int column = k * ConvBackVector.L - x * shape.sourceChannels;
        if (column > -ConvBackVector.L && column < ConvBackVector.COLUMNS) {
          given[count] = lines[x] + column;
          count++;
        }
      }
      limits[k] = count;
    }
  }

  /// Adds to the derivatives by all sources, `to[c, y, x]`, the sums of weights, `kernel[k, c, ky,
  /// kx]`, times what came to the targets, `came[k, y, x]`.
  public void add(float[] to, float[] kernel, float[] came) {
    if (now != epoch[0]) {
      if (!Arrays.equals(kernel, copied)) {
        copy(kernel);
      }
      now = epoch[0];
    }
    boolean sparse = isSparse(came);
    Arrays.fill(grid, 0);
    for (int y = 0; y < shape.kernelHeight; y++) {
      for (int block = 0; block < shape.blocks(); block++) {
        if (sparse) {
          sumListed(memory(y, block));
        } else {
          sumAll(memory(y, block), came);
        }
        addToGrid(y * gridLine() + block * ConvBackVector.COLUMNS);
      }
    }
    takeIn(to);
  }

  /// Whether there are lists of what is not 0.
  private boolean isSparse(float[] came) {
    if (rest > 0) {
      rest--;
      return false;
    }
    if (isFinite && list(came) <= MOST * shape.places() * shape.targetChannels) {
      return true;
    }
    rest = PATIENCE;
    return false;
  }

  private void sumListed(long memory) {
    if (ConvBackVector.FOUR) {
      ConvBackVector.fourListed(sums, lines, memory, factors, places, ends, 0, lines.length);
    } else {
      ConvBackVector.eightListed(sums, lines, memory, factors, places, ends, 0, lines.length);
    }
  }

  private void sumAll(long memory, float[] came) {
    int last = shape.places() - ConvBackVector.TARGETS;
    for (int x = 0; x < ConvBackVector.COLUMNS; x += ConvBackVector.TOGETHER) {
      long there = memory + (long) x * Float.BYTES;
      for (int k = 0; k < shape.places(); k += ConvBackVector.TARGETS) {
        // some of the last ones once more
        int target = Math.min(k, last);
        int at = lines[target] + x;
        ConvBackVector.tile(sums, at, there, came, target, shape.places(), 0, shape.targetChannels);
      }
    }
  }

  private void addToGrid(int shift) {
    for (int y = 0; y < shape.targetHeight; y++) {
      int at = y * gridLine() + shift;
      int first = y * shape.targetWidth * ConvBackVector.LINE;
      ConvBackVector.add(grid, at, sums, first, given, limits, 0, limits.length);
    }
  }

  private long memory(int y, int block) {
    long row = ((long) y * shape.blocks() + block) * shape.targetChannels;
    return weights + row * ConvBackVector.BYTES;
  }

  /// Puts the weights of a line of the kernel side by side, those of a target channel as a row.
  private void copy(float[] kernel) {
    copied = kernel.clone();
    int kernelSize = shape.kernelHeight * shape.kernelWidth;
    isFinite = Finite.firstOther(kernel) < 0;
    for (int k = 0; k < shape.targetChannels; k++) {
      int channels = shape.sourceChannels;
      turn.turn(row, 0, channels, kernel, k * shape.taps(), kernelSize, channels, kernelSize);
      for (int y = 0; y < shape.kernelHeight; y++) {
        for (int block = 0; block < shape.blocks(); block++) {
          int column = block * ConvBackVector.COLUMNS;
          int count = Math.min(shape.line() - column, ConvBackVector.COLUMNS);
          long place = memory(y, block) + (long) k * ConvBackVector.BYTES;
          OffHeap.copy(row, y * shape.line() + column, place, count);
        }
      }
    }
  }

  /// Lists for each target which of its channels have derivatives.
  ///
  /// @return how many these are
  private int list(float[] came) {
    int channels = shape.targetChannels;
    int whole = channels - channels % ConvBackVector.L;
    turn.turn(turned, 0, channels, came, 0, shape.places(), channels, shape.places());
    int count = 0;
    for (int k = 0; k < ends.length; k++) {
      int at = k * channels;
      count = ConvBackVector.list(turned, at, factors, places, count, 0, whole);
      for (int channel = whole; channel < channels; channel++) {
        factors[count] = turned[at + channel];
        places[count] = channel * ConvBackVector.BYTES;
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
    int whole = maps.length - maps.length % ConvBackVector.L;
    int lines = whole / ConvBackVector.L;
    BlockVector.add(to, 0, ConvBackVector.L, maps, 0, ConvBackVector.L, lines, ConvBackVector.L);
    for (int k = whole; k < maps.length; k++) {
      to[k] += maps[k];
    }
  }
}
