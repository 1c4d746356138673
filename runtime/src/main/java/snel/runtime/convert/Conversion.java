package snel.runtime.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import snel.runtime.convert.Filled.At;
import snel.runtime.convert.Structure.Layer;
import snel.runtime.convert.Structure.Link;
import snel.runtime.convert.Structure.Store;
import snel.runtime.convert.Structure.Weights;
import snel.runtime.convert.TrainedLayer.Layout;
import snel.runtime.data.ArrayFile;
import snel.runtime.data.DataFile;
import snel.runtime.data.DataProblem;
import snel.runtime.data.Hdf5;
import snel.runtime.data.Npz;
import snel.runtime.data.NumberArray;
import snel.runtime.data.Onnx;
import snel.runtime.data.OnnxGraph;
import snel.runtime.data.Safetensors;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.schedule.Cells;
import snel.runtime.schedule.Filling;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.NetworkView;

/// Fills the weights of a network from a network of another kind, and scales them.
///
/// @param map names in the file and what they fill: a projection or a state; empty if names or
///   order say so
/// @param normalised which layers' input was normalised
/// @param isOwn whether `save` wrote the file
/// @param peak spikes a step that an input of 1 makes
public record Conversion(
    Format format,
    List<Match> map,
    List<Norm> normalised,
    boolean isOwn,
    Scaling scaling,
    double peak,
    Structure structure) {
  public Conversion {
    map = List.copyOf(map);
    normalised = List.copyOf(normalised);
  }

  /// What the file is.
  public enum Format {
    ONNX,
    NPZ,
    HDF5,
    SAFETENSORS
  }

  public record Match(String name, String target) {}

  /// @param epsilon what is added to the variance, where the program says
  public record Norm(String name, String population, OptionalDouble epsilon) {}

  /// @param samples inputs to scale by
  public void apply(Machine machine, DataFile file, List<double[]> samples) {
    Trained trained = read(file);
    trained.overlooked.forEach(sentence -> machine.host().notice(machine.spot() + ": " + sentence));
    Structure bounded = structure.upTo(trained.ceilings);
    double[] scales =
        Scaling.scales(scaling, 1 / peak, bounded, trained.weights, trained.biases, samples);
    write(machine, trained, scales);
  }

  /// @param weights of each link of each layer, in the order of the network's
  /// @param biases of each layer that takes some
  /// @param ceilings the most that the values of each layer come to
  /// @param overlooked what the file has besides for these layers, in sentences
  record Trained(
      List<List<double[]>> weights,
      List<double @Nullable []> biases,
      double[] ceilings,
      List<String> overlooked) {}

  /// What the file has for the network.
  Trained read(DataFile file) {
    return switch (format) {
      case ONNX -> read(file.name(), Onnx.read(file));
      case NPZ -> read(file.name(), Npz.read(file));
      case HDF5 -> read(file.name(), Hdf5.read(file));
      case SAFETENSORS -> read(file.name(), Safetensors.read(file));
    };
  }

  Trained read(String file, OnnxGraph graph) {
    Filled filled = new Filled(Set.of());
    double[] ceilings =
        new GraphFilling(file, structure, map).fill(OnnxLayers.of(file, graph), filled);
    return trained(file, filled, ceilings, List.of());
  }

  private Trained read(String file, ArrayFile arrays) {
    Filled filled =
        new Filled(
            map.stream()
                .flatMap(match -> biased(match).stream())
                .map(Layer::population)
                .collect(Collectors.toSet()));
    List<String> overlooked = arrays(new NamedArrays(file, arrays), filled);
    double[] none = new double[structure.layers().size()];
    Arrays.fill(none, Double.POSITIVE_INFINITY);
    return trained(file, filled, none, overlooked);
  }

  private List<String> arrays(NamedArrays arrays, Filled filled) {
    if (map.isEmpty()) {
      for (Layer layer : structure.layers()) {
        for (Link link : layer.links()) {
          if (link.weights() instanceof Weights.Stored(Store store)) {
            filled.take(arrays.file(), arrays.saved(store.path()), new At(layer, link));
          }
        }
      }
    }
    map.forEach(match -> named(match, arrays, filled));
    structure.layers().stream()
        .filter(layer -> map.isEmpty() || isOwn && filled.reaches(layer))
        .forEach(layer -> own(layer, arrays, filled));
    normalised.forEach(norm -> fold(norm, arrays, filled));
    return map.isEmpty()
        ? List.of()
        : Overlooked.told(
            arrays, structure.layers(), filled, map.stream().map(Match::name).toList());
  }

  private void named(Match match, NamedArrays arrays, Filled filled) {
    Optional<At> place = structure.link(match.target);
    if (place.isPresent()) {
      filled.take(arrays.file(), arrays.layer(match.name), place.get());
      return;
    }
    Layer layer =
        biased(match)
            .orElseThrow(() ->
                new DataProblem(
                    ProblemKind.OTHER_WEIGHTS,
                    "`" + match.target + "` of `map:` is neither a projection nor a bias"));
    NumberArray array = arrays.array(match.name).orElseThrow(() -> arrays.missing(match.name));
    filled.bias(arrays.file(), array.toDoubles(), Layout.of(match.name), layer);
  }

  /// The layer whose biases are named.
  private Optional<Layer> biased(Match match) {
    return structure.layers().stream()
        .filter(layer -> layer.bias().filter(bias -> bias.path().equals(match.target)).isPresent())
        .findFirst();
  }

  /// What `save` writes of a population.
  private void own(Layer layer, NamedArrays arrays, Filled filled) {
    if (map.stream().noneMatch(match -> biased(match).equals(Optional.of(layer)))) {
      layer
          .bias()
          .flatMap(bias -> arrays.array(bias.path()))
          .ifPresent(bias -> filled.bias(arrays.file(), bias.toDoubles(), Layout.OWN, layer));
    }
    if (normalised.stream().noneMatch(norm -> norm.population.equals(layer.population()))) {
      arrays
          .norm(layer.population(), OptionalDouble.empty())
          .ifPresent(norm -> filled.fold(norm, layer));
    }
  }

  private void fold(Norm norm, NamedArrays arrays, Filled filled) {
    Layer layer =
        structure.layers().stream()
            .filter(known -> known.population().equals(norm.population))
            .findFirst()
            .orElseThrow(() ->
                new DataProblem(
                    ProblemKind.OTHER_WEIGHTS,
                    "`" + norm.population + "` of `normalised:` is no layer"));
    filled.fold(
        arrays.norm(norm.name, norm.epsilon).orElseThrow(() -> arrays.missing(norm.name)), layer);
  }

  private Trained trained(String file, Filled filled, double[] ceilings, List<String> overlooked) {
    List<List<double[]>> weights = new ArrayList<>();
    List<double @Nullable []> biases = new ArrayList<>();
    for (Layer layer : structure.layers()) {
      List<double[]> own = new ArrayList<>();
      for (Link link : layer.links()) {
        own.add(
            switch (link.weights()) {
              case Weights.Constant(double value, _) -> new double[] {value};
              case Weights.Average _ -> new double[] {1};
              case Weights.Stored _ ->
                  filled
                      .weights(link)
                      .orElseThrow(() ->
                          new DataProblem(
                              ProblemKind.OTHER_WEIGHTS,
                              file
                                  + ": `map:` names nothing that fills `"
                                  + link.projection()
                                  + "`; add `(\"NAME\", "
                                  + link.projection()
                                  + ")`"));
            });
      }
      weights.add(own);
      biases.add(biases(layer, filled));
    }
    return new Trained(weights, biases, ceilings, overlooked);
  }

  /// A layer behind the input to which nobody gave a bias has been trained without.
  private static double @Nullable [] biases(Layer layer, Filled filled) {
    double @Nullable [] stored = filled.biases(layer);
    return stored == null && layer.bias().isPresent() && !layer.isInput()
        ? new double[layer.size()]
        : stored;
  }

  private void write(Machine machine, Trained trained, double[] scales) {
    for (int k = 0; k < scales.length; k++) {
      Layer layer = structure.layers().get(k);
      for (int n = 0; n < layer.links().size(); n++) {
        Link link = layer.links().get(n);
        double[] weights = trained.weights.get(k).get(n);
        double scale = scales[link.source()] / scales[k];
        switch (link.weights()) {
          case Weights.Stored(Store store) -> store(machine, store, weights, scale);
          case Weights.Constant(double value, Optional<Store> kept) ->
              kept.ifPresent(store -> store(machine, store, same(value, link), scale));
          case Weights.Average _ -> {}
        }
      }
      double @Nullable [] bias = trained.biases.get(k);
      if (bias != null && layer.bias().isPresent()) {
        store(machine, layer.bias().get(), bias, 1 / scales[k]);
      }
    }
  }

  private static double[] same(double value, Link link) {
    double[] all = new double[link.wiring().weights()];
    Arrays.fill(all, value);
    return all;
  }

  private static void store(Machine machine, Store store, double[] values, double scale) {
    NetworkView.Variable variable = machine.view().variable(store.path());
    if (Cells.length(variable.array()) != values.length) {
      throw new IllegalStateException(
          store.path()
              + " has room for "
              + Cells.length(variable.array())
              + ", not "
              + values.length);
    }
    double[] stored = new double[values.length];
    Arrays.setAll(stored, k -> values[k] * scale * store.perStep());
    Filling.fill(machine, variable, IntStream.range(0, stored.length).toArray(), stored);
  }
}
