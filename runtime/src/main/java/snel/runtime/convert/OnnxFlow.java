package snel.runtime.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import snel.runtime.data.DataProblem;
import snel.runtime.data.NumberArray;
import snel.runtime.data.OnnxGraph;
import snel.runtime.data.OnnxGraph.Node;

/// How far a graph has been gone through: the data by the name of its tensor, and the layers with
/// weights that it came through.
final class OnnxFlow {
  private final OnnxProblems problems;
  private final OnnxGraph graph;
  private final OnnxStored stored;
  private final Map<String, Integer> uses = new HashMap<>();
  private final Map<String, Data> known = new HashMap<>();
  private final Map<String, Concatenated> concatenated = new HashMap<>();
  private final List<OpenLayer> layers = new ArrayList<>();
  private @Nullable String input;
  private @Nullable Order inputOrder;

  OnnxFlow(String file, OnnxGraph graph) {
    this.graph = graph;
    problems = new OnnxProblems(file);
    stored = new OnnxStored(problems, graph);
    graph.nodes().stream()
        .flatMap(node -> node.inputs().stream())
        .forEach(name -> uses.merge(name, 1, Integer::sum));
  }

  /// Data on its way.
  ///
  /// @param order of its numbers, seen from the population that has them
  /// @param shift what was done to the input, where it is no more than that
  /// @param layer that it comes from directly
  /// @param isClosed whether no layer may follow
  record Data(
      Signal signal,
      GraphShape shape,
      Order order,
      Shifted shift,
      Optional<Foldable> layer,
      boolean isClosed) {
    static Data input(GraphShape shape) {
      return new Data(Signal.input(), shape, Order.OWN, Shifted.NOT, Optional.empty(), false);
    }

    boolean isShifted() {
      return shift != Shifted.NOT;
    }

    /// What comes of it, of another shape or with something done to it.
    Data then(Signal next, GraphShape nextShape) {
      return new Data(next, nextShape, order, shift, Optional.empty(), isClosed);
    }

    /// The same numbers in another order.
    Data turned(GraphShape nextShape, Order next) {
      return new Data(signal, nextShape, next, shift, Optional.empty(), isClosed);
    }

    /// The sum that a layer makes of it.
    static Data of(OpenLayer layer, Signal sum, GraphShape shape) {
      return new Data(sum, shape, Order.OWN, Shifted.NOT, Optional.of(Foldable.of(layer)), false);
    }

    Data shifted(Shifted more) {
      return new Data(signal, shape, order, more, Optional.empty(), isClosed);
    }

    Data closed() {
      return new Data(signal, shape, order, shift, Optional.empty(), true);
    }

    Data from(Foldable own) {
      return new Data(signal, shape, order, shift, Optional.of(own), isClosed);
    }
  }

  OnnxStored stored() {
    return stored;
  }

  OnnxProblems problems() {
    return problems;
  }

  DataProblem unknown(Node node, String what) {
    return problems.unknown(node, what);
  }

  NumberArray constant(Node node, int at) {
    return stored.constant(node, at);
  }

  boolean isStored(String name) {
    return stored.has(name);
  }

  // Data

  /// What an input of a node gets, which is data.
  Data data(Node node, int at) {
    return data(node, node.inputs().get(at));
  }

  Data data(Node node, String name) {
    Data found = known.get(name);
    if (found != null) {
      return found;
    }
    if (isStored(name)) {
      throw unknown(node, "constants in place of data in");
    }
    if (input != null) {
      throw unknown(node, "a second input, `" + name + "` beside `" + input + "`, in");
    }
    input = name;
    Data first = Data.input(declared(name));
    known.put(name, first);
    return first;
  }

  /// The order in which a node takes an input, seen from the population that has it. Of the graph's
  /// own input a program has the numbers in the order in which the first node wants them that moves
  /// over its maps, or in the graph's if there is none.
  Order order(Node node, int at, boolean isMoving) {
    Data data = data(node, at);
    Order order = data.order();
    if (data.signal().isInput()) {
      Order first = inputOrder == null && !isMoving ? Order.OWN : inputOrder;
      inputOrder = first == null ? order : first;
      if (order.equals(inputOrder)) {
        return Order.OWN;
      }
      if (!inputOrder.isOwn()) {
        throw unknown(node, "the input in another order of its axes than before in");
      }
    }
    if (isMoving && !order.isOwn()) {
      throw unknown(node, "maps with their axes in another order as the input of");
    }
    return order;
  }

  private GraphShape declared(String name) {
    List<Integer> lengths = graph.inputs().get(name);
    return lengths == null ? GraphShape.UNKNOWN : GraphShape.of(lengths);
  }

  /// What has come to this name, if anything has.
  Optional<Data> find(String name) {
    return Optional.ofNullable(known.get(name));
  }

  void put(Node node, Data data) {
    known.put(node.output(), data);
  }

  // Ways side by side

  void put(String name, Concatenated ways) {
    concatenated.put(name, ways);
  }

  Optional<Concatenated> concatenated(String name) {
    return Optional.ofNullable(concatenated.get(name));
  }

  /// What a way is called where it is part of something.
  String part(String whole, int number) {
    return whole + "#" + number;
  }

  /// Gives a way the name that it has as a part; it is taken as often as the whole is.
  String alias(String name, String whole, int number) {
    String alias = part(whole, number);
    known.put(alias, Objects.requireNonNull(known.get(name)));
    uses.put(alias, Math.max(uses.getOrDefault(name, 0), uses.getOrDefault(whole, 0)));
    return alias;
  }

  /// Whether nothing in the graph takes it.
  boolean isResult(String name) {
    return !uses.containsKey(name);
  }

  /// The layer right before, if nothing else takes what it gives.
  Optional<Foldable> foldable(Node node, int at) {
    return uses.getOrDefault(node.inputs().get(at), 0) > 1
        ? Optional.empty()
        : data(node, at).layer();
  }

  /// What comes from outside.
  Optional<GraphInput> input() {
    String name = input;
    return name == null
        ? Optional.empty()
        : find(name).map(data -> new GraphInput(name, data.signal(), data.shape()));
  }

  // Layers

  /// @return its number
  int add(OpenLayer layer) {
    layers.add(layer);
    return layers.size() - 1;
  }

  List<TrainedLayer> trained() {
    return layers.stream().map(OpenLayer::trained).toList();
  }
}
