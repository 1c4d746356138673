package snel.runtime.convert;

import java.util.List;
import java.util.Optional;
import snel.runtime.connect.Maps;

/// How a transposed kernel moves over the maps that it makes, along height and width: a source at y
/// gives to the rows from y · stride - before on.
///
/// @param before rows and columns of the margin that are cut off at the beginning
/// @param cut how many there are less, at both ends, than all that sources give to
/// @param groups of channels that see nothing of one another
/// @param source the maps that it takes, [channels, height, width], as far as they are known
record Spread(
    int[] kernel,
    int[] strides,
    int[] dilation,
    int[] before,
    int[] cut,
    int groups,
    Optional<List<Integer>> source)
    implements Movement {
  Spread {
    source = source.map(List::copyOf);
  }

  /// Places along an axis of what maps of this length give.
  int size(int axis, int length) {
    return (length - 1) * strides[axis] + dilation[axis] * (kernel[axis] - 1) + 1 - cut[axis];
  }

  @Override
  public Optional<Difference> difference(Maps maps) {
    int[] sources = {maps.sourceHeight(), maps.sourceWidth()};
    int[] targets = {maps.targetHeight(), maps.targetWidth()};
    int[] sizes = {size(0, sources[0]), size(1, sources[1])};
    int[] steps = {maps.strideY(), maps.strideX()};
    int[] spreads = {maps.dilationY(), maps.dilationX()};
    for (int axis = 0; axis < 2; axis++) {
      // Of a single place it makes no difference.
      steps[axis] = sources[axis] == 1 ? strides[axis] : steps[axis];
      spreads[axis] = kernel[axis] == 1 ? dilation[axis] : spreads[axis];
    }
    int[] kernels = {maps.kernelHeight(), maps.kernelWidth()};
    return Difference.between("kernel", kernels, kernel)
        .or(() -> Difference.between("stride", steps, strides))
        .or(() -> Difference.between("dilation", spreads, dilation))
        .or(() ->
            Difference.between("padding", new int[] {maps.paddingY(), maps.paddingX()}, before))
        .or(() -> Difference.between("size of what comes out,", targets, sizes));
  }
}
