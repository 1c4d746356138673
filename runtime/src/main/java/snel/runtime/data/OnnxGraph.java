package snel.runtime.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The graph of an ONNX model: what is computed.
///
/// @param nodes in the file's order, which need not be one in which they can be computed
/// @param constants arrays by name: weights and the like, read when they are asked for
/// @param inputs lengths of what comes from outside, by name, where the graph says them; -1 for one
///   that is open, as the number of samples is
/// @param outputs names of what the model gives; empty if it does not say
public record OnnxGraph(
    List<Node> nodes,
    ArrayFile constants,
    Map<String, List<Integer>> inputs,
    List<String> outputs) {
  public OnnxGraph {
    nodes = List.copyOf(nodes);
    inputs = Map.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /// A graph whose arrays are known.
  public static OnnxGraph of(
      List<Node> nodes,
      Map<String, NumberArray> constants,
      Map<String, List<Integer>> inputs,
      List<String> outputs) {
    Map<String, Supplier<NumberArray>> all = new LinkedHashMap<>();
    constants.forEach((name, array) -> all.put(name, () -> array));
    return new OnnxGraph(nodes, new ArrayFile(all), inputs, outputs);
  }

  /// The same with other nodes.
  public OnnxGraph with(List<Node> others) {
    return new OnnxGraph(others, constants, inputs, outputs);
  }

  /// One operation.
  ///
  /// @param name may be empty
  /// @param operation such as `Conv`; one that is not of the standard with its domain before it
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

    /// An input that may be left out, which is empty then.
    public String input(int at) {
      return at < inputs.size() ? inputs.get(at) : "";
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
