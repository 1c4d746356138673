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
    int pixels() {
      return sourceHeight * sourceWidth;
    }

    int sources() {
      return sourceChannels * pixels();
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

  /// Bytes of what is dealt out before it is gathered, at most, and of how many steps.
  private static final long MOST_DEALT = 2 << 20;

  private static final int MOST_STEPS = 64;

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
  private final Deal ofPlaces;
  private final Deal ofTaps;
  private final int mostSteps;
  private int steps;
  private long now = -1;

  /// @param epoch counted up by whoever may have changed a weight
  public Patches(long[] epoch, Shape shape) {
    this.epoch = epoch;
    this.shape = shape;
    int vectors = Math.ceilDiv(shape.targetChannels, PatchVector.L);
    this.cell = vectors * PatchVector.B;
    this.isWide = vectors % 4 == 0;
    long dealt = (long) shape.places() * shape.taps() * Integer.BYTES;
    this.mostSteps = isWide ? Math.clamp(MOST_DEALT / dealt, 1, MOST_STEPS) : 1;
    this.grid = memory((long) mostSteps * gridBytes());
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
    this.ofPlaces =
        new Deal(shape.places(), shape.taps(), places, shape.targetWidth, taps, shape.kernelWidth);
    this.ofTaps =
        new Deal(
            shape.taps(),
            mostSteps * shape.places(),
            taps,
            shape.kernelWidth,
            places,
            shape.targetWidth);
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
      int whole = sums.length - sums.length % PatchVector.L;
      if (whole == sums.length && PatchVector.areZeros(sums, 0, whole)) {
        MEMORY.asSlice(grid, gridBytes()).fill((byte) 0);
      } else {
        turnIn(sums, 0, shape.places(), last(grid), -cell);
      }
      if (isWide) {
        ofPlaces.deal(list, first, limit, 0);
        ofPlaces.gather(grid, kernel);
      } else {
        PatchVector.add(
            list, first, limit, grid, places, line(), kernel, taps, kernelLine(), lines, bytes);
      }
      turnOut(last(grid), -cell, shape.places(), sums);
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
      int there = isWide ? steps * gridBytes() : 0;
      turnIn(came, at, shape.places(), last(grid + there), -cell);
      if (isWide) {
        ofTaps.deal(list, first, limit, there);
        steps++;
        if (steps == mostSteps) {
          gatherGradient();
        }
      } else {
        PatchVector.add(
            list, first, limit, gradient, taps, kernelLine(), grid, places, line(), lines, bytes);
      }
    }
  }

  private void gatherGradient() {
    ofTaps.gather(gradient, grid);
    steps = 0;
  }

  public void endGradient(float[] weights) {
    if (steps > 0) {
      gatherGradient();
    }
    turnOut(gradient, cell, shape.taps(), weights);
  }

  private long line() {
    return (long) shape.targetWidth * cell;
  }

  private long kernelLine() {
    return (long) shape.kernelWidth * cell;
  }

  private int gridBytes() {
    return shape.places() * cell;
  }

  /// The cell of the first place: the grid is upside down.
  private long last(long grid) {
    return grid + gridBytes() - cell;
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

  /// What spikes add to each cell, dealt out so that a cell can be summed up in one go, its sums in
  /// registers: to add to memory and read it again at the next spike takes several times as long.
  private final class Deal {
    private final int most;
    private final int toChannel;
    private final int fromChannel;
    private final int[] firsts;
    private final int[] tos;
    private final int[] froms;
    private final int[] next;
    private int[] entries = {};

    /// @param cells that are added to
    /// @param most things that are added to one
    /// @param to where patches begin that are added to, and `from` those that are added
    Deal(int cells, int most, int[] to, int toLine, int[] from, int fromLine) {
      this.most = most;
      this.next = new int[cells];
      int pixels = shape.pixels();
      int weights = shape.kernelHeight * shape.kernelWidth;
      this.toChannel = to == taps ? weights : 0;
      this.fromChannel = from == taps ? weights * cell : 0;
      this.firsts = new int[pixels + 1];
      for (int pixel = 0; pixel < pixels; pixel++) {
        firsts[pixel + 1] = firsts[pixel] + lines[pixel] * (bytes[pixel] / cell);
      }
      this.tos = new int[firsts[pixels]];
      this.froms = new int[firsts[pixels]];
      for (int pixel = 0; pixel < pixels; pixel++) {
        int width = Math.max(1, bytes[pixel] / cell);
        for (int k = 0; k < firsts[pixel + 1] - firsts[pixel]; k++) {
          int y = k / width;
          int x = k % width;
          tos[firsts[pixel] + k] = to[pixel] / cell + y * toLine + x;
          froms[firsts[pixel] + k] = from[pixel] + (y * fromLine + x) * cell;
        }
      }
    }

    /// @param at where the grid begins that patches are taken from
    void deal(int[] list, int first, int limit, int at) {
      if (entries.length == 0) {
        entries = new int[next.length * most];
        empty();
      }
      int pixels = firsts.length - 1;
      for (int k = first; k < limit; k++) {
        int channel = list[k] / pixels;
        one(list[k] - channel * pixels, channel * toChannel, at + channel * fromChannel);
      }
    }

    private void empty() {
      for (int own = 0; own < next.length; own++) {
        next[own] = own * most;
      }
    }

    private void one(int pixel, int toAt, int fromAt) {
      int last = firsts[pixel + 1];
      for (int k = firsts[pixel]; k < last; k++) {
        int own = toAt + tos[k];
        int end = next[own];
        entries[end] = fromAt + froms[k];
        next[own] = end + 1;
      }
    }

    void gather(long toGrid, long fromGrid) {
      for (int own = 0; own < next.length; own++) {
        int first = own * most;
        for (int x = 0; x < cell; x += 4 * PatchVector.B) {
          PatchVector.gather(
              toGrid + (long) own * cell + x, fromGrid + x, entries, first, next[own]);
        }
      }
      empty();
    }
  }
}
