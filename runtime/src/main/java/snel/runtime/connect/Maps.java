package snel.runtime.connect;

/// Two stacks of maps, [channels, height, width], and a kernel that moves over the source: target
/// (y, x) sees source rows `y * stride - padding + ky * dilation`, ky in 0 ..< kernel height, and
/// columns likewise. A map of one dimension has height 1.
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
    int dilation) {

  /// Size of a target map along one axis.
  public static int targetSize(int source, int kernel, int stride, int padding, int dilation) {
    return Math.floorDiv(source + 2 * padding - dilation * (kernel - 1) - 1, stride) + 1;
  }

  /// Each target sees a window of all source channels through weights shared by the places of its
  /// channel; `shared` is the index of the weight in [target channel, source channel, ky, kx].
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

  private Csr build(Kind kind) {
    int sources = sourceChannels * sourceHeight * sourceWidth;
    int channels = kind == Kind.POOL ? 1 : targetChannels;
    int[] rowStart = new int[sources + 1];
    int row = 1;
    for (int channel = 0; channel < sourceChannels; channel++) {
      for (int y = 0; y < sourceHeight; y++) {
        int rows = count(y + paddingY, strideY, kernelHeight, targetHeight);
        for (int x = 0; x < sourceWidth; x++) {
          rowStart[row++] =
              Math.multiplyExact(
                  channels, rows * count(x + paddingX, strideX, kernelWidth, targetWidth));
        }
      }
    }
    int count = (int) Csr.accumulate(rowStart);
    int[] target = new int[count];
    int[] shared = new int[count];
    int place = 0;
    for (int channel = 0; channel < sourceChannels; channel++) {
      int from = kind == Kind.POOL ? channel : 0;
      for (int y = 0; y < sourceHeight; y++) {
        for (int x = 0; x < sourceWidth; x++) {
          for (int to = from; to < from + channels; to++) {
            int plane =
                switch (kind) {
                  case CONVOLUTION -> to * sourceChannels + channel;
                  case POOL -> 0;
                  case WINDOW -> channel;
                };
            place = windows(y, x, to, plane, place, target, shared);
          }
        }
      }
    }
    int targets = targetChannels * targetHeight * targetWidth;
    return new Csr(rowStart, Targets.of(target, count, targets), shared);
  }

  private int windows(int y, int x, int to, int plane, int at, int[] target, int[] shared) {
    int place = at;
    for (int ty = first(y + paddingY, strideY, kernelHeight); ty < targetHeight; ty++) {
      int ky = tap(y + paddingY, strideY, ty);
      if (ky < 0) {
        break;
      }
      if (ky % dilation != 0) {
        continue;
      }
      for (int tx = first(x + paddingX, strideX, kernelWidth); tx < targetWidth; tx++) {
        int kx = tap(x + paddingX, strideX, tx);
        if (kx < 0) {
          break;
        }
        if (kx % dilation == 0) {
          target[place] = (to * targetHeight + ty) * targetWidth + tx;
          shared[place++] = (plane * kernelHeight + ky / dilation) * kernelWidth + kx / dilation;
        }
      }
    }
    return place;
  }

  /// The first target whose window reaches a source (counted from the edge of the padding).
  private int first(int source, int stride, int kernel) {
    return Math.max(0, Math.ceilDiv(source - (kernel - 1) * dilation, stride));
  }

  /// How far into the window of a target the source lies.
  private static int tap(int source, int stride, int target) {
    return source - target * stride;
  }

  private int count(int source, int stride, int kernel, int size) {
    int count = 0;
    for (int target = first(source, stride, kernel); target < size; target++) {
      int tap = tap(source, stride, target);
      if (tap < 0) {
        break;
      }
      count += tap % dilation == 0 ? 1 : 0;
    }
    return count;
  }
}
