package snel.runtime.convert;

import java.util.Arrays;
import java.util.Optional;
import snel.runtime.connect.Maps;
import snel.runtime.convert.TrainedLayer.Convolution;
import snel.runtime.data.NumberArray;

/// Kernels with more padding on one side than on the other. A program pads both sides alike, so it
/// has a larger kernel there, whose first or last places stay 0.
record OneSided(Window window, int[] sources) {
  private static final int AXES = 2;

  static OneSided of(Convolution trained, Maps maps) {
    return new OneSided(trained.window(), new int[] {maps.sourceHeight(), maps.sourceWidth()});
  }

  /// Whether with the padding before the first place on both sides other maps would come out.
  private boolean isOneSided(int axis) {
    int alike =
        Maps.targetSize(
            sources[axis],
            window.kernel()[axis],
            window.strides()[axis],
            window.before(axis, sources[axis]),
            window.dilation()[axis]);
    return alike != window.size(axis, sources[axis]);
  }

  private int missing(int axis, int padding, int side) {
    return (padding - side) / window.dilation()[axis];
  }

  private int padding(int axis) {
    return Math.max(window.before(axis, sources[axis]), window.after(axis, sources[axis]));
  }

  /// What a program writes.
  Optional<String> remedy() {
    int[] kernel = window.kernel().clone();
    int[] padding = new int[AXES];
    boolean isAny = false;
    for (int axis = 0; axis < AXES; axis++) {
      int before = window.before(axis, sources[axis]);
      int after = window.after(axis, sources[axis]);
      padding[axis] = before;
      if (isOneSided(axis)) {
        if ((before - after) % window.dilation()[axis] != 0) {
          return Optional.empty();
        }
        isAny = true;
        padding[axis] = padding(axis);
        kernel[axis] += missing(axis, padding[axis], before) + missing(axis, padding[axis], after);
      }
    }
    return isAny
        ? Optional.of(
            "; the kernel %s with `padding: %s`, whose further places stay 0, does the same"
                .formatted(Arrays.toString(kernel), Arrays.toString(padding)))
        : Optional.empty();
  }

  /// The layer with the larger kernel of the program, if it has one; else as it is.
  TrainedLayer widened(TrainedLayer layer, Maps maps) {
    int[] kernel = {maps.kernelHeight(), maps.kernelWidth()};
    int[] padding = {maps.paddingY(), maps.paddingX()};
    int[] first = new int[AXES];
    int[] lengths = layer.weight().shape().lengths().stream().mapToInt(k -> k).toArray();
    for (int axis = 0; axis < AXES; axis++) {
      int before = window.before(axis, sources[axis]);
      first[axis] = missing(axis, padding[axis], before);
      boolean isSame = kernel[axis] == lengths[axis + 2] && padding[axis] == before;
      boolean isWider =
          isOneSided(axis)
              && first[axis] * window.dilation()[axis] == padding[axis] - before
              && first[axis] >= 0
              && first[axis] + lengths[axis + 2] <= kernel[axis];
      if (!isSame && !isWider) {
        return layer;
      }
    }
    if (Arrays.equals(kernel, window.kernel())) {
      return layer;
    }
    int[] wide = {lengths[0], lengths[1], kernel[0], kernel[1]};
    int[] behind = new int[AXES];
    for (int axis = 0; axis < AXES; axis++) {
      int last = first[axis] + lengths[axis + 2];
      behind[axis] =
          Math.max(
              0,
              window.after(axis, sources[axis]) + (kernel[axis] - last) * window.dilation()[axis]);
    }
    Convolution trained = layer.convolution().orElseThrow();
    Window widened =
        new Window(kernel, window.strides(), new Margin.Fixed(padding, behind), window.dilation());
    return new TrainedLayer(
        layer.names(),
        NumberArray.of(widened(layer.weight().toDoubles(), lengths, wide, first), wide),
        layer.layout(),
        layer.bias(),
        layer.added().map(added -> widened(added, lengths, wide, first)),
        Optional.of(new Convolution(widened, trained.groups(), trained.source())));
  }

  private static double[] widened(double[] numbers, int[] from, int[] to, int[] first) {
    double[] all = new double[Arrays.stream(to).reduce(1, Math::multiplyExact)];
    for (int k = 0; k < numbers.length; k++) {
      int column = k % from[3];
      int row = k / from[3] % from[2];
      int plane = k / (from[3] * from[2]);
      all[(plane * to[2] + row + first[0]) * to[3] + column + first[1]] = numbers[k];
    }
    return all;
  }
}
