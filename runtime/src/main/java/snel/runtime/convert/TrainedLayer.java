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
/// @param convolution how a kernel moves, where the file tells
record TrainedLayer(
    List<String> names,
    NumberArray weight,
    Layout layout,
    Optional<double[]> bias,
    Optional<Convolution> convolution) {
  TrainedLayer {
    names = List.copyOf(names);
  }

  String name() {
    return names.getFirst();
  }

  enum Layout {
    /// [in, out] of a full layer, [out, in, height, width] of a convolution.
    OWN,
    /// [out, in] and [out, in, height, width].
    PYTORCH,
    /// [in, out] and [height, width, in, out].
    KERAS;

    static Layout of(String name) {
      return name.endsWith("weight")
          ? PYTORCH
          : name.endsWith("kernel") || name.endsWith("kernel:0") ? KERAS : OWN;
    }
  }

  record Convolution(Window window, int groups) {}
}
