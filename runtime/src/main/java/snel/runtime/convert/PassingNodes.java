package snel.runtime.convert;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import snel.runtime.convert.OnnxFlow.Data;
import snel.runtime.convert.Signal.Step;
import snel.runtime.convert.Signal.Way;
import snel.runtime.data.OnnxGraph.Node;

/// Nodes without constants that count.
record PassingNodes(OnnxFlow flow) {
  /// The largest stays the largest.
  static final Set<String> MONOTONE = Set.of("Softmax", "LogSoftmax");

  /// ONNX types of numbers with fractions.
  private static final Set<Integer> FRACTIONAL = Set.of(1, 10, 11, 16);

  /// What makes no difference, or none that counts.
  void pass(Node node) {
    Data source = flow.data(node, 0);
    if (!flow.stored().hasAll(node.inputs().subList(1, node.inputs().size()))) {
      throw flow.unknown(node, "data as a second input of");
    }
    Data same = source.then(source.signal(), source.shape());
    flow.put(node, MONOTONE.contains(node.operation()) ? same.closed() : same);
  }

  void reshape(Node node) {
    Data source = flow.data(node, 0);
    if (!flow.stored().hasAll(node.inputs().subList(1, node.inputs().size()))) {
      throw flow.unknown(node, "data as a second input of");
    }
    if (!source.shift().isOne()) {
      throw flow.unknown(node, "constants for channels of the input before");
    }
    GraphShape shape = new Reshaping(flow.stored(), flow.problems(), node).of(source.shape());
    flow.put(node, source.then(source.signal(), shape));
  }

  void cast(Node node) {
    int type = (int) node.number("to", 0);
    if (!FRACTIONAL.contains(type)) {
      throw flow.unknown(node, "data made whole numbers by");
    }
    pass(node);
  }

  /// @param at the input that is rectified
  void rectify(Node node, int at) {
    Data source = flow.data(node, at);
    if (source.signal().isInput()) {
      throw flow.unknown(node, "a rectification before the first layer");
    }
    flow.put(node, source.then(source.signal().rectify(), source.shape()));
  }

  /// Two ways that meet.
  void add(Node node) {
    Data one = flow.data(node, 0);
    Data other = flow.data(node, 1);
    if (!one.shape().mayBe(other.shape())) {
      throw flow.problems()
          .found(
              "data of one shape in " + OnnxProblems.text(node),
              one.shape() + " and " + other.shape());
    }
    List<Way> ways = Stream.of(one, other).flatMap(data -> data.signal().parts()).toList();
    flow.put(
        node,
        one.then(new Signal(ways, false), one.shape().isKnown() ? one.shape() : other.shape()));
  }

  void pool(Node node) {
    String operation = node.operation();
    Data source = flow.data(node, 0);
    Optional<Window> window =
        operation.startsWith("Global")
            ? Optional.empty()
            : Optional.of(new OnnxWindows(flow.problems()).pool(node));
    Pool pool =
        new Pool(
            operation,
            window,
            source.shape().maps(),
            operation.endsWith("MaxPool"),
            node.number("count_include_pad", 0) != 0,
            node.number("ceil_mode", 0) != 0);
    Signal pooled = new Signal(List.of(new Way(source.signal(), new Step.Pooled(pool))), false);
    flow.put(node, source.then(pooled, pooled(source.shape(), window)));
  }

  private static GraphShape pooled(GraphShape source, Optional<Window> window) {
    if (!source.isKnown() || source.axes() < 3) {
      return GraphShape.UNKNOWN;
    }
    if (window.isPresent()) {
      return OnnxWindows.moved(source, window.get(), source.length(1));
    }
    GraphShape whole = source;
    for (int axis = 2; axis < source.axes(); axis++) {
      whole = whole.with(axis, 1);
    }
    return whole;
  }
}
