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

  /// What makes answers of the values of the last layer.
  private static final Set<String> OF_ANSWERS = Set.of("ArgMax", "Hardmax", "TopK");

  DataProblem unknown(Node node, String what) {
    return found(LAYERS, what + " " + text(node));
  }

  /// An operation that no layer has.
  ///
  /// @param isLast whether nothing comes after it
  DataProblem operation(Node node, boolean isLast) {
    return found(LAYERS, "the operation " + text(node) + advice(node.operation(), isLast));
  }

  private static String advice(String operation, boolean isLast) {
    boolean isActivation = OTHER_ACTIVATIONS.contains(operation);
    if (isLast && (isActivation || OF_ANSWERS.contains(operation))) {
      return " (export the model without it)";
    }
    return isActivation ? " (train the network with `Relu` in its place)" : "";
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
