package snel.runtime.convert;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import snel.runtime.convert.Structure.Layer;
import snel.runtime.convert.Structure.Link;
import snel.runtime.convert.TrainedLayer.Layout;
import snel.runtime.data.DataProblem;
import snel.runtime.kernel.ProblemKind;

/// What a file has for a network: weights by projection, biases by population.
final class Filled {
  private final Map<String, double[]> weights = new LinkedHashMap<>();
  private final Map<String, double[]> biases = new LinkedHashMap<>();
  private final Set<String> biasedByName;
  private final Set<String> normalised = new HashSet<>();

  /// @param biasedByName populations whose biases the program names, in place of those that come
  ///   with weights
  Filled(Set<String> biasedByName) {
    this.biasedByName = Set.copyOf(biasedByName);
  }

  /// A place for the weights of a trained layer.
  record At(Layer layer, Link link) {}

  Optional<double[]> weights(Link link) {
    return Optional.ofNullable(weights.get(link.projection()));
  }

  double @Nullable [] biases(Layer layer) {
    return biases.get(layer.population());
  }

  /// Whether weights from the file lead to a layer.
  boolean reaches(Layer layer) {
    return layer.links().stream().anyMatch(link -> weights(link).isPresent());
  }

  boolean hasBiases(Layer layer) {
    return biasedByName.contains(layer.population()) || biases(layer) != null;
  }

  boolean isNormalised(Layer layer) {
    return normalised.contains(layer.population());
  }

  void take(String file, TrainedLayer own, At at) {
    TrainedLayer trained = Fitting.widened(own, at.link.wiring());
    String place = file + ", `" + trained.name() + "` for `" + at.link.projection() + "`";
    double[] all = Fitting.weights(place, trained, at.link.wiring());
    Fitting.requireFinite(place, all);
    weights.put(at.link.projection(), all);
    if (!biasedByName.contains(at.layer.population())) {
      trained.bias().ifPresent(bias -> bias(place, bias, trained.layout(), at.layer));
      Fitting.added(trained, at.link.wiring())
          .ifPresent(bias -> bias(place, bias, trained.layout(), at.layer));
    }
  }

  /// Biases that are added to those from other links.
  void bias(String place, double[] bias, Layout layout, Layer layer) {
    if (layer.bias().isEmpty()) {
      for (double each : bias) {
        if (each != 0) {
          throw new DataProblem(
              ProblemKind.OTHER_WEIGHTS,
              place + " has biases, but `" + layer.population() + "` has no `plastic state bias`");
        }
      }
      return;
    }
    double[] more = Fitting.bias(place, bias, layout, layer);
    Fitting.requireFinite(place, more);
    double[] sum = biases.getOrDefault(layer.population(), new double[layer.size()]);
    for (int k = 0; k < sum.length; k++) {
      sum[k] += more[k];
    }
    biases.put(layer.population(), sum);
  }

  /// What comes to the layer is normalised by its weights and biases.
  void fold(BatchNorm norm, Layer layer) {
    for (Link link : layer.links()) {
      double[] own = weights.get(link.projection());
      if (own == null) {
        throw new DataProblem(
            ProblemKind.OTHER_WEIGHTS,
            norm.place()
                + ": the weights of `"
                + link.projection()
                + "` are not those of the file");
      }
      norm.scale(own, link.wiring());
    }
    double[] before = biases.getOrDefault(layer.population(), new double[layer.size()]);
    biases.remove(layer.population());
    bias(norm.place(), norm.biases(before, layer), Layout.OWN, layer);
    normalised.add(layer.population());
  }
}
