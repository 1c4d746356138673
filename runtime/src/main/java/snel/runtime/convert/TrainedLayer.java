package snel.runtime.convert;

import java.util.List;
import java.util.Optional;
import snel.runtime.data.NumberArray;

/// Weights of one layer as they were trained.
///
/// @param names under which a program may speak of it
/// @param weight as the file has it
/// @param layout the order of its axes where its lengths leave that open
/// @param bias one for each output, or each channel; may be left out
/// @param added what each weight of a kernel adds to the bias where it lies within the maps that it
///   moves over, and not in their margin
/// @param convolution how a kernel moves, where the file tells
/// @param spread how a transposed kernel does
record TrainedLayer(
    List<String> names,
    NumberArray weight,
    Layout layout,
    Optional<double[]> bias,
    Optional<double[]> added,
    Optional<Convolution> convolution,
    Optional<Spread> spread) {
  TrainedLayer {
    names = List.copyOf(names);
  }

  /// Of no transposed kernel.
  TrainedLayer(
      List<String> names,
      NumberArray weight,
      Layout layout,
      Optional<double[]> bias,
      Optional<double[]> added,
      Optional<Convolution> convolution) {
    this(names, weight, layout, bias, added, convolution, Optional.empty());
  }

  boolean isKernel() {
    return convolution.isPresent() || spread.isPresent();
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
  record Convolution(Window window, int groups, Optional<List<Integer>> source) {
    Convolution {
      source = source.map(List::copyOf);
    }
  }
}
