package snel.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A kernel that neurons share, laid out so that a spike is a patch: with all target channels of a
/// place side by side, what a spike adds to the targets are a few lines of the kernel as it lies in
/// memory, added to as many lines of the grid of targets. The grid is upside down and mirrored, so
/// that both go the same way. Each sum gets its terms in the order of the spikes, as along the
/// synapses one by one: the same bits.
public final class Patches {
  /// Strides and dilations are 1.
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
      int paddingX) {
    int sources() {
      return sourceChannels * sourceHeight * sourceWidth;
    }

    int places() {
      return targetHeight * targetWidth;
    }

    /// Weights of one target channel.
    int taps() {
      return sourceChannels * kernelHeight * kernelWidth;
    }
  }

  private static final MemorySegment MEMORY = RowCache.MEMORY;

  private final long[] epoch;
  private final Shape shape;
  private final int cell;
  private final boolean isWide;
  private final long grid;
  private final long kernel;
  private final long gradient;
  private final long tile;
  private final int[] places;
  private final int[] taps;
  private final int[] lines;
  private final int[] bytes;
  private long now = -1;

  /// @param epoch counted up by whoever may have changed a weight
  public Patches(long[] epoch, Shape shape) {
    this.epoch = epoch;
    this.shape = shape;
    int vectors = Math.ceilDiv(shape.targetChannels, PatchVector.L);
    this.cell = vectors * PatchVector.B;
    this.isWide = vectors % 4 == 0;
    this.grid = memory((long) shape.places() * cell);
    this.kernel = memory((long) shape.taps() * cell);
    this.gradient = memory((long) shape.taps() * cell);
    this.tile = memory((long) TurnVector.SIDE * TurnVector.SIDE * Float.BYTES);
    this.places = new int[shape.sources()];
    this.taps = new int[shape.sources()];
    this.lines = new int[shape.sources()];
    this.bytes = new int[shape.sources()];
    for (int neuron = 0; neuron < shape.sources(); neuron++) {
      place(neuron);
    }
  }

  private static long memory(long bytes) {
    return Arena.global().allocate(bytes, 64).address();
  }

  private void place(int neuron) {
    int x = neuron % shape.sourceWidth + shape.paddingX;
    int y = neuron / shape.sourceWidth % shape.sourceHeight + shape.paddingY;
    int channel = neuron / shape.sourceWidth / shape.sourceHeight;
    int firstY = Math.max(0, y - shape.targetHeight + 1);
    int firstX = Math.max(0, x - shape.targetWidth + 1);
    int height = Math.min(shape.kernelHeight - 1, y) - firstY + 1;
    int width = Math.min(shape.kernelWidth - 1, x) - firstX + 1;
    if (height <= 0 || width <= 0) {
      return;
    }
    int row = shape.targetHeight - 1 - y + firstY;
    int column = shape.targetWidth - 1 - x + firstX;
    places[neuron] = (row * shape.targetWidth + column) * cell;
    int line = channel * shape.kernelHeight + firstY;
    taps[neuron] = (line * shape.kernelWidth + firstX) * cell;
    lines[neuron] = height;
    bytes[neuron] = width * cell;
  }

  /// Adds to the sums of all targets the weights of the synapses from each neuron `list[first ..<
  /// limit]`, in that order.
  public void add(float[] sums, float[] weights, int[] list, int first, int limit) {
    if (now != epoch[0]) {
      turnIn(weights, 0, shape.taps(), kernel, cell);
      now = epoch[0];
    }
    if (first < limit) {
      gridIn(sums, 0);
      patches(list, first, limit, grid, places, line(), kernel, taps, kernelLine());
      gridOut(sums);
    }
  }

  /// From here to [#endGradient] the gradient is kept in memory.
  public void beginGradient(float[] weights) {
    turnIn(weights, 0, shape.taps(), gradient, cell);
  }

  /// Adds to the gradient, for each neuron `list[first ..< limit]` in that order, what has come to
  /// the targets of its synapses.
  public void gradient(float[] came, int at, int[] list, int first, int limit) {
    if (first < limit) {
      gridIn(came, at);
      patches(list, first, limit, gradient, taps, kernelLine(), grid, places, line());
    }
  }

  public void endGradient(float[] weights) {
    turnOut(gradient, cell, shape.taps(), weights);
  }

  private long line() {
    return (long) shape.targetWidth * cell;
  }

  private long kernelLine() {
    return (long) shape.kernelWidth * cell;
  }

  private void patches(
      int[] list,
      int first,
      int limit,
      long to,
      int[] tos,
      long toLine,
      long from,
      int[] froms,
      long fromLine) {
    if (isWide) {
      PatchVector.wide(list, first, limit, to, tos, toLine, from, froms, fromLine, lines, bytes);
    } else {
      PatchVector.narrow(list, first, limit, to, tos, toLine, from, froms, fromLine, lines, bytes);
    }
  }

  private void gridIn(float[] maps, int at) {
    turnIn(maps, at, shape.places(), grid + (long) (shape.places() - 1) * cell, -cell);
  }

  private void gridOut(float[] maps) {
    turnOut(grid + (long) (shape.places() - 1) * cell, -cell, shape.places(), maps);
  }

  /// Column k of `channels` rows of `width` floats becomes the cell at `memory + k * step`.
  private void turnIn(float[] rows, int at, int width, long memory, long step) {
    int turned = TurnVector.isPossible() ? width / TurnVector.SIDE * TurnVector.SIDE : 0;
    for (int channel = 0; channel < shape.targetChannels; channel += TurnVector.SIDE) {
      int last = Math.min(TurnVector.SIDE, shape.targetChannels - channel) - 1;
      for (int k = 0; k < turned; k += TurnVector.SIDE) {
        TurnVector.arrayToTile(rows, at + channel * width + k, width, last, tile, 0, 4);
        TurnVector.tileToMemory(tile, memory + k * step + (long) channel * Float.BYTES, step, 0, 4);
      }
    }
    for (int k = turned; k < width; k++) {
      for (int channel = 0; channel < shape.targetChannels; channel++) {
        MEMORY.set(
            JAVA_FLOAT,
            memory + k * step + (long) channel * Float.BYTES,
            rows[at + channel * width + k]);
      }
    }
  }

  /// The other way.
  private void turnOut(long memory, long step, int width, float[] rows) {
    int turned = TurnVector.isPossible() ? width / TurnVector.SIDE * TurnVector.SIDE : 0;
    for (int channel = 0; channel < shape.targetChannels; channel += TurnVector.SIDE) {
      int last = Math.min(TurnVector.SIDE, shape.targetChannels - channel) - 1;
      for (int k = 0; k < turned; k += TurnVector.SIDE) {
        TurnVector.memoryToTile(memory + k * step + (long) channel * Float.BYTES, step, tile, 0, 4);
        TurnVector.tileToArray(tile, rows, channel * width + k, width, last, 0, 4);
      }
    }
    for (int k = turned; k < width; k++) {
      for (int channel = 0; channel < shape.targetChannels; channel++) {
        rows[channel * width + k] =
            MEMORY.get(JAVA_FLOAT, memory + k * step + (long) channel * Float.BYTES);
      }
    }
  }
}
