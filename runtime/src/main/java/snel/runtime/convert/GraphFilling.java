package snel.runtime.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.runtime.convert.Conversion.Match;
import snel.runtime.convert.Filled.At;
import snel.runtime.convert.Structure.Layer;
import snel.runtime.convert.Structure.Weights;
import snel.runtime.data.DataProblem;
import snel.runtime.kernel.ProblemKind;

/// Fills a network from the layers of a graph, in order or by name.
record GraphFilling(String file, Structure structure, List<Match> map) {
  /// @param number of a layer of the graph
  private record Place(At at, int number) {}

  /// @return the most that the values of each layer come to
  double[] fill(OnnxLayers.Found graph, Filled filled) {
    OnnxLayers.Found found = isWide(graph) ? graph : LinearRows.joined(graph);
    List<Place> places = map.isEmpty() ? inOrder(found.layers()) : named(found.layers());
    requireInput(found.input());
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (Place place : places) {
      numbers.put(place.at.link().projection(), place.number);
      filled.take(file, found.layers().get(place.number), place.at);
    }
    return Correspondence.require(file, structure, found, numbers);
  }

  /// Whether the program has room for layers that nothing rectifies before the next.
  private boolean isWide(OnnxLayers.Found graph) {
    int places = map.isEmpty() ? places().size() : map.size();
    return places >= graph.layers().size();
  }

  private List<At> places() {
    return structure.layers().stream()
        .flatMap(layer ->
            layer.links().stream()
                .filter(link -> link.weights() instanceof Weights.Stored)
                .map(link -> new At(layer, link)))
        .toList();
  }

  private void requireInput(GraphInput input) {
    structure.layers().stream()
        .filter(Layer::isInput)
        .flatMap(layer -> input.difference(layer).stream())
        .findFirst()
        .ifPresent(difference -> {
          throw difference.at(file + ", input `" + input.name() + "`");
        });
  }

  private List<Place> inOrder(List<TrainedLayer> layers) {
    List<Place> places = new ArrayList<>();
    places().forEach(at -> places.add(new Place(at, places.size())));
    if (places.size() != layers.size()) {
      throw DataProblem.found(
          ProblemKind.OTHER_WEIGHTS,
          file,
          places.size() + " layers with weights, or `map:`",
          layers.size() + " layers");
    }
    return places;
  }

  private List<Place> named(List<TrainedLayer> layers) {
    List<Integer> left = new ArrayList<>();
    layers.forEach(_ -> left.add(left.size()));
    List<Place> places = new ArrayList<>();
    for (Match match : map) {
      int number = number(match, layers, left);
      left.remove((Integer) number);
      At at =
          structure
              .link(match.target())
              .orElseThrow(() ->
                  new DataProblem(
                      ProblemKind.OTHER_WEIGHTS,
                      "`" + match.target() + "` of `map:` is no projection between layers"));
      places.add(new Place(at, number));
    }
    if (!left.isEmpty()) {
      throw new DataProblem(
          ProblemKind.OTHER_WEIGHTS,
          file
              + ": `map:` says of no projection that it takes "
              + String.join(", ", left.stream().map(number -> layers.get(number).name()).toList()));
    }
    return places;
  }

  /// Where several layers have a name, as those do that share weights, they are taken one after the
  /// other.
  private int number(Match match, List<TrainedLayer> layers, List<Integer> left) {
    List<Integer> all = new ArrayList<>();
    for (int number = 0; number < layers.size(); number++) {
      if (layers.get(number).names().contains(match.name())) {
        all.add(number);
      }
    }
    Optional<Integer> next = all.stream().filter(left::contains).findFirst();
    return next.or(() -> all.stream().findFirst())
        .orElseThrow(() ->
            DataProblem.found(
                ProblemKind.OTHER_WEIGHTS,
                file,
                "a layer \"" + match.name() + "\"",
                String.join(", ", layers.stream().map(TrainedLayer::name).toList())));
  }
}
