package snel.runtime.convert;

import snel.runtime.data.DataProblem;
import snel.runtime.data.OnnxGraph.Node;
import snel.runtime.kernel.ProblemKind;

/// Words for what a graph has that no network can be filled from.
record OnnxProblems(String file) {
  DataProblem unknown(Node node, String what) {
    return found(
        "full and convolutional layers, rectified, with pooling and batch normalisation",
        what + " " + text(node));
  }

  DataProblem found(String expected, String found) {
    return DataProblem.found(ProblemKind.OTHER_WEIGHTS, file, expected, found);
  }

  static String text(Node node) {
    String operation = "`" + node.operation() + "`";
    return node.name().isEmpty() ? operation : operation + " of `" + node.name() + "`";
  }
}
