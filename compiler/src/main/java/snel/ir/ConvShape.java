package snel.ir;

import java.util.List;

/// Geometry of `conv`, `pool` and `window` on [channels, height, width] maps (a 1-D map has height
/// 1): target (y, x) sees source rows `y * stride - padding + ky * dilation`.
///
/// @param groups that channels are dealt into, of a `conv`: each target sees those of its own
/// @param transposed the kernel moves over the target: source (y, x) gives to target rows `y *
///   stride - padding + ky * dilation`
public record ConvShape(
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
  /// Source channels that a target sees.
  public int sourcesOfGroup() {
    return sourceChannels / groups;
  }

  /// Target channels that a source gives to.
  public int targetsOfGroup() {
    return targetChannels / groups;
  }

  /// Weights of a shared kernel: [target channels, source channels of a group, height, width], or
  /// transposed [source channels, target channels of a group, height, width].
  public List<Integer> weights() {
    return transposed
        ? List.of(sourceChannels, targetsOfGroup(), kernelHeight, kernelWidth)
        : List.of(targetChannels, sourcesOfGroup(), kernelHeight, kernelWidth);
  }

  /// Whether every target sees all source channels, as its kernel moves over them.
  public boolean isPlain() {
    return groups == 1 && !transposed;
  }

  /// Pairs of a place of the source and one of the target that an element of the kernel joins: at
  /// the borders of a padded map some of its elements lie outside.
  public long places() {
    int[] still = transposed ? new int[] {sourceHeight, sourceWidth} : target();
    int[] moved = transposed ? target() : new int[] {sourceHeight, sourceWidth};
    return within(still[0], strideY, paddingY, kernelHeight, dilationY, moved[0])
        * within(still[1], strideX, paddingX, kernelWidth, dilationX, moved[1]);
  }

  private int[] target() {
    return new int[] {targetHeight, targetWidth};
  }

  private static long within(
      int places, int stride, int padding, int kernel, int dilation, int length) {
    long count = 0;
    for (int place = 0; place < places; place++) {
      for (int k = 0; k < kernel; k++) {
        int at = place * stride - padding + k * dilation;
        count += at >= 0 && at < length ? 1 : 0;
      }
    }
    return count;
  }
}
