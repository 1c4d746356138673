package snel.runtime.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import snel.runtime.data.NumberArray;
import snel.runtime.data.OnnxGraph.Node;

/// What a node that changes shapes makes of one. The numbers of each sample must stay together and
/// in order.
final class Reshaping {
  static final Set<String> OPERATIONS = Set.of("Flatten", "Reshape", "Squeeze", "Unsqueeze");

  private final OnnxStored stored;
  private final OnnxProblems problems;
  private final Node node;

  Reshaping(OnnxStored stored, OnnxProblems problems, Node node) {
    this.stored = stored;
    this.problems = problems;
    this.node = node;
  }

  GraphShape of(GraphShape before) {
    return switch (node.operation()) {
      case "Flatten" -> flattened(before);
      case "Squeeze" -> before.isKnown() ? squeezed(before) : before;
      case "Unsqueeze" -> before.isKnown() ? unsqueezed(before) : before;
      default -> reshaped(before);
    };
  }

  private GraphShape flattened(GraphShape before) {
    int axis = (int) node.number("axis", 1);
    if (!before.isKnown()) {
      if (axis != 1) {
        throw problems.unknown(node, "`axis` " + axis + " of");
      }
      return GraphShape.of(List.of(GraphShape.OPEN, GraphShape.OPEN));
    }
    int first = axis < 0 ? axis + before.axes() : axis;
    if (first < 0 || first > before.axes()) {
      throw problems.unknown(node, "`axis` " + axis + " of");
    }
    long rows = GraphShape.product(before.lengths().subList(0, first));
    long columns = GraphShape.product(before.lengths().subList(first, before.axes()));
    return joined(before, List.of(length(rows), length(columns)), -1);
  }

  private static int length(long product) {
    return (int) Math.min(Integer.MAX_VALUE, product);
  }

  private GraphShape squeezed(GraphShape before) {
    Optional<int[]> given = axes();
    Set<Integer> left = new TreeSet<>();
    if (given.isPresent()) {
      for (int number : given.get()) {
        left.add(
            before
                .axis(number)
                .filter(axis -> Set.of(1, GraphShape.OPEN).contains(before.length(axis)))
                .orElseThrow(
                    () -> problems.unknown(node, "axis " + number + " of " + before + " in")));
      }
    }
    List<Integer> lengths = new ArrayList<>();
    for (int axis = 0; axis < before.axes(); axis++) {
      boolean isLeft = given.isPresent() ? left.contains(axis) : before.length(axis) == 1;
      if (!isLeft) {
        lengths.add(before.length(axis));
      }
    }
    return joined(before, lengths, -1);
  }

  private GraphShape unsqueezed(GraphShape before) {
    int[] given = axes().orElseThrow(() -> problems.unknown(node, "no axes of"));
    int axes = before.axes() + given.length;
    Set<Integer> more = new TreeSet<>();
    for (int number : given) {
      int axis = number < 0 ? number + axes : number;
      if (axis < 0 || axis >= axes || !more.add(axis)) {
        throw problems.unknown(node, "axis " + number + " of");
      }
    }
    List<Integer> lengths = new ArrayList<>(before.lengths());
    more.forEach(axis -> lengths.add(axis, 1));
    return joined(before, lengths, -1);
  }

  private Optional<int[]> axes() {
    return stored.wholes(node, "axes", 1);
  }

  /// 0 keeps a length, -1 takes what is left.
  private GraphShape reshaped(GraphShape before) {
    double[] wanted = wanted();
    boolean keeps = node.number("allowzero", 0) == 0;
    List<Integer> lengths = new ArrayList<>();
    int inferred = -1;
    for (int axis = 0; axis < wanted.length; axis++) {
      double length = wanted[axis];
      if (length == -1 && inferred < 0) {
        inferred = axis;
        lengths.add(GraphShape.OPEN);
      } else if (length == 0 && keeps) {
        boolean isThere = before.isKnown() && axis < before.axes();
        lengths.add(isThere ? before.length(axis) : GraphShape.OPEN);
      } else if (Double.isNaN(length)) {
        lengths.add(GraphShape.OPEN);
      } else if (length >= 1 && length == (int) length) {
        lengths.add((int) length);
      } else {
        throw problems.unknown(node, "the shape " + Arrays.toString(wanted) + " as the result of");
      }
    }
    return joined(before, lengths, inferred);
  }

  private double[] wanted() {
    int[] attribute = node.wholes("shape");
    if (attribute.length > 0) {
      return Arrays.stream(attribute).asDoubleStream().toArray();
    }
    Optional<NumberArray> found = stored.find(node.input(1));
    return found
        .orElseThrow(
            () -> problems.unknown(node, "a shape that is not known before there is data of"))
        .toDoubles();
  }

  private GraphShape joined(GraphShape before, List<Integer> lengths, int inferred) {
    return before
        .reshaped(lengths, inferred)
        .orElseThrow(() ->
            problems.found(
                "the numbers of each sample to stay together",
                OnnxProblems.text(node)
                    + " from shape "
                    + before
                    + " to "
                    + GraphShape.of(lengths)));
  }
}
