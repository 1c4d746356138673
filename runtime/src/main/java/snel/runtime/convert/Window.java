package snel.runtime.convert;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import snel.runtime.connect.Maps;

/// How a trained kernel moves over maps, along height and width.
record Window(int[] kernel, int[] strides, Margin margin, int[] dilation) {

  /// What hinders that maps of the program are these.
  Optional<Difference> difference(Maps maps) {
    int[] sources = {maps.sourceHeight(), maps.sourceWidth()};
    int[] targets = {maps.targetHeight(), maps.targetWidth()};
    int[] kernels = {maps.kernelHeight(), maps.kernelWidth()};
    int[] steps = {maps.strideY(), maps.strideX()};
    int[] paddings = {maps.paddingY(), maps.paddingX()};
    int[] spreads = {maps.dilationY(), maps.dilationX()};
    if (!Arrays.equals(kernel, kernels)) {
      return Difference.between("kernel", kernels, kernel);
    }
    int[] before = new int[2];
    int[] sizes = new int[2];
    for (int axis = 0; axis < 2; axis++) {
      if (targets[axis] > 1 && strides[axis] != steps[axis]) {
        return Difference.between("stride", steps, strides);
      }
      if (kernel[axis] > 1 && dilation[axis] != spreads[axis]) {
        return Difference.between("dilation", spreads, dilation);
      }
      before[axis] = before(axis, sources[axis]);
      sizes[axis] = size(axis, sources[axis]);
    }
    return Difference.between("padding", paddings, before)
        .or(() -> Difference.between("size of what comes out,", targets, sizes));
  }

  /// Maps that a program does not have where a trained network does.
  ///
  /// @param source [channels, height, width], as far as they are known
  static Optional<Difference> otherSource(Maps maps, List<Integer> source) {
    List<Integer> own = List.of(maps.sourceChannels(), maps.sourceHeight(), maps.sourceWidth());
    return GraphShape.mayBe(own, source)
        ? Optional.empty()
        : Optional.of(
            new Difference(
                "maps [channels, height, width] of shape " + own,
                GraphShape.of(source).toString()));
  }

  /// Places of the margin before the first of a map.
  int before(int axis, int source) {
    return sides(axis, source).before();
  }

  /// Places of the margin behind the last of a map.
  int after(int axis, int source) {
    return sides(axis, source).after();
  }

  private Margin.Sides sides(int axis, int source) {
    return margin.along(axis, source, reach(axis), strides[axis]);
  }

  private int reach(int axis) {
    return dilation[axis] * (kernel[axis] - 1) + 1;
  }

  /// How far the kernel can move.
  private int room(int axis, int source) {
    Margin.Sides sides = sides(axis, source);
    return source + sides.before() + sides.after() - reach(axis);
  }

  /// Places along an axis of maps of this length.
  int size(int axis, int source) {
    return Math.floorDiv(room(axis, source), strides[axis]) + 1;
  }

  /// The same with a last place also where it lies beyond the margin in part.
  Window roundedUp() {
    return new Window(kernel, strides, new Margin.RoundedUp(margin), dilation);
  }

  /// Whether the margin that was given is none.
  boolean isUnpadded() {
    return (margin instanceof Margin.RoundedUp(Margin given) ? given : margin).isNone();
  }

  /// Whether the last place reaches beyond the margin that was given.
  boolean reachesBeyond(int axis, int source) {
    return margin instanceof Margin.RoundedUp(Margin given)
        && given.along(axis, source, reach(axis), strides[axis]).after() < after(axis, source);
  }

  /// Whether at some place the kernel sees the margin.
  boolean seesMargin(int axis, int source) {
    int before = before(axis, source);
    int last = (size(axis, source) - 1) * strides[axis] - before + reach(axis);
    return before > 0 || last > source;
  }
}
