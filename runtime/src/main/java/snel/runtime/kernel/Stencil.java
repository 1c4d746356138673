package snel.runtime.kernel;

/// Adds the kernel that neurons share to the sums of their targets, channel by channel: where a
/// weight goes is computed, so that no synapse is looked at and the sums of a channel lie in the
/// nearest cache. Each sum gets its terms in the order of the spikes, as along the synapses: the
/// same bits. What [Patches] do for many spikes, for few, and for weights that change.
public final class Stencil {
  private static final int PATCH = 4;

  private final int channels;
  private final int places;
  private final int targetLine;
  private final int channelTaps;
  private final int kernelLine;
  private final int[] firstPlaces;
  private final int[] firstTaps;
  private final int[] heights;
  private final int[] widths;

  /// First place, first weight, height and width of each patch.
  private int[] noted = {};

  public Stencil(Patches.Shape shape) {
    this.channels = shape.targetChannels();
    this.places = shape.places();
    this.targetLine = shape.targetWidth();
    this.channelTaps = shape.taps();
    this.kernelLine = shape.kernelWidth();
    this.firstPlaces = new int[shape.sources()];
    this.firstTaps = new int[shape.sources()];
    this.heights = new int[shape.sources()];
    this.widths = new int[shape.sources()];
    for (int neuron = 0; neuron < shape.sources(); neuron++) {
      place(shape, neuron);
    }
  }

  private void place(Patches.Shape shape, int neuron) {
    int x = neuron % shape.sourceWidth() + shape.paddingX();
    int y = neuron / shape.sourceWidth() % shape.sourceHeight() + shape.paddingY();
    int channel = neuron / shape.pixels();
    int firstY = Math.max(0, y - shape.targetHeight() + 1);
    int firstX = Math.max(0, x - shape.targetWidth() + 1);
    int height = Math.min(shape.kernelHeight() - 1, y) - firstY + 1;
    int width = Math.min(shape.kernelWidth() - 1, x) - firstX + 1;
    if (height > 0 && width > 0) {
      firstPlaces[neuron] = (y - firstY) * targetLine + x - firstX;
      firstTaps[neuron] = (channel * shape.kernelHeight() + firstY) * kernelLine + firstX;
      heights[neuron] = height;
      widths[neuron] = width;
    }
  }

  /// Adds to the sums of all targets the weights of the synapses from each neuron `list[first ..<
  /// limit]`, in that order.
  public void add(float[] sums, float[] weights, int[] list, int first, int limit) {
    int end = note(list, first, limit);
    for (int channel = 0; channel < channels && end > 0; channel++) {
      int place = channel * places;
      int tap = channel * channelTaps;
      addChannel(sums, place, targetLine, weights, tap, kernelLine, noted, end);
    }
  }

  private int note(int[] list, int first, int limit) {
    if (noted.length < PATCH * (limit - first)) {
      noted = new int[2 * PATCH * (limit - first)];
    }
    int end = 0;
    for (int k = first; k < limit; k++) {
      int neuron = list[k];
      if (heights[neuron] > 0) {
        noted[end] = firstPlaces[neuron];
        noted[end + 1] = firstTaps[neuron];
        noted[end + 2] = heights[neuron];
        noted[end + 3] = widths[neuron];
        end += PATCH;
      }
    }
    return end;
  }

  /// The further down and right in the kernel, the further up and left lies the target.
  private static void addChannel(
      float[] sums,
      int place,
      int line,
      float[] weights,
      int tap,
      int kernelLine,
      int[] noted,
      int end) {
    for (int k = 0; k < end; k += PATCH) {
      int to = place + noted[k];
      int from = tap + noted[k + 1];
      int height = noted[k + 2];
      switch (noted[k + 3]) {
        case 2 -> {
          if (height == 2) {
            addSquare(sums, to, line, weights, from, kernelLine);
          } else {
            addTwos(sums, to, line, weights, from, kernelLine, height);
          }
        }
        case 3 -> addThrees(sums, to, line, weights, from, kernelLine, height);
        case 5 -> addFives(sums, to, line, weights, from, kernelLine, height);
        default -> addLines(sums, to, line, weights, from, kernelLine, height, noted[k + 3]);
      }
    }
  }

  private static void addSquare(
      float[] sums, int to, int line, float[] weights, int from, int kernelLine) {
    sums[to] += weights[from];
    sums[to - 1] += weights[from + 1];
    sums[to - line] += weights[from + kernelLine];
    sums[to - line - 1] += weights[from + kernelLine + 1];
  }

  private static void addTwos(
      float[] sums, int to, int line, float[] weights, int from, int kernelLine, int height) {
    for (int y = 0; y < height; y++) {
      sums[to] += weights[from];
      sums[to - 1] += weights[from + 1];
      to -= line;
      from += kernelLine;
    }
  }

  private static void addThrees(
      float[] sums, int to, int line, float[] weights, int from, int kernelLine, int height) {
    for (int y = 0; y < height; y++) {
      sums[to] += weights[from];
      sums[to - 1] += weights[from + 1];
      sums[to - 2] += weights[from + 2];
      to -= line;
      from += kernelLine;
    }
  }

  private static void addFives(
      float[] sums, int to, int line, float[] weights, int from, int kernelLine, int height) {
    for (int y = 0; y < height; y++) {
      sums[to] += weights[from];
      sums[to - 1] += weights[from + 1];
      sums[to - 2] += weights[from + 2];
      sums[to - 3] += weights[from + 3];
      sums[to - 4] += weights[from + 4];
      to -= line;
      from += kernelLine;
    }
  }

  private static void addLines(
      float[] sums,
      int to,
      int line,
      float[] weights,
      int from,
      int kernelLine,
      int height,
      int width) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        sums[to - x] += weights[from + x];
      }
      to -= line;
      from += kernelLine;
    }
  }
}
