package snel.runtime.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import snel.runtime.connect.Csr;
import snel.runtime.connect.Maps;
import snel.runtime.convert.TrainedLayer.Convolution;
import snel.runtime.data.NumberArray;

/// One layer that does what two in a row do.
final class JoinedLayers {
  private JoinedLayers() {}

  /// Empty if no layer of the same kind does it.
  static Optional<TrainedLayer> of(TrainedLayer first, TrainedLayer second) {
    if (isTransposed(first) || isTransposed(second)) {
      return Optional.empty();
    }
    if (second.convolution().isPresent()) {
      return first
          .convolution()
          .filter(_ -> first.added().isEmpty())
          .flatMap(one -> JoinedKernels.of(first, one, second, second.convolution().get()));
    }
    return first.convolution().isPresent()
        ? first.convolution().get().source().map(source -> moved(first, source, second))
        : Optional.of(full(first, second));
  }

  private static boolean isTransposed(TrainedLayer layer) {
    return layer.movement().filter(Spread.class::isInstance).isPresent();
  }

  static List<String> names(TrainedLayer first, TrainedLayer second) {
    List<String> names = new ArrayList<>(first.names());
    names.addAll(second.names());
    return names;
  }

  private static TrainedLayer full(TrainedLayer first, TrainedLayer second) {
    int inputs = first.weight().shape().length(0);
    int between = first.weight().shape().length(1);
    Product product = new Product(inputs, second);
    for (int i = 0; i < inputs; i++) {
      for (int m = 0; m < between; m++) {
        product.add(i, m, first.weight().values().real(i * between + m));
      }
    }
    first.bias().ifPresent(product::addBiases);
    return product.layer(names(first, second));
  }

  private static TrainedLayer moved(TrainedLayer first, List<Integer> source, TrainedLayer second) {
    Maps maps = maps(first, source);
    int inputs = maps.sourceChannels() * maps.sourceHeight() * maps.sourceWidth();
    int places = maps.targetHeight() * maps.targetWidth();
    double[] weight = first.weight().toDoubles();
    double[] added = first.added().orElseGet(() -> new double[weight.length]);
    double[] biases = new double[maps.targetChannels() * places];
    first.bias().ifPresent(own -> Arrays.setAll(biases, m -> own[m / places]));
    Product product = new Product(inputs, second);
    Csr synapses = maps.convolution();
    for (int i = 0; i < inputs; i++) {
      for (int s = synapses.rowStart()[i]; s < synapses.rowStart()[i + 1]; s++) {
        int target = synapses.target().get(s);
        product.add(i, target, weight[synapses.shared()[s]]);
        biases[target] += added[synapses.shared()[s]];
      }
    }
    product.addBiases(biases);
    return product.layer(names(first, second));
  }

  private static Maps maps(TrainedLayer layer, List<Integer> source) {
    Convolution convolution = layer.convolution().orElseThrow();
    Window window = convolution.window();
    int height = source.get(1);
    int width = source.get(2);
    return new Maps(
        source.get(0),
        height,
        width,
        layer.weight().shape().length(0),
        window.size(0, height),
        window.size(1, width),
        window.kernel()[0],
        window.kernel()[1],
        window.strides()[0],
        window.strides()[1],
        window.before(0, height),
        window.before(1, width),
        window.dilation()[0],
        window.dilation()[1],
        convolution.groups(),
        false);
  }

  /// What weights of a full layer make of those before it.
  private static final class Product {
    private final int inputs;
    private final int outputs;
    private final double[] behind;
    private final double[] weight;
    private final double[] bias;

    Product(int inputs, TrainedLayer second) {
      this.inputs = inputs;
      outputs = second.weight().shape().length(1);
      behind = second.weight().toDoubles();
      weight = new double[Math.multiplyExact(inputs, outputs)];
      bias = second.bias().map(double[]::clone).orElseGet(() -> new double[outputs]);
    }

    void add(int input, int between, double value) {
      for (int j = 0; j < outputs; j++) {
        weight[input * outputs + j] += value * behind[between * outputs + j];
      }
    }

    void addBiases(double[] biases) {
      for (int m = 0; m < biases.length; m++) {
        for (int j = 0; j < outputs; j++) {
          bias[j] += biases[m] * behind[m * outputs + j];
        }
      }
    }

    TrainedLayer layer(List<String> names) {
      return new TrainedLayer(
          names,
          NumberArray.of(weight, inputs, outputs),
          TrainedLayer.Layout.GRAPH,
          Optional.of(bias),
          Optional.empty(),
          Optional.empty());
    }
  }
}
