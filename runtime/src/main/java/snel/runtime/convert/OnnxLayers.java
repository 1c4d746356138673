package snel.runtime.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import snel.runtime.convert.OnnxFlow.Data;
import snel.runtime.data.OnnxGraph;
import snel.runtime.data.OnnxGraph.Node;

/// Finds the layers with weights in a graph of rectified layers, and how they hang together; folds
/// scales, biases and normalisations before and behind a layer into it.
final class OnnxLayers {
  /// What constants may come to before a layer takes them in.
  private static final Set<String> AFTER_CONSTANTS =
      Set.of(
          "Gemm",
          "MatMul",
          "Conv",
          "ConvTranspose",
          "BatchNormalization",
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Cast");

  private final OnnxFlow flow;
  private final WeightedNodes weighted;
  private final ConstantNodes constants;
  private final PassingNodes passing;
  private final ConcatNodes concatenations;

  private OnnxLayers(OnnxFlow flow) {
    this.flow = flow;
    weighted = new WeightedNodes(flow);
    constants = new ConstantNodes(flow);
    passing = new PassingNodes(flow);
    concatenations = new ConcatNodes(flow, this::node);
  }

  /// What a graph has.
  ///
  /// @param input what comes from outside
  /// @param results what nothing in the graph takes
  record Found(List<TrainedLayer> layers, GraphInput input, List<Signal> results) {
    Found {
      layers = List.copyOf(layers);
      results = List.copyOf(results);
    }
  }

  static Found of(String file, OnnxGraph given) {
    OnnxGraph graph = OnnxNodes.needed(new OnnxProblems(file), given);
    OnnxFlow flow = new OnnxFlow(file, graph);
    graph.nodes().forEach(new OnnxLayers(flow)::node);
    List<TrainedLayer> all = flow.trained();
    if (all.isEmpty()) {
      throw flow.problems().found("layers with weights", "none in the graph");
    }
    List<Signal> results = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (flow.isResult(node.output())) {
        if (flow.concatenated(node.output()).isPresent()) {
          throw flow.unknown(node, "data put together, with no layer behind, by");
        }
        flow.find(node.output()).ifPresent(data -> results.add(result(flow, node, data)));
      }
    }
    return new Found(all, flow.input().orElse(GraphInput.NONE), results);
  }

  private static Signal result(OnnxFlow flow, Node node, Data data) {
    if (data.isShifted() && !data.signal().isInput()) {
      throw flow.unknown(node, "constants that no layer takes in behind");
    }
    return data.signal();
  }

  private void node(Node node) {
    if (node.outputs().isEmpty()) {
      throw flow.unknown(node, "no output of");
    }
    if (flow.stored().hasAll(node.inputs())) {
      flow.stored().make(node);
    } else if (node.operation().equals("Shape")) {
      measure(node);
    } else if (concatenations.areFor(node)) {
      requireInputs(node);
      concatenations.node(node);
    } else {
      requireOrder(node);
      requireInputs(node);
      read(node);
    }
  }

  private void measure(Node node) {
    GraphShape shape =
        flow.concatenated(node.inputs().getFirst())
            .map(Concatenated::shape)
            .orElseGet(() -> flow.data(node, 0).shape());
    int from = (int) node.number("start", 0);
    int to = (int) node.number("end", Integer.MAX_VALUE);
    boolean isPart = from != 0 || to != Integer.MAX_VALUE;
    flow.stored().measure(node, isPart ? shape.part(from, to) : shape);
  }

  private void requireOrder(Node node) {
    List<Data> sources = node.inputs().stream().flatMap(name -> flow.find(name).stream()).toList();
    boolean passes = passes(node.operation());
    if (!passes && sources.stream().anyMatch(Data::isClosed)) {
      throw flow.unknown(node, "after a `Softmax` the operation");
    }
    boolean takesIn =
        passes
            || PassingNodes.POOLS.contains(node.operation())
            || AFTER_CONSTANTS.contains(node.operation())
                && (!node.operation().equals("Add") || ConstantNodes.areThere(flow, node));
    sources.stream()
        .filter(data -> data.isShifted() && !takesIn)
        .findFirst()
        .ifPresent(data -> {
          String what = data.signal().isInput() ? "constants on the input" : "constants";
          throw flow.unknown(node, what + " that no layer takes in before the operation");
        });
  }

  private static boolean passes(String operation) {
    return PassingNodes.UNCHANGING.contains(operation)
        || Reshaping.OPERATIONS.contains(operation)
        || operation.equals("Transpose");
  }

  private void requireInputs(Node node) {
    Arity arity = Arity.of(node.operation());
    int found = node.inputs().size();
    if (!arity.allows(found)) {
      throw flow.problems()
          .found(arity.text() + " inputs of " + OnnxProblems.text(node), found + "");
    }
  }

  private void read(Node node) {
    switch (node.operation()) {
      case "Gemm" -> weighted.gemm(node);
      case "MatMul" -> weighted.product(node);
      case "Conv" -> weighted.convolution(node);
      case "ConvTranspose" -> weighted.transposed(node);
      case "BatchNormalization" -> constants.normalise(node);
      case "Add", "Sub", "Mul", "Div" -> join(node);
      case "Relu", "Clip", "Max", "Min" -> rectify(node);
      case "Cast" -> passing.cast(node);
      case "MaxPool", "AveragePool", "GlobalMaxPool", "GlobalAveragePool" -> passing.pool(node);
      case "ReduceMean", "ReduceMax" -> passing.reduce(node);
      case "Flatten", "Reshape", "Squeeze", "Unsqueeze" -> passing.reshape(node);
      case "Pad" -> passing.pad(node);
      case "Transpose" -> passing.transpose(node);
      case "Identity", "Dropout" -> passing.pass(node);
      case "Softmax", "LogSoftmax" -> passing.softmax(node);
      case "Sum" -> passing.add(node);
      default -> throw flow.problems().operation(node, flow.isResult(node.output()));
    }
  }

  private void join(Node node) {
    if (ConstantNodes.areThere(flow, node)) {
      constants.join(node);
    } else if (node.operation().equals("Add")) {
      passing.add(node);
    } else {
      throw flow.unknown(node, "data beside data in");
    }
  }

  private void rectify(Node node) {
    double ceiling =
        constants
            .ceiling(node)
            .orElseThrow(
                () -> flow.unknown(node, "bounds other than 0 below and none or one above it in"));
    passing.rectify(node, flow.isStored(node.inputs().getFirst()) ? 1 : 0, ceiling);
  }
}
