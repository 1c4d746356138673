package snel.runtime.convert;

import java.util.List;
import java.util.Optional;
import snel.runtime.data.NumberArray;

/// Weights of one layer as they were trained.
///
/// @param names under which a program may speak of it
/// @param weight [in, out] of a full layer, [out, in, height, width] of a convolution
/// @param bias one for each output, or each channel; may be left out
/// @param window how a convolution moves
public record TrainedLayer(
    List<String> names, NumberArray weight, Optional<double[]> bias, Optional<Window> window) {
  public TrainedLayer {
    names = List.copyOf(names);
  }

  String name() {
    return names.getFirst();
  }

  /// @param strides, padding, dilation along height and width
  public record Window(int[] strides, int[] padding, int[] dilation, int groups) {}
}
