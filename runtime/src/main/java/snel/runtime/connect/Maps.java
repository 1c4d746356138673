package snel.runtime.connect;

/// Two stacks of maps, [channels, height, width], and a kernel that moves over the source: target
/// (y, x) sees source rows `y * stride - padding + ky * dilation`, ky in 0 ..< kernel height, and
/// columns likewise. A map of one dimension has height 1.
///
/// @param groups channels are dealt into, of a convolution: each target sees those of its own
/// @param transposed the kernel moves over the target: source (y, x) gives to target rows `y *
///   stride - padding + ky * dilation`
public record Maps(
    int sourceChannels,
    int sourceHeight,
    int sourceWidth,
    int targetChannels,
    int targetHeight,
    int targetWidth,
    int kernelHeight,
    int kernelWidth,
    int strideY,
    int strideX,
    int paddingY,
    int paddingX,
    int dilationY,
    int dilationX,
    int groups,
    boolean transposed) {

  /// Size of a target map along one axis.
  public static int targetSize(int source, int kernel, int stride, int padding, int dilation) {
    return Math.floorDiv(source + 2 * padding - dilation * (kernel - 1) - 1, stride) + 1;
  }

  /// Each target sees a window of all source channels of its group through weights shared by the
  /// places of its channel; `shared` is the index of the weight in [target channel, source channel
  /// of the group, ky, kx], or transposed in [source channel, target channel of the group, ky, kx].
  public Csr convolution() {
    return build(Kind.CONVOLUTION);
  }

  /// Each target sees a window of the channel of its own number; `shared` is ky * width + kx.
  public Csr pool() {
    if (sourceChannels != targetChannels) {
      throw new IllegalArgumentException(
          "pool from " + sourceChannels + " to " + targetChannels + " channels");
    }
    return build(Kind.POOL);
  }

  /// Each target sees a window of all source channels, each through its own weight; `shared` is the
  /// place in the window, [source channel, ky, kx].
  public Csr window() {
    return build(Kind.WINDOW);
  }

  private enum Kind {
    CONVOLUTION,
    POOL,
    WINDOW
  }

  /// Along one axis: how many synapses a source has, and which target and place of the kernel each.
  private record Taps(int[] first, int[] target, int[] tap) {
    int count(int source) {
      return first[source + 1] - first[source];
    }

    static Taps of(
        int sources, int targets, int kernel, int stride, int padding, int dilation, boolean up) {
      int[] first = new int[sources + 1];
      int[] target = new int[sources * kernel];
      int[] tap = new int[sources * kernel];
      int n = 0;
      for (int source = 0; source < sources; source++) {
        for (int k = 0; k < kernel; k++) {
          int at = up ? k : kernel - 1 - k; // so that targets rise
          int far = at * dilation - padding;
          int to = up ? source * stride + far : Math.floorDiv(source - far, stride);
          boolean meets = up || to * stride + far == source;
          if (meets && to >= 0 && to < targets) {
            target[n] = to;
            tap[n++] = at;
          }
        }
        first[source + 1] = n;
      }
      return new Taps(first, target, tap);
    }
  }

  private Csr build(Kind kind) {
    Taps down =
        Taps.of(sourceHeight, targetHeight, kernelHeight, strideY, paddingY, dilationY, transposed);
    Taps right =
        Taps.of(sourceWidth, targetWidth, kernelWidth, strideX, paddingX, dilationX, transposed);
    int sources = sourceChannels * sourceHeight * sourceWidth;
    int channels = kind == Kind.POOL ? 1 : targetChannels / groups;
    int[] rowStart = new int[sources + 1];
    int row = 1;
    for (int channel = 0; channel < sourceChannels; channel++) {
      for (int y = 0; y < sourceHeight; y++) {
        for (int x = 0; x < sourceWidth; x++) {
          rowStart[row++] = Math.multiplyExact(channels, down.count(y) * right.count(x));
        }
      }
    }
    int count = (int) Csr.accumulate(rowStart);
    int[] target = new int[count];
    int[] shared = new int[count];
    int place = 0;
    int each = sourceChannels / groups;
    for (int channel = 0; channel < sourceChannels; channel++) {
      int from = kind == Kind.POOL ? channel : channel / each * channels;
      for (int y = 0; y < sourceHeight; y++) {
        for (int x = 0; x < sourceWidth; x++) {
          for (int to = from; to < from + channels; to++) {
            int plane =
                switch (kind) {
                  case CONVOLUTION ->
                      transposed ? channel * channels + to - from : to * each + channel % each;
                  case POOL -> 0;
                  case WINDOW -> channel;
                };
            for (int a = down.first[y]; a < down.first[y + 1]; a++) {
              for (int b = right.first[x]; b < right.first[x + 1]; b++) {
                target[place] =
                    (to * targetHeight + down.target[a]) * targetWidth + right.target[b];
                shared[place++] = (plane * kernelHeight + down.tap[a]) * kernelWidth + right.tap[b];
              }
            }
          }
        }
      }
    }
    int targets = targetChannels * targetHeight * targetWidth;
    return new Csr(rowStart, Targets.of(target, count, targets), shared);
  }
}
