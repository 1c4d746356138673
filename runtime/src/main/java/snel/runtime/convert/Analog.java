package snel.runtime.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import snel.runtime.connect.Csr;
import snel.runtime.convert.Structure.Layer;
import snel.runtime.convert.Structure.Link;
import snel.runtime.convert.Structure.Weights;
import snel.runtime.convert.Structure.Wiring;

/// The network without spikes that a converted one stands for: each layer rectifies the weighted
/// sum of the layers before it, up to its ceiling.
final class Analog {
  private final Structure structure;
  private final List<List<double[]>> weights;
  private final List<double @Nullable []> biases;
  private final List<List<@Nullable Csr>> wirings = new ArrayList<>();

  /// @param weights of each link of each layer
  /// @param biases of each layer that has some
  Analog(Structure structure, List<List<double[]>> weights, List<double @Nullable []> biases) {
    this.structure = structure;
    this.weights = weights;
    this.biases = biases;
    for (Layer layer : structure.layers()) {
      List<@Nullable Csr> all = new ArrayList<>();
      layer.links().forEach(link -> all.add(listed(link.wiring())));
      wirings.add(all);
    }
  }

  private static @Nullable Csr listed(Wiring wiring) {
    return switch (wiring) {
      case Wiring.Full _, Wiring.OneToOne _ -> null;
      case Wiring.Convolution(var maps) -> maps.convolution();
      case Wiring.Pool(var maps) -> maps.pool();
    };
  }

  /// What each layer does with an input.
  ///
  /// @param rectifiesLast false to see below 0 in the last layer
  List<double[]> activities(double[] input, boolean rectifiesLast) {
    List<double[]> all = new ArrayList<>();
    for (int k = 0; k < structure.layers().size(); k++) {
      Layer layer = structure.layers().get(k);
      all.add(
          layer.isInput()
              ? input
              : activity(k, layer, all, rectifiesLast || k < structure.layers().size() - 1));
    }
    return all;
  }

  private double[] activity(int number, Layer layer, List<double[]> before, boolean rectifies) {
    double[] sum = new double[layer.size()];
    double @Nullable [] bias = biases.get(number);
    if (bias != null) {
      System.arraycopy(bias, 0, sum, 0, sum.length);
    }
    for (int n = 0; n < layer.links().size(); n++) {
      Link link = layer.links().get(n);
      double[] weight = weights.get(number).get(n);
      add(link, wirings.get(number).get(n), weight, before.get(link.source()), sum);
    }
    if (rectifies) {
      Arrays.setAll(sum, k -> Math.clamp(sum[k], 0, layer.ceiling()));
    }
    return sum;
  }

  /// What comes by one link.
  static double[] sum(Link link, double[] weight, double[] from, int targets) {
    double[] sum = new double[targets];
    add(link, listed(link.wiring()), weight, from, sum);
    return sum;
  }

  private static void add(
      Link link, @Nullable Csr wiring, double[] weight, double[] from, double[] sum) {
    if (wiring != null) {
      spread(link, wiring, weight, from, sum);
    } else if (link.wiring() instanceof Wiring.Full(Stack sources, Stack targets)) {
      full(weight, from, sum, sources.size(), targets.size());
    } else {
      for (int k = 0; k < sum.length; k++) {
        sum[k] += weight[k % weight.length] * from[k];
      }
    }
  }

  private static void full(double[] weight, double[] from, double[] sum, int sources, int targets) {
    for (int i = 0; i < sources; i++) {
      double value = from[i];
      if (value != 0) {
        for (int j = 0; j < targets; j++) {
          sum[j] += weight[i * targets + j] * value;
        }
      }
    }
  }

  /// How many sources each target divides by.
  private static int[] among(Link link, Csr wiring, int targets) {
    int[] among = new int[targets];
    if (link.weights() instanceof Weights.Average) {
      for (int s = 0; s < wiring.shared().length; s++) {
        among[wiring.target().get(s)]++;
      }
    } else {
      Arrays.fill(among, 1);
    }
    return among;
  }

  private static void spread(Link link, Csr wiring, double[] weight, double[] from, double[] sum) {
    int[] shared = wiring.shared();
    int[] among = among(link, wiring, sum.length);
    for (int i = 0; i < from.length; i++) {
      if (from[i] == 0) {
        continue;
      }
      for (int s = wiring.rowStart()[i]; s < wiring.rowStart()[i + 1]; s++) {
        int target = wiring.target().get(s);
        double value = weight[shared[s] % weight.length] * from[i] / among[target];
        sum[target] = link.maximum() ? Math.max(sum[target], value) : sum[target] + value;
      }
    }
  }
}
