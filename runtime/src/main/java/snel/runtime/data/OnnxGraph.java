package snel.runtime.data;

import java.util.List;
import java.util.Map;

/// The graph of an ONNX model: what is computed, in an order in which it can be.
///
/// @param nodes in the file's order, which is one of computation
/// @param constants arrays by name: weights and the like
public record OnnxGraph(List<Node> nodes, Map<String, NumberArray> constants) {
  public OnnxGraph {
    nodes = List.copyOf(nodes);
    constants = Map.copyOf(constants);
  }

  /// One operation.
  ///
  /// @param name may be empty
  /// @param operation such as `Conv`
  /// @param attributes numbers, by name
  /// @param texts attributes that are words, by name
  public record Node(
      String name,
      String operation,
      List<String> inputs,
      List<String> outputs,
      Map<String, List<Double>> attributes,
      Map<String, String> texts) {
    public Node {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
      attributes = Map.copyOf(attributes);
      texts = Map.copyOf(texts);
    }

    public String output() {
      return outputs.getFirst();
    }

    /// An attribute of one number.
    public double number(String attribute, double otherwise) {
      List<Double> values = attributes.getOrDefault(attribute, List.of());
      return values.isEmpty() ? otherwise : values.getFirst();
    }

    /// An attribute of whole numbers, as many as `otherwise` has where it is left out.
    public int[] wholes(String attribute, int... otherwise) {
      List<Double> values = attributes.get(attribute);
      return values == null
          ? otherwise
          : values.stream().mapToInt(value -> (int) (double) value).toArray();
    }
  }
}
