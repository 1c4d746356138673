package snel.runtime.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
/// @param peak spikes a step that an input of 1 makes
public record Conversion(
    Format format, List<Match> map, Scaling scaling, double peak, Structure structure) {
  public Conversion {
    map = List.copyOf(map);
  }

  /// What the file is.
  public enum Format {
    ONNX,
    NPZ,
    HDF5,
    SAFETENSORS
  }

  public record Match(String name, String target) {}

  /// @param samples inputs to scale by
  public void apply(Machine machine, DataFile file, List<double[]> samples) {
    Trained trained = read(file);
    double[] scales =
        Scaling.scales(scaling, 1 / peak, structure, trained.weights, trained.biases, samples);
    write(machine, trained, scales);
  }

  /// @param weights of each link of each layer, in the order of the network's
  /// @param biases of each layer that takes some
  record Trained(List<List<double[]>> weights, List<double @Nullable []> biases) {}

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
    Filled filled = new Filled();
    graph(file, OnnxLayers.of(file, graph), filled);
    return trained(file, filled);
  }

  private Trained read(String file, ArrayFile arrays) {
    Filled filled = new Filled();
    arrays(new NamedArrays(file, arrays), filled);
    return trained(file, filled);
  }

  /// Weights by projection, biases by population.
  private static final class Filled {
    final Map<String, double[]> weights = new LinkedHashMap<>();
    final Map<String, double[]> biases = new LinkedHashMap<>();

    /// The number of the trained layer by the projection.
    final Map<String, Integer> layers = new LinkedHashMap<>();
  }

  private record At(Layer layer, Link link) {}

  private Optional<At> link(String projection) {
    for (Layer layer : structure.layers()) {
      for (Link link : layer.links()) {
        if (link.projection().equals(projection)) {
          return Optional.of(new At(layer, link));
        }
      }
    }
    return Optional.empty();
  }

  private void graph(String file, OnnxLayers.Found found, Filled filled) {
    List<TrainedLayer> layers = found.layers();
    if (map.isEmpty()) {
      List<At> places = new ArrayList<>();
      for (Layer layer : structure.layers()) {
        layer.links().stream()
            .filter(link -> link.weights() instanceof Weights.Stored)
            .forEach(link -> places.add(new At(layer, link)));
      }
      if (places.size() != layers.size()) {
        throw DataProblem.found(
            ProblemKind.OTHER_WEIGHTS,
            file,
            places.size() + " layers with weights, or `map:`",
            layers.size() + " layers");
      }
      for (int k = 0; k < layers.size(); k++) {
        filled.layers.put(places.get(k).link.projection(), k);
        fill(file, layers.get(k), places.get(k), filled);
      }
      Correspondence.require(file, structure, found, filled.layers);
      return;
    }
    List<TrainedLayer> left = new ArrayList<>(layers);
    for (Match match : map) {
      TrainedLayer layer =
          layers.stream()
              .filter(l -> l.names().contains(match.name))
              .findFirst()
              .orElseThrow(() ->
                  DataProblem.found(
                      ProblemKind.OTHER_WEIGHTS,
                      file,
                      "a layer \"" + match.name + "\"",
                      String.join(", ", layers.stream().map(TrainedLayer::name).toList())));
      left.remove(layer);
      At place =
          link(match.target)
              .orElseThrow(() ->
                  new DataProblem(
                      ProblemKind.OTHER_WEIGHTS,
                      "`" + match.target + "` of `map:` is no projection between layers"));
      filled.layers.put(match.target, layers.indexOf(layer));
      fill(file, layer, place, filled);
    }
    if (!left.isEmpty()) {
      throw new DataProblem(
          ProblemKind.OTHER_WEIGHTS,
          file
              + ": `map:` says of no projection that it takes "
              + String.join(", ", left.stream().map(TrainedLayer::name).toList()));
    }
    Correspondence.require(file, structure, found, filled.layers);
  }

  private void arrays(NamedArrays arrays, Filled filled) {
    if (map.isEmpty()) {
      for (Layer layer : structure.layers()) {
        for (Link link : layer.links()) {
          if (link.weights() instanceof Weights.Stored(Store store)) {
            fill(arrays.file(), arrays.layer(store.path()), new At(layer, link), filled);
          }
        }
        layer
            .bias()
            .flatMap(bias -> arrays.array(bias.path()))
            .ifPresent(bias -> bias(arrays.file(), bias.toDoubles(), Layout.OWN, layer, filled));
        arrays.norm(layer.population()).ifPresent(norm -> fold(norm, layer, filled));
      }
      return;
    }
    List<Runnable> norms = new ArrayList<>();
    for (Match match : map) {
      Optional<At> place = link(match.target);
      if (place.isPresent()) {
        fill(arrays.file(), arrays.layer(match.name), place.get(), filled);
        continue;
      }
      Optional<Layer> normalised =
          structure.layers().stream().filter(l -> l.population().equals(match.target)).findFirst();
      if (normalised.isPresent()) {
        BatchNorm norm = arrays.norm(match.name).orElseThrow(() -> arrays.missing(match.name));
        norms.add(() -> fold(norm, normalised.get(), filled));
        continue;
      }
      NumberArray array = arrays.array(match.name).orElseThrow(() -> arrays.missing(match.name));
      Layer layer =
          structure.layers().stream()
              .filter(l -> l.bias().filter(b -> b.path().equals(match.target)).isPresent())
              .findFirst()
              .orElseThrow(() ->
                  new DataProblem(
                      ProblemKind.OTHER_WEIGHTS,
                      "`" + match.target + "` of `map:` is neither a projection nor a bias"));
      bias(arrays.file(), array.toDoubles(), Layout.of(match.name), layer, filled);
    }
    norms.forEach(Runnable::run);
  }

  /// What comes to the layer is normalised by its weights and biases.
  private static void fold(BatchNorm norm, Layer layer, Filled filled) {
    for (Link link : layer.links()) {
      double[] weights = filled.weights.get(link.projection());
      if (weights == null) {
        throw new DataProblem(
            ProblemKind.OTHER_WEIGHTS,
            norm.place()
                + ": the weights of `"
                + link.projection()
                + "` are not those of the file");
      }
      norm.scale(weights, link.wiring());
    }
    double[] before = filled.biases.getOrDefault(layer.population(), new double[layer.size()]);
    filled.biases.remove(layer.population());
    bias(norm.place(), norm.biases(before, layer), Layout.OWN, layer, filled);
  }

  private static void fill(String file, TrainedLayer trained, At at, Filled filled) {
    String place = file + ", `" + trained.name() + "` for `" + at.link.projection() + "`";
    double[] weights = Fitting.weights(place, trained, at.link.wiring());
    Fitting.requireFinite(place, weights);
    filled.weights.put(at.link.projection(), weights);
    trained.bias().ifPresent(bias -> bias(place, bias, trained.layout(), at.layer, filled));
  }

  private static void bias(String place, double[] bias, Layout layout, Layer layer, Filled filled) {
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
    double[] sum = filled.biases.getOrDefault(layer.population(), new double[layer.size()]);
    for (int k = 0; k < sum.length; k++) {
      sum[k] += more[k];
    }
    filled.biases.put(layer.population(), sum);
  }

  private Trained trained(String file, Filled filled) {
    List<List<double[]>> weights = new ArrayList<>();
    List<double @Nullable []> biases = new ArrayList<>();
    for (Layer layer : structure.layers()) {
      List<double[]> own = new ArrayList<>();
      for (Link link : layer.links()) {
        double[] stored = filled.weights.get(link.projection());
        own.add(
            switch (link.weights()) {
              case Weights.Constant(double value) -> new double[] {value};
              case Weights.Stored _ when stored != null -> stored;
              case Weights.Stored _ ->
                  throw new DataProblem(
                      ProblemKind.OTHER_WEIGHTS,
                      file + ": nothing for `" + link.projection() + "`");
            });
      }
      weights.add(own);
      biases.add(biases(layer, filled));
    }
    return new Trained(weights, biases);
  }

  /// A layer behind the input to which nobody gave a bias has been trained without.
  private static double @Nullable [] biases(Layer layer, Filled filled) {
    double[] stored = filled.biases.get(layer.population());
    return stored == null && layer.bias().isPresent() && !layer.isInput()
        ? new double[layer.size()]
        : stored;
  }

  private void write(Machine machine, Trained trained, double[] scales) {
    for (int k = 0; k < scales.length; k++) {
      Layer layer = structure.layers().get(k);
      for (int n = 0; n < layer.links().size(); n++) {
        Link link = layer.links().get(n);
        if (link.weights() instanceof Weights.Stored(Store store)) {
          double[] weights = trained.weights.get(k).get(n);
          store(machine, store, weights, scales[link.source()] / scales[k]);
        }
      }
      double @Nullable [] bias = trained.biases.get(k);
      if (bias != null && layer.bias().isPresent()) {
        store(machine, layer.bias().get(), bias, 1 / scales[k]);
      }
    }
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
