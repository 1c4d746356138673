package snel.runtime.convert;

import java.util.Arrays;
import snel.runtime.connect.Maps;
import snel.runtime.convert.Structure.Layer;
import snel.runtime.convert.Structure.Wiring;
import snel.runtime.convert.TrainedLayer.Layout;
import snel.runtime.data.DataProblem;
import snel.runtime.kernel.ProblemKind;

/// Batch normalisation of what comes to a layer, as it was trained: y = factor x + shift for each
/// output, or each channel.
record BatchNorm(String place, Layout layout, double[] factor, double[] shift) {
  /// @param place names it in a problem
  /// @param added to the variance
  static BatchNorm of(
      String place,
      Layout layout,
      double[] gain,
      double[] shift,
      double[] mean,
      double[] variance,
      double[] added) {
    int size = gain.length;
    if (shift.length != size
        || mean.length != size
        || variance.length != size
        || added.length != size) {
      throw new DataProblem(
          ProblemKind.OTHER_WEIGHTS, place + ": gain, shift, mean and variance differ in length");
    }
    double[] factor = new double[size];
    Arrays.setAll(factor, k -> gain[k] / Math.sqrt(variance[k] + added[k]));
    double[] rest = new double[size];
    Arrays.setAll(rest, k -> shift[k] - mean[k] * factor[k]);
    return new BatchNorm(place, layout, factor, rest);
  }

  /// Multiplies the weights of a link.
  void scale(double[] weights, Wiring wiring) {
    switch (wiring) {
      case Wiring.Full(Stack _, Stack targets) -> {
        agree(targets.size());
        double[] factors = layout.ordered(factor, targets);
        Arrays.setAll(weights, k -> weights[k] * factors[k % factors.length]);
      }
      case Wiring.OneToOne(int size) -> {
        agree(size);
        Arrays.setAll(weights, k -> weights[k] * factor[k]);
      }
      case Wiring.Convolution(Maps maps) -> {
        ofMaps(maps);
        agree(maps.targetChannels());
        Arrays.setAll(weights, k -> weights[k] * factor[channel(k, maps)]);
      }
      case Wiring.Pool _ ->
          throw new DataProblem(
              ProblemKind.OTHER_WEIGHTS, place + ": what comes by a `pool` cannot be normalised");
    }
  }

  /// Which target channel a weight leads to.
  private static int channel(int weight, Maps maps) {
    int places = maps.kernelHeight() * maps.kernelWidth();
    if (!maps.transposed()) {
      return weight / (places * (maps.sourceChannels() / maps.groups()));
    }
    int targets = maps.targetChannels() / maps.groups();
    int source = weight / (places * targets);
    int group = source / (maps.sourceChannels() / maps.groups());
    return group * targets + weight / places % targets;
  }

  /// Kernels have one factor for each map.
  private void ofMaps(Maps maps) {
    int places = maps.targetHeight() * maps.targetWidth();
    if (places > 1 && factor.length == maps.targetChannels() * places) {
      throw DataProblem.found(
          ProblemKind.OTHER_WEIGHTS,
          place,
          "a normalisation of each map, which a kernel can take in",
          "one of each neuron (train a population of `MapNormalised` for each map)");
    }
  }

  private void agree(int size) {
    if (factor.length != size) {
      throw DataProblem.found(
          ProblemKind.OTHER_WEIGHTS,
          place,
          "a normalisation of " + size + " outputs",
          factor.length + "");
    }
  }

  /// Biases in place of those that a layer had before.
  double[] biases(double[] before, Layer layer) {
    double[] shifts = Fitting.bias(place, shift, layout, layer);
    double[] factors = Fitting.bias(place, factor, layout, layer);
    double[] after = new double[before.length];
    Arrays.setAll(after, k -> before[k] * factors[k] + shifts[k]);
    return after;
  }
}
