package snel.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

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

    /// Vectors that the target channels of a place fill.
    int vectors() {
      return Math.ceilDiv(targetChannels, PatchVector.L);
    }

    /// Whether these are so many that a place is best summed up in one go.
    boolean isWide() {
      return vectors() % 4 == 0;
    }

    /// Weights of one target channel.
    int taps() {
      return sourceChannels * kernelHeight * kernelWidth;
    }
  }

  private static final MemorySegment MEMORY = OffHeap.MEMORY;

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
  private final BlockTurns blocks = new BlockTurns();
  private final int[] places;
  private final int[] taps;
  private final int[] lines;
  private final int[] bytes;

  /// Whether the next neuron adds the same lines of the kernel, one place before.
  private final boolean[] beside;

  private final boolean[] none;
  private final int[] yOf;
  private final int[] xOf;
  private final int[] tapOf;
  private final int[] placeOf;
  private final Window window;
  private final int mostSteps;
  private Window[] noted = {};
  private int[] rowXs = {};
  private int[] rowCells = {};
  private int[] entries = {};
  private int steps;
  private long now = -1;

  /// Whether the grid of one step is 0 throughout.
  private boolean isClear = true;

  /// @param epoch counted up by whoever may have changed a weight
  public Patches(long[] epoch, Shape shape) {
    this.epoch = epoch;
    this.shape = shape;
    this.cell = shape.vectors() * PatchVector.B;
    this.isWide = shape.isWide();
    long dealt = (long) shape.places() * shape.taps() * Integer.BYTES;
    this.mostSteps = isWide ? Math.clamp(MOST_DEALT / dealt, 1, MOST_STEPS) : 1;
    this.grid = memory((long) mostSteps * gridBytes());
    this.kernel = memory((long) shape.taps() * cell);
    this.gradient = memory((long) shape.taps() * cell);
    this.places = new int[shape.sources()];
    this.taps = new int[shape.sources()];
    this.lines = new int[shape.sources()];
    this.bytes = new int[shape.sources()];
    for (int neuron = 0; neuron < shape.sources(); neuron++) {
      place(neuron);
    }
    this.beside = new boolean[shape.sources()];
    this.none = new boolean[shape.sources()];
    for (int neuron = 0; neuron + 1 < shape.sources(); neuron++) {
      beside[neuron] =
          places[neuron + 1] == places[neuron] - cell
              && taps[neuron + 1] == taps[neuron]
              && lines[neuron + 1] == lines[neuron]
              && bytes[neuron + 1] == bytes[neuron];
    }
    this.yOf = new int[shape.sources()];
    this.xOf = new int[shape.sources()];
    this.tapOf = new int[shape.sources()];
    this.placeOf = new int[shape.sources()];
    for (int neuron = 0; isWide && neuron < shape.sources(); neuron++) {
      locate(neuron);
    }
    this.window = new Window(isWide ? shape.sources() : 0);
    makeRoom(isWide ? shape.sources() : 0);
  }

  private static long memory(long bytes) {
    return OffHeap.allocate(bytes);
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

  private void makeRoom(int patches) {
    if (entries.length < patches + PatchVector.L) {
      rowXs = new int[patches + PatchVector.L];
      rowCells = new int[patches + PatchVector.L];
      entries = new int[patches + PatchVector.L];
    }
  }

  private void locate(int neuron) {
    int x = neuron % shape.sourceWidth + shape.paddingX;
    int y = neuron / shape.sourceWidth % shape.sourceHeight + shape.paddingY;
    int channel = neuron / shape.pixels();
    xOf[neuron] = x;
    yOf[neuron] = y;
    int line = channel * shape.kernelHeight + y;
    tapOf[neuron] = (line * shape.kernelWidth + x) * cell;
    int row = shape.targetHeight - 1 - y;
    placeOf[neuron] = (row * shape.targetWidth + shape.targetWidth - 1 - x) * cell;
  }

  /// Adds to the sums of all targets the weights of the synapses from each neuron `list[first ..<
  /// limit]`, in that order.
  public void add(float[] sums, float[] weights, int[] list, int first, int limit) {
    if (first < limit) {
      int whole = sums.length - sums.length % PatchVector.L;
      if (whole == sums.length && PatchVector.areZeros(sums, 0, whole)) {
        addToZeros(sums, weights, list, first, limit);
      } else {
        turnIn(sums, 0, shape.places(), last(grid), -cell);
        addToGrid(sums, weights, list, first, limit);
      }
    }
  }

  /// The same where all sums are 0.
  public void addToZeros(float[] sums, float[] weights, int[] list, int first, int limit) {
    if (first < limit) {
      if (!isClear) {
        clear(grid, gridBytes());
      }
      addToGrid(sums, weights, list, first, limit);
    }
  }

  private void addToGrid(float[] sums, float[] weights, int[] list, int first, int limit) {
    if (now != epoch[0]) {
      turnIn(weights, 0, shape.taps(), kernel, cell);
      now = epoch[0];
    }
    if (isWide) {
      addWide(list, first, limit);
    } else {
      PatchVector.add(
          list,
          first,
          limit,
          grid,
          places,
          line(),
          kernel,
          taps,
          kernelLine(),
          lines,
          bytes,
          beside);
    }
    turnOut(last(grid), -cell, shape.places(), sums);
    isClear = true;
  }

  private static void clear(long memory, long bytes) {
    MEMORY.asSlice(memory, bytes).fill((byte) 0);
  }

  /// From here to [#endGradient] the gradient is kept in memory.
  public void beginGradient(float[] weights) {
    turnIn(weights, 0, shape.taps(), gradient, cell);
    if (isWide && noted.length == 0) {
      int most = mostSteps * shape.pixels();
      noted = new Window[shape.sourceChannels];
      Arrays.setAll(noted, _ -> new Window(most));
      makeRoom(most);
    }
  }

  /// Adds to the gradient, for each neuron `list[first ..< limit]` in that order, what has come to
  /// the targets of its synapses.
  public void gradient(float[] came, int at, int[] list, int first, int limit) {
    if (first < limit) {
      int there = isWide ? steps * gridBytes() : 0;
      turnIn(came, at, shape.places(), last(grid + there), -cell);
      isClear = false;
      if (isWide) {
        note(list, first, limit, there);
        steps++;
        if (steps == mostSteps) {
          gatherGradient();
        }
      } else {
        PatchVector.add(
            list,
            first,
            limit,
            gradient,
            taps,
            kernelLine(),
            grid,
            places,
            line(),
            lines,
            bytes,
            none);
      }
    }
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
    int turned = BlockTurns.whole(width);
    for (int channel = 0;
        turned > 0 && channel < shape.targetChannels;
        channel += BlockTurns.SIDE) {
      int last = Math.min(BlockTurns.SIDE, shape.targetChannels - channel) - 1;
      long there = memory + (long) channel * Float.BYTES;
      blocks.toMemory(rows, at + channel * width, width, last, there, step, turned);
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

  /// The other way; leaves 0 in the memory.
  private void turnOut(long memory, long step, int width, float[] rows) {
    int turned = BlockTurns.whole(width);
    for (int channel = 0;
        turned > 0 && channel < shape.targetChannels;
        channel += BlockTurns.SIDE) {
      int last = Math.min(BlockTurns.SIDE, shape.targetChannels - channel) - 1;
      long there = memory + (long) channel * Float.BYTES;
      blocks.toArray(there, step, rows, channel * width, width, last, turned);
    }
    for (int k = turned; k < width; k++) {
      for (int channel = 0; channel < shape.targetChannels; channel++) {
        rows[channel * width + k] =
            MEMORY.get(JAVA_FLOAT, memory + k * step + (long) channel * Float.BYTES);
      }
      clear(memory + k * step, cell);
    }
  }

  /// The places of patches, those of one list after the other, and what of them lies in a window:
  /// what a cell gets can then be summed up in one go, its sums in registers. To add to memory and
  /// read it again at the next spike takes several times as long.
  private final class Window {
    private final int[] ys;
    private final int[] xs;
    private final int[] cells;
    private int count;

    /// @param most patches
    Window(int most) {
      this.ys = new int[most + PatchVector.L];
      this.xs = new int[most + PatchVector.L];
      this.cells = new int[most + PatchVector.L];
    }

    void append(int neuron, int at) {
      ys[count] = yOf[neuron];
      xs[count] = xOf[neuron];
      cells[count] = at;
      count++;
    }

    /// Holds the places of neurons `list[first ..< limit]` alone, with the cells of their weights.
    void take(int[] list, int first, int limit) {
      for (int k = first, n = 0; k < limit; k++, n++) {
        int neuron = list[k];
        ys[n] = yOf[neuron];
        xs[n] = xOf[neuron];
        cells[n] = tapOf[neuron];
      }
      count = limit - first;
    }

    void clear() {
      count = 0;
    }

    /// Keeps those from row y on, `height` rows.
    int rows(int y, int height) {
      return PatchVector.rows(ys, xs, cells, 0, count, y, height, rowXs, rowCells);
    }

    /// Of `kept` in these rows, notes down the cells of those from column x on, `width` columns,
    /// each `shift` bytes on.
    ///
    /// @return how many
    int columns(int kept, int x, int width, int shift, int[] to) {
      return PatchVector.columns(rowXs, rowCells, 0, kept, x, width, shift, to);
    }
  }

  /// Sums up at each place what spikes add to it.
  private void addWide(int[] list, int first, int limit) {
    window.take(list, first, limit);
    for (int y = 0; y < shape.targetHeight; y++) {
      int kept = window.rows(y, shape.kernelHeight);
      for (int x = 0; x < shape.targetWidth && kept > 0; x++) {
        int tap = (y * shape.kernelWidth + x) * cell;
        int own = window.columns(kept, x, shape.kernelWidth, -tap, entries);
        int place = (shape.targetHeight - 1 - y) * shape.targetWidth + shape.targetWidth - 1 - x;
        gather(grid + (long) place * cell, kernel, entries, own);
      }
    }
  }

  /// Notes down where spikes lie, those of each channel by themselves.
  private void note(int[] list, int first, int limit, int there) {
    int pixels = shape.pixels();
    for (int k = first; k < limit; k++) {
      int neuron = list[k];
      noted[neuron / pixels].append(neuron, there + placeOf[neuron]);
    }
  }

  /// Sums up for each weight what came to its targets at the steps that have been noted down.
  private void gatherGradient() {
    for (int channel = 0; channel < noted.length; channel++) {
      Window own = noted[channel];
      for (int y = 0; y < shape.kernelHeight; y++) {
        int kept = own.rows(y, shape.targetHeight);
        for (int x = 0; x < shape.kernelWidth && kept > 0; x++) {
          int place = (y * shape.targetWidth + x) * cell;
          int end = own.columns(kept, x, shape.targetWidth, place, entries);
          int tap = (channel * shape.kernelHeight + y) * shape.kernelWidth + x;
          gather(gradient + (long) tap * cell, grid, entries, end);
        }
      }
      own.clear();
    }
    steps = 0;
  }

  private void gather(long to, long from, int[] entries, int limit) {
    int x = 0;
    for (; x + 8 * PatchVector.B <= cell && limit > 0; x += 8 * PatchVector.B) {
      PatchVector.gatherEight(to + x, from + x, entries, 0, limit);
    }
    for (; x < cell && limit > 0; x += 4 * PatchVector.B) {
      PatchVector.gather(to + x, from + x, entries, 0, limit);
    }
  }
}
