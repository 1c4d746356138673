package snel.runtime.convert;

import java.util.List;
import java.util.Optional;
import snel.runtime.connect.Maps;
import snel.runtime.data.NumberArray;

/// Weights of one layer as they were trained.
///
/// @param names under which a program may speak of it
/// @param weight as the file has it
/// @param layout the order of its axes where its lengths leave that open
/// @param bias one for each output, or each channel; may be left out
/// @param added what each weight of a kernel adds to the bias where it lies within the maps that it
///   moves over, and not in their margin
/// @param movement how a kernel moves, where the file tells
record TrainedLayer(
    List<String> names,
    NumberArray weight,
    Layout layout,
    Optional<double[]> bias,
    Optional<double[]> added,
    Optional<Movement> movement) {
  TrainedLayer {
    names = List.copyOf(names);
  }

  /// How one that is not transposed moves.
  Optional<Convolution> convolution() {
    return movement.filter(Convolution.class::isInstance).map(Convolution.class::cast);
  }

  String name() {
    return names.getFirst();
  }

  enum Layout {
    /// [in, out] of a full layer, [out, in, height, width] of a convolution.
    OWN,
    /// The same, beyond doubt.
    GRAPH,
    /// [out, in] and [out, in, height, width].
    PYTORCH,
    /// [in, out] and [height, width, in, out]; maps of what a full layer joins are [height, width,
    /// channels].
    KERAS;

    private static final List<String> KERAS_ENDINGS =
        List.of("kernel", "kernel:0", "/bias", "/bias:0", "/vars/0", "/vars/1");

    static Layout of(String name) {
      return name.endsWith("weight")
          ? PYTORCH
          : KERAS_ENDINGS.stream().anyMatch(name::endsWith) ? KERAS : OWN;
    }

    /// One number for each target of a full layer, in the program's order.
    double[] ordered(double[] numbers, Stack targets) {
      return this == KERAS ? targets.fromChannelsLast(numbers) : numbers;
    }
  }

  /// @param source the maps that it moves over, [channels, height, width], where the file tells
  record Convolution(Window window, int groups, Optional<List<Integer>> source)
      implements Movement {
    Convolution {
      source = source.map(List::copyOf);
    }

    @Override
    public Optional<Difference> difference(Maps maps) {
      return window
          .difference(maps)
          .map(difference ->
              new Difference(
                  difference.expected(),
                  difference.found() + OneSided.of(this, maps).remedy().orElse("")));
    }
  }
}
