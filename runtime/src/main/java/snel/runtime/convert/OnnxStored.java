package snel.runtime.convert;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.runtime.data.NumberArray;
import snel.runtime.data.OnnxGraph;
import snel.runtime.data.OnnxGraph.Node;

/// What a graph knows before there is a sample: weights, also what is made of them, and sizes. Each
/// array is read when it is asked for.
final class OnnxStored {
  private final OnnxProblems problems;
  private final OnnxGraph graph;

  /// By the name of what they make.
  private final Map<String, Node> made = new HashMap<>();

  private final Map<String, GraphShape> shapes = new HashMap<>();
  private final Map<String, Optional<NumberArray>> read = new HashMap<>();

  /// The names of what some of its numbers were taken from.
  private final Map<String, String> wholes = new HashMap<>();

  OnnxStored(OnnxProblems problems, OnnxGraph graph) {
    this.problems = problems;
    this.graph = graph;
  }

  /// Whether a name is that of nothing, or of what is stored.
  boolean has(String name) {
    return name.isEmpty()
        || graph.constants().names().contains(name)
        || made.containsKey(name)
        || shapes.containsKey(name)
        || wholes.containsKey(name);
  }

  boolean hasAll(List<String> names) {
    return names.stream().allMatch(this::has);
  }

  /// Takes a node all of whose inputs are stored.
  void make(Node node) {
    node.outputs().forEach(output -> made.putIfAbsent(output, node));
  }

  /// Takes some of the numbers that another name has.
  ///
  /// @param reason tells them from others of the same
  /// @return their name
  String put(String whole, String reason, NumberArray some) {
    String name = whole + "#" + reason;
    wholes.put(name, whole);
    read.put(name, Optional.of(some));
    return name;
  }

  /// Whether a name is that of some of the numbers of another.
  boolean isPart(String name) {
    return wholes.containsKey(name);
  }

  /// Takes a node `Shape`.
  ///
  /// @param shape of its input
  void measure(Node node, GraphShape shape) {
    shapes.put(node.output(), shape);
  }

  /// Whether numbers are lengths of data, though none of them may be known.
  boolean isMeasured(String name) {
    return shapes.containsKey(name);
  }

  /// The numbers; NaN for a length that is not known. Empty if they cannot be told.
  Optional<NumberArray> find(String name) {
    Optional<NumberArray> known = read.get(name);
    if (known == null) {
      known = look(name);
      read.put(name, known);
    }
    return known;
  }

  private Optional<NumberArray> look(String name) {
    NumberArray stored = graph.constants().get(name);
    if (stored != null) {
      return Optional.of(stored);
    }
    GraphShape shape = shapes.get(name);
    if (shape != null) {
      return StoredOperations.lengths(shape);
    }
    Node maker = made.get(name);
    return maker == null || !maker.output().equals(name)
        ? Optional.empty()
        : new StoredOperations(this, problems, maker).result();
  }

  /// Whole numbers that are an attribute, or an input in newer versions of the standard.
  Optional<int[]> wholes(Node node, String attribute, int input) {
    int[] given = node.wholes(attribute);
    if (given.length > 0) {
      return Optional.of(given);
    }
    return node.input(input).isEmpty()
        ? Optional.empty()
        : Optional.of(
            Arrays.stream(constant(node, input).toDoubles())
                .mapToInt(value -> (int) value)
                .toArray());
  }

  NumberArray constant(Node node, int input) {
    String name = node.input(input);
    Optional<NumberArray> found = name.isEmpty() ? Optional.empty() : find(name);
    return found.orElseThrow(() -> {
      Node maker = made.get(name);
      String what =
          maker == null ? "no stored numbers" : "what " + OnnxProblems.text(maker) + " makes";
      return problems.unknown(node, what + " as input " + (input + 1) + " of");
    });
  }

  /// The name of the numbers that others were made from.
  String origin(String name) {
    String whole = wholes.get(name);
    if (whole != null) {
      return origin(whole);
    }
    Node maker = graph.constants().names().contains(name) ? null : made.get(name);
    if (maker == null) {
      return name;
    }
    return maker.inputs().stream()
        .filter(input -> find(input).isPresent())
        .max((one, other) -> Long.compare(size(one), size(other)))
        .map(this::origin)
        .orElse(name);
  }

  private long size(String name) {
    return find(name).map(array -> array.shape().size()).orElse(0L);
  }
}
