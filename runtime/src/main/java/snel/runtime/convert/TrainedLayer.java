package snel.runtime.convert;

import java.util.List;
import java.util.Optional;
import snel.runtime.data.NumberArray;

/// Weights of one layer as they were trained.
///
/// @param names under which a program may speak of it
/// @param weight [in, out] of a full layer, [out, in, height, width] of a convolution
/// @param bias one for each output, or each channel; may be left out
/// @param convolution how a kernel moves, where the file tells
record TrainedLayer(
    List<String> names,
    NumberArray weight,
    Optional<double[]> bias,
    Optional<Convolution> convolution) {
  TrainedLayer {
    names = List.copyOf(names);
  }

  String name() {
    return names.getFirst();
  }

  record Convolution(Window window, int groups) {}
}
