package snel.runtime.schedule;

import java.util.Arrays;
import java.util.List;
import snel.runtime.data.CellText;
import snel.runtime.kernel.ProblemKind;

/// What a term evaluates to. The type was decided when compiled; the conversions below assume it.
public sealed interface Value {
  Value NOTHING = new Nothing();

  record Real(double value) implements Value {}

  record Whole(long value) implements Value {}

  record Truth(boolean value) implements Value {}

  record Text(String value) implements Value {}

  /// The label of a read-out that decided for nobody.
  record Nothing() implements Value {}

  /// Numbers with a shape, the last index running fastest. Nobody writes to them after they are
  /// made.
  record Array(int[] shape, double[] elements) implements Value {
    public static Array row(double... elements) {
      return new Array(new int[] {elements.length}, elements);
    }

    /// Row `index` of the first dimension; a number if that is the only one, or if it is one
    /// itself.
    public Value part(int index) {
      if (shape.length <= 1) {
        return new Real(elements[index]);
      }
      int[] inner = Arrays.copyOfRange(shape, 1, shape.length);
      int size = Arrays.stream(inner).reduce(1, Math::multiplyExact);
      return new Array(inner, Arrays.copyOfRange(elements, index * size, (index + 1) * size));
    }
  }

  /// For each neuron its spike times in ms since the episode began, rising.
  record Trains(double[][] rows) implements Value {}

  /// Samples over time: `times` in ms since the episode began, and a row of values for each element
  /// sampled.
  record Series(double[] times, double[][] rows) implements Value {}

  record Listing(List<Value> elements) implements Value {
    public Listing {
      elements = List.copyOf(elements);
    }
  }

  record Tuple(List<Value> parts) implements Value {
    public Tuple {
      parts = List.copyOf(parts);
    }
  }

  /// One record of a data set.
  record Sample(Records records, int index) implements Value {}

  /// Records of a data set in an order.
  record Stream(Records records, int[] order) implements Value {}

  /// What a report draws; several parts are all there is of a figure that grows part by part.
  record Drawn(List<Drawing> parts) implements Value {
    public Drawn {
      parts = List.copyOf(parts);
    }
  }

  /// Whether it is a number or rows of them.
  default boolean isNumeric() {
    return this instanceof Real || this instanceof Whole || this instanceof Array;
  }

  static Value of(boolean value) {
    return new Truth(value);
  }

  default double real() {
    return switch (this) {
      case Real(double value) -> value;
      case Whole(long value) -> value;
      case Truth(boolean value) -> value ? 1 : 0;
      case Array(int[] _, double[] elements) when elements.length == 1 -> elements[0];
      case Text(String text) -> numberIn(text);
      default -> throw unexpected("a number");
    };
  }

  default long whole() {
    return switch (this) {
      case Whole(long value) -> value;
      case Real(double value) when value == Math.rint(value) -> (long) value;
      case Text(String text) when numberIn(text) == Math.rint(numberIn(text)) ->
          (long) numberIn(text);
      case Real(double value) ->
          throw new ProtocolProblem(
              ProblemKind.RUN_TIME_INDEX,
              "a whole number is wanted here, not " + NumberText.of(value));
      default -> throw unexpected("a whole number");
    };
  }

  /// Many hold if each does.
  default boolean truth() {
    return switch (this) {
      case Truth(boolean value) -> value;
      case Real(double value) -> value != 0;
      case Whole(long value) -> value != 0;
      case Array _, Listing _, Series _, Trains _ ->
          Arrays.stream(numbers()).allMatch(number -> number != 0);
      default -> throw unexpected("true or false");
    };
  }

  default String text() {
    return this instanceof Text(String value) ? value : shown();
  }

  /// Its numbers in a shape that has room for just as many; itself in another.
  default Value placed(int[] shape) {
    return this instanceof Array(int[] _, double[] elements)
            && Arrays.stream(shape).reduce(1, (a, b) -> a * b) == elements.length
        ? new Array(shape, elements)
        : this;
  }

  /// All numbers in it, in order.
  default double[] numbers() {
    return switch (this) {
      case Real _, Whole _, Truth _, Text _ -> new double[] {real()};
      case Array(int[] _, double[] elements) -> elements;
      case Listing(List<Value> elements) -> joined(elements);
      case Tuple(List<Value> parts) -> joined(parts);
      case Series(double[] _, double[][] rows) -> concatenated(rows);
      case Trains(double[][] rows) -> concatenated(rows);
      case Stream _, Sample _, Nothing _, Drawn _ -> throw unexpected("a list of numbers");
    };
  }

  /// How many elements a loop over it has.
  default int size() {
    return switch (this) {
      case Array(int[] shape, double[] _) -> shape.length == 0 ? 1 : shape[0];
      case Trains(double[][] rows) -> rows.length;
      case Series(double[] times, double[][] rows) -> rows.length == 1 ? times.length : rows.length;
      case Listing(List<Value> elements) -> elements.size();
      case Tuple(List<Value> parts) -> parts.size();
      case Stream(Records _, int[] order) -> order.length;
      case Real _, Whole _, Truth _, Text _, Nothing _, Sample _, Drawn _ -> 1;
    };
  }

  /// Element `index` of a loop over it: of one recording a sample, of several a recording.
  default Value element(int index) {
    return switch (this) {
      case Array array -> array.part(index);
      case Trains(double[][] rows) -> new Trains(new double[][] {rows[index]});
      case Listing(List<Value> elements) -> elements.get(index);
      case Tuple(List<Value> parts) -> parts.get(index);
      case Stream(Records records, int[] order) -> new Sample(records, order[index]);
      case Series(double[] times, double[][] rows) ->
          rows.length == 1
              ? new Real(rows[0][index])
              : new Series(times, new double[][] {rows[index]});
      case Real _, Whole _, Truth _, Text _, Nothing _, Sample _, Drawn _ ->
          throw unexpected("a list");
    };
  }

  /// As texts and tables show it, without a unit.
  default String shown() {
    return switch (this) {
      case Real(double value) -> NumberText.of(value);
      case Whole(long value) -> Long.toString(value);
      case Truth(boolean value) -> Boolean.toString(value);
      case Text(String value) -> value;
      case Nothing _ -> "none";
      case Array(int[] _, double[] elements) -> NumberText.row(elements);
      case Trains(double[][] rows) -> rows.length + " spike trains";
      case Series(double[] times, double[][] rows) ->
          rows.length + " traces of " + times.length + " samples";
      case Listing(List<Value> elements) -> listed(elements, "[", "]");
      case Tuple(List<Value> parts) -> listed(parts, "(", ")");
      case Sample(Records records, int index) -> records.name() + " " + index;
      case Stream(Records records, int[] order) -> order.length + " of " + records.name();
      case Drawn(List<Drawing> parts) -> parts.getFirst().getClass().getSimpleName();
    };
  }

  /// The number that a cell of a column of texts says.
  private static double numberIn(String text) {
    if (!CellText.reads(text)) {
      throw new TextForNumber(text);
    }
    return CellText.number(text);
  }

  private static String listed(List<Value> values, String open, String close) {
    return String.join(", ", values.stream().map(Value::shown).toList())
        .transform(inner -> open + inner + close);
  }

  private static double[] joined(List<Value> values) {
    return concatenated(values.stream().map(Value::numbers).toArray(double[][]::new));
  }

  private static double[] concatenated(double[][] rows) {
    double[] all = new double[Arrays.stream(rows).mapToInt(row -> row.length).sum()];
    int at = 0;
    for (double[] row : rows) {
      System.arraycopy(row, 0, all, at, row.length);
      at += row.length;
    }
    return all;
  }

  private ProtocolProblem unexpected(String wanted) {
    return new ProtocolProblem(ProblemKind.BAD_VALUE, wanted + " is wanted here, not " + shown());
  }
}
