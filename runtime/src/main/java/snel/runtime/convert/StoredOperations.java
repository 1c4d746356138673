package snel.runtime.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import snel.runtime.data.NumberArray;
import snel.runtime.data.OnnxGraph.Node;
import snel.runtime.data.Shape;

/// What an operation makes of stored numbers.
final class StoredOperations {
  private static final int FLOAT = 1;
  private static final int INT32 = 6;
  private static final int INT64 = 7;
  private static final int FLOAT16 = 10;
  private static final int DOUBLE = 11;

  private final OnnxStored stored;
  private final OnnxProblems problems;
  private final Node node;

  StoredOperations(OnnxStored stored, OnnxProblems problems, Node node) {
    this.stored = stored;
    this.problems = problems;
    this.node = node;
  }

  /// NaN for each length that is not known.
  static Optional<NumberArray> lengths(GraphShape shape) {
    return shape.isKnown()
        ? Optional.of(
            row(shape.lengths().stream().mapToDouble(n -> n == GraphShape.OPEN ? Double.NaN : n)))
        : Optional.empty();
  }

  private static NumberArray row(DoubleStream values) {
    double[] all = values.toArray();
    return NumberArray.of(all, all.length);
  }

  /// Empty if the operation is none that is known for stored numbers.
  Optional<NumberArray> result() {
    return switch (node.operation()) {
      case "Identity" -> input(0);
      case "Cast" -> input(0).flatMap(this::cast);
      case "Shape" -> input(0).flatMap(array -> lengths(GraphShape.of(array.shape().lengths())));
      case "Transpose" -> input(0).map(array -> array.transposed(order(array)));
      case "Reshape", "Flatten", "Squeeze", "Unsqueeze" -> input(0).map(this::reshaped);
      case "Add" -> joined((a, b) -> a + b);
      case "Sub" -> joined((a, b) -> a - b);
      case "Mul" -> joined((a, b) -> a * b);
      case "Div" -> joined((a, b) -> a / b);
      case "DequantizeLinear" -> input(0).flatMap(this::dequantized);
      case "Gather" -> gathered();
      case "Slice" -> input(0).flatMap(this::sliced);
      case "Concat" -> concatenated();
      default -> Optional.empty();
    };
  }

  private Optional<NumberArray> input(int at) {
    String name = node.input(at);
    return name.isEmpty() ? Optional.empty() : stored.find(name);
  }

  private Optional<NumberArray> cast(NumberArray array) {
    return switch ((int) node.number("to", 0)) {
      case FLOAT -> Optional.of(each(array, value -> (float) value));
      case DOUBLE -> Optional.of(array);
      case FLOAT16 ->
          Optional.of(
              each(array, value -> Float.float16ToFloat(Float.floatToFloat16((float) value))));
      case INT32, INT64 ->
          Optional.of(each(array, value -> Double.isNaN(value) ? value : (double) (long) value));
      default -> Optional.empty();
    };
  }

  private static NumberArray each(
      NumberArray array, java.util.function.DoubleUnaryOperator operator) {
    return like(array, Arrays.stream(array.toDoubles()).map(operator).toArray());
  }

  private static NumberArray like(NumberArray array, double[] values) {
    return NumberArray.of(values, lengths(array.shape()));
  }

  private static int[] lengths(Shape shape) {
    return shape.lengths().stream().mapToInt(Integer::intValue).toArray();
  }

  /// Which axis of an array each axis of the turned one is.
  private int[] order(NumberArray array) {
    GraphShape shape = GraphShape.of(array.shape().lengths());
    int[] order = node.wholes("perm", shape.backwards());
    if (!shape.isOrder(order)) {
      throw problems.unknown(node, "`perm` " + Arrays.toString(order) + " of");
    }
    return order;
  }

  private NumberArray reshaped(NumberArray array) {
    GraphShape shape =
        new Reshaping(stored, problems, node).of(GraphShape.of(array.shape().lengths()));
    return new NumberArray(new Shape(shape.lengths()), array.values());
  }

  // Of two

  private Optional<NumberArray> joined(DoubleBinaryOperator operator) {
    return input(0).flatMap(left -> input(1).map(right -> joined(left, right, operator)));
  }

  /// Along an axis where one of them has but one number, that counts for all.
  private NumberArray joined(NumberArray left, NumberArray right, DoubleBinaryOperator operator) {
    int axes = Math.max(left.shape().dimensions(), right.shape().dimensions());
    int[] one = widened(left.shape(), axes);
    int[] other = widened(right.shape(), axes);
    int[] lengths = new int[axes];
    for (int axis = 0; axis < axes; axis++) {
      if (one[axis] != other[axis] && one[axis] != 1 && other[axis] != 1) {
        throw problems.unknown(
            node, "stored numbers of shapes " + left.shape() + " and " + right.shape() + " in");
      }
      lengths[axis] = one[axis] == 1 ? other[axis] : one[axis];
    }
    double[] values = new double[Math.toIntExact(Shape.of(lengths).size())];
    Arrays.setAll(
        values,
        at ->
            operator.applyAsDouble(
                left.values().real(place(at, lengths, one)),
                right.values().real(place(at, lengths, other))));
    return NumberArray.of(values, lengths);
  }

  private static int[] widened(Shape shape, int axes) {
    int[] lengths = new int[axes];
    Arrays.fill(lengths, 1);
    System.arraycopy(lengths(shape), 0, lengths, axes - shape.dimensions(), shape.dimensions());
    return lengths;
  }

  /// Where a number of the wide array comes from.
  private static int place(int at, int[] wide, int[] narrow) {
    int place = 0;
    int stride = 1;
    int rest = at;
    for (int axis = wide.length - 1; axis >= 0; axis--) {
      place += narrow[axis] == 1 ? 0 : rest % wide[axis] * stride;
      stride *= narrow[axis];
      rest /= wide[axis];
    }
    return place;
  }

  /// (x - zero point) * scale, both of which may be one for each place along an axis.
  private Optional<NumberArray> dequantized(NumberArray array) {
    if (node.number("block_size", 0) != 0) {
      return Optional.empty();
    }
    NumberArray scale = along(stored.constant(node, 1), array);
    NumberArray moved =
        node.input(2).isEmpty()
            ? array
            : joined(array, along(stored.constant(node, 2), array), (a, b) -> a - b);
    return Optional.of(joined(moved, scale, (a, b) -> a * b));
  }

  private NumberArray along(NumberArray some, NumberArray array) {
    if (some.values().length() == 1) {
      return NumberArray.of(some.toDoubles());
    }
    int given = (int) node.number("axis", 1);
    int axes = array.shape().dimensions();
    int axis = given < 0 ? given + axes : given;
    if (axis < 0 || axis >= axes || array.shape().length(axis) != some.values().length()) {
      throw problems.unknown(node, some.values().length() + " numbers along axis " + given + " of");
    }
    int[] lengths = new int[axes];
    Arrays.fill(lengths, 1);
    lengths[axis] = some.values().length();
    return NumberArray.of(some.toDoubles(), lengths);
  }

  // Of rows, such as lengths are

  private Optional<NumberArray> gathered() {
    Optional<NumberArray> places = input(1);
    if (places.isEmpty() || node.number("axis", 0) != 0) {
      return Optional.empty();
    }
    Optional<NumberArray> from = input(0);
    if (from.isEmpty()) {
      return stored.isMeasured(node.input(0))
          ? places.map(array -> each(array, _ -> Double.NaN))
          : Optional.empty();
    }
    return isRow(from.get())
        ? places.map(array -> each(array, place -> at(from.get(), place)))
        : Optional.empty();
  }

  private static boolean isRow(NumberArray array) {
    return array.shape().dimensions() == 1;
  }

  private double at(NumberArray row, double place) {
    int length = row.values().length();
    double index = place < 0 ? place + length : place;
    if (!(index >= 0 && index < length)) {
      throw problems.unknown(node, "place " + place + " of " + length + " in");
    }
    return row.values().real((int) index);
  }

  private Optional<NumberArray> sliced(NumberArray array) {
    Optional<Integer> first = bound("starts", 1);
    Optional<Integer> last = bound("ends", 2);
    boolean isPlain = node.inputs().size() < 5 && isRow(array);
    if (!isPlain || first.isEmpty() || last.isEmpty()) {
      return Optional.empty();
    }
    int length = array.values().length();
    int from = clamped(first.get(), length);
    int to = Math.max(from, clamped(last.get(), length));
    return Optional.of(row(Arrays.stream(array.toDoubles(), from, to)));
  }

  private static int clamped(int bound, int length) {
    return Math.clamp(bound < 0 ? (long) bound + length : bound, 0, length);
  }

  private Optional<Integer> bound(String attribute, int at) {
    int[] given = node.wholes(attribute);
    return given.length == 1
        ? Optional.of(given[0])
        : input(at)
            .filter(array -> array.values().length() == 1)
            .map(array -> (int) array.values().real(0));
  }

  private Optional<NumberArray> concatenated() {
    List<Double> all = new ArrayList<>();
    for (int k = 0; k < node.inputs().size(); k++) {
      Optional<NumberArray> part = input(k).filter(StoredOperations::isRow);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      Arrays.stream(part.get().toDoubles()).forEach(all::add);
    }
    return Optional.of(row(all.stream().mapToDouble(Double::doubleValue)));
  }
}
