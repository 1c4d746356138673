package snel.runtime.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import snel.runtime.convert.OnnxFlow.Data;
import snel.runtime.data.NumberArray;
import snel.runtime.data.OnnxGraph.Node;

/// Nodes behind a `Concat`. What does the same to each channel does it to each of the ways; weights
/// are those of a layer for each way, and the sum of all.
///
/// @param read takes in a node of one way
record ConcatNodes(OnnxFlow flow, Consumer<Node> read) {
  private static final Set<String> RECTIFIERS_AND_THE_LIKE =
      Set.of("Relu", "Clip", "Max", "Min", "Cast", "Pad");

  private static final Set<String> CONSTANTS = Set.of("Add", "Sub", "Mul", "Div");

  boolean areFor(Node node) {
    return node.operation().equals("Concat") && !flow.stored().hasAll(node.inputs())
        || node.inputs().stream().anyMatch(name -> flow.concatenated(name).isPresent());
  }

  void node(Node node) {
    String operation = node.operation();
    if (operation.equals("Concat")) {
      concatenate(node);
    } else if (operation.equals("Conv")) {
      convolution(node, source(node, 0));
    } else if (operation.equals("ConvTranspose") && node.number("group", 1) == 1) {
      layers(node, source(node, 0), 0);
    } else if (operation.equals("Gemm") || operation.equals("MatMul")) {
      layers(node, source(node, 0), node.number("transB", 0) != 0 ? 1 : 0);
    } else if (operation.equals("BatchNormalization")) {
      each(node, source(node, 0), Set.of(0), Map.of(1, 0, 2, 0, 3, 0, 4, 0));
    } else if (Reshaping.OPERATIONS.contains(operation)) {
      reshape(node, source(node, 0));
    } else if (CONSTANTS.contains(operation)) {
      join(node);
    } else if (isOfEach(operation)) {
      each(node, source(node, at(node)), Set.of(at(node)), Map.of());
    } else {
      throw flow.unknown(node, "data put together by a `Concat` before the operation");
    }
  }

  private static boolean isOfEach(String operation) {
    return RECTIFIERS_AND_THE_LIKE.contains(operation)
        || PassingNodes.UNCHANGING.contains(operation)
        || PassingNodes.POOLS.contains(operation);
  }

  private Concatenated source(Node node, int at) {
    return flow.concatenated(node.inputs().get(at))
        .orElseThrow(() -> flow.unknown(node, "data put together by a `Concat` as weights of"));
  }

  /// The input that is data.
  private int at(Node node) {
    return flow.concatenated(node.inputs().getFirst()).isPresent() ? 0 : 1;
  }

  private void concatenate(Node node) {
    List<String> parts = new ArrayList<>();
    List<GraphShape> shapes = new ArrayList<>();
    for (String name : node.inputs()) {
      if (flow.isStored(name)) {
        throw flow.unknown(node, "constants beside data in");
      }
      List<String> ways =
          flow.concatenated(name).map(Concatenated::parts).orElseGet(() -> List.of(name));
      for (String way : ways) {
        Data data = flow.data(node, way);
        requireChannels(node, data, shapes.isEmpty() ? data.shape() : shapes.getLast());
        shapes.add(data.shape());
        parts.add(flow.alias(way, node.output(), parts.size()));
      }
    }
    flow.put(node.output(), Concatenated.of(parts, shapes));
  }

  /// @param before that of the way before
  private void requireChannels(Node node, Data data, GraphShape before) {
    GraphShape shape = data.shape();
    if (!shape.isKnown() || shape.axes() < 2 || shape.length(1) == GraphShape.OPEN) {
      throw flow.unknown(node, "data of the shape " + shape + " in");
    }
    int axis = (int) node.number("axis", Integer.MAX_VALUE);
    if (!shape.axis(axis).equals(Optional.of(1)) || !data.order().isOwn()) {
      throw flow.unknown(node, "data put together along another axis than that of channels in");
    }
    if (!shape.with(1, 1).mayBe(before.with(1, 1))) {
      throw flow.unknown(node, "data of the shapes " + before + " and " + shape + " in");
    }
  }

  /// A node for each way, and what they give side by side.
  ///
  /// @param data inputs that are data
  /// @param axes of the inputs that are a constant for each channel, the one along which these lie
  private void each(Node node, Concatenated source, Set<Integer> data, Map<Integer, Integer> axes) {
    axes.forEach((input, axis) -> requireChannels(node, input, axis, source));
    each(
        node,
        source,
        part -> {
          List<String> inputs = new ArrayList<>(node.inputs());
          data.forEach(input -> inputs.set(input, source(node, input).parts().get(part)));
          axes.forEach((input, axis) ->
              inputs.set(
                  input,
                  stored(node, input, part, source.of(flow.constant(node, input), axis, part))));
          return one(node, inputs, part, Map.of());
        });
  }

  private void requireChannels(Node node, int input, int axis, Concatenated source) {
    NumberArray whole = flow.constant(node, input);
    boolean isChannelwise =
        axis >= 0
            && axis < whole.shape().dimensions()
            && whole.shape().length(axis) == source.size()
            && whole.values().length() == source.size();
    if (!isChannelwise) {
      throw flow.unknown(node, "constants that are not for the channels in");
    }
  }

  /// @param way takes in the node of a part, and tells what it gives
  private void each(Node node, Concatenated source, IntFunction<String> way) {
    List<String> results = IntStream.range(0, source.parts().size()).mapToObj(way).toList();
    List<GraphShape> shapes =
        results.stream().map(name -> flow.find(name).orElseThrow().shape()).toList();
    if (!shapes.getFirst().isKnown()) {
      throw flow.unknown(node, "data of an unknown shape behind");
    }
    flow.put(node.output(), Concatenated.of(results, shapes));
  }

  /// Takes in a node of one way.
  private String one(
      Node node, List<String> inputs, int part, Map<String, List<Double>> attributes) {
    Map<String, List<Double>> all = new HashMap<>(node.attributes());
    all.putAll(attributes);
    String output = flow.part(node.output(), part);
    read.accept(
        new Node(node.name(), node.operation(), inputs, List.of(output), all, node.texts()));
    return output;
  }

  private String stored(Node node, int input, int part, NumberArray numbers) {
    return flow.stored().put(node.inputs().get(input), node.output() + part, numbers);
  }

  // With constants

  private void join(Node node) {
    if (!ConstantNodes.areThere(flow, node)) {
      sides(node);
      return;
    }
    int at = at(node);
    NumberArray constant = flow.constant(node, 1 - at);
    Concatenated source = source(node, at);
    // Channels are the second axis of data, and as far from the last one here.
    int axis = constant.shape().dimensions() + 1 - source.shape().axes();
    boolean isOne = constant.values().length() == 1;
    each(node, source, Set.of(at), isOne ? Map.of() : Map.of(1 - at, axis));
  }

  /// Two that were put together in the same way are added way by way.
  private void sides(Node node) {
    List<List<Integer>> lengths =
        node.inputs().stream()
            .map(name -> flow.concatenated(name).map(Concatenated::lengths).orElse(List.of()))
            .distinct()
            .toList();
    if (lengths.size() > 1) {
      throw flow.unknown(node, "data put together by a `Concat` beside other data in");
    }
    each(node, source(node, 0), Set.of(0, 1), Map.of());
  }

  // With weights

  private void convolution(Node node, Concatenated source) {
    int groups = (int) node.number("group", 1);
    if (groups != 1) {
      apart(node, source, groups);
      return;
    }
    layers(node, source, 1);
  }

  /// Where no group sees channels of two ways, these stay apart.
  private void apart(Node node, Concatenated source, int groups) {
    NumberArray weights = flow.constant(node, 1);
    int inputs = source.size() / groups;
    boolean isApart =
        source.size() % groups == 0
            && weights.shape().length(0) % groups == 0
            && source.lengths().stream().allMatch(length -> length % inputs == 0);
    if (!isApart) {
      throw flow.unknown(node, "groups of channels of several ways in");
    }
    int outputs = weights.shape().length(0) / groups;
    each(
        node,
        source,
        part -> {
          int own = source.lengths().get(part) / inputs;
          int from = source.first(part) / inputs * outputs;
          List<String> all = new ArrayList<>(node.inputs());
          all.set(0, source.parts().get(part));
          for (int input = 1; input < all.size(); input++) {
            NumberArray whole = flow.constant(node, input);
            NumberArray some = Concatenated.stretch(whole, 0, from, own * outputs);
            all.set(input, stored(node, input, part, some));
          }
          return one(node, all, part, Map.of("group", List.of((double) own)));
        });
  }

  /// A layer for each way, and their sum.
  ///
  /// @param axis of the weights along which the inputs lie
  private void layers(Node node, Concatenated source, int axis) {
    requireWeights(node, axis, source);
    sum(
        node,
        IntStream.range(0, source.parts().size())
            .mapToObj(part -> weighted(node, source, axis, part))
            .toList());
  }

  private void requireWeights(Node node, int axis, Concatenated source) {
    NumberArray weights = flow.constant(node, 1);
    boolean fits =
        weights.shape().dimensions() > axis && weights.shape().length(axis) == source.size();
    if (!fits) {
      throw flow.problems()
          .found(
              "weights of " + source.size() + " inputs of " + OnnxProblems.text(node),
              "weights of shape " + weights.shape());
    }
  }

  /// The layer of one way; what is added to the sum comes with the first.
  private String weighted(Node node, Concatenated source, int axis, int part) {
    List<String> inputs =
        new ArrayList<>(node.inputs().subList(0, part == 0 ? node.inputs().size() : 2));
    inputs.set(0, source.parts().get(part));
    inputs.set(1, stored(node, 1, part, source.of(flow.constant(node, 1), axis, part)));
    return one(node, inputs, part, Map.of());
  }

  private void sum(Node node, List<String> ways) {
    Foldable all =
        ways.stream()
            .map(way -> flow.find(way).flatMap(Data::layer).orElseThrow())
            .reduce(Foldable::and)
            .orElseThrow();
    read.accept(new Node(node.name(), "Sum", ways, List.of(node.output()), Map.of(), Map.of()));
    flow.put(node, flow.find(node.output()).orElseThrow().from(all));
  }

  // Other axes

  private void reshape(Node node, Concatenated source) {
    GraphShape shape = new Reshaping(flow.stored(), flow.problems(), node).of(source.shape());
    boolean isFlat = shape.axes() == 2 && shape.length(1) == source.shape().perSample();
    if (!isFlat || source.shape().perSample() == GraphShape.OPEN) {
      throw flow.unknown(node, "data put together by a `Concat` in other axes by");
    }
    each(
        node,
        source,
        part -> {
          String output = flow.part(node.output(), part);
          List<String> inputs = List.of(source.parts().get(part));
          read.accept(
              new Node(node.name(), "Flatten", inputs, List.of(output), Map.of(), Map.of()));
          return output;
        });
  }
}
