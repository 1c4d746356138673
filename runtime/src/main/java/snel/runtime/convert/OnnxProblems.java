package snel.runtime.convert;

import java.util.Set;
import snel.runtime.data.DataProblem;
import snel.runtime.data.OnnxGraph.Node;
import snel.runtime.kernel.ProblemKind;

/// Words for what a graph has that no network can be filled from.
record OnnxProblems(String file) {
  private static final String LAYERS =
      "full and convolutional layers, rectified, with pooling and batch normalisation";

  private static final Set<String> OTHER_ACTIVATIONS =
      Set.of(
          "Celu",
          "Elu",
          "Gelu",
          "HardSigmoid",
          "HardSwish",
          "LeakyRelu",
          "Mish",
          "PRelu",
          "Selu",
          "Sigmoid",
          "Softplus",
          "Softsign",
          "Tanh",
          "ThresholdedRelu");

  DataProblem unknown(Node node, String what) {
    return found(LAYERS, what + " " + text(node));
  }

  /// An operation that no layer has.
  DataProblem operation(Node node) {
    String advice =
        OTHER_ACTIVATIONS.contains(node.operation())
            ? " (train the network with `Relu` in its place)"
            : "";
    return found(LAYERS, "the operation " + text(node) + advice);
  }

  DataProblem found(String expected, String found) {
    return DataProblem.found(ProblemKind.OTHER_WEIGHTS, file, expected, found);
  }

  static String text(Node node) {
    String operation = "`" + node.operation() + "`";
    if (!node.name().isEmpty()) {
      return operation + " of `" + node.name() + "`";
    }
    return node.outputs().isEmpty() ? operation : operation + " that makes `" + node.output() + "`";
  }
}
