package snel.runtime.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import snel.runtime.kernel.ProblemKind;

/// Library functions of protocols that only compute.
public final class Library {
  private Library() {}

  public static double exprel(double x) {
    return x == 0 ? 1 : StrictMath.expm1(x) / x;
  }

  public static double logit(double p) {
    return StrictMath.log(p / (1 - p));
  }

  public static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  /// Half up (semantics.md §1).
  public static double round(double x) {
    return Math.floor(x + 0.5);
  }

  public static double truncate(double x) {
    return x < 0 ? Math.ceil(x) : Math.floor(x);
  }

  public static double min(double a, double b) {
    return a < b ? a : b;
  }

  public static double max(double a, double b) {
    return a > b ? a : b;
  }

  public static double mod(double a, double b) {
    return a - b * Math.floor(a / b);
  }

  /// `floor`, `round`, `truncate` of one number give an integer.
  public static Value whole(Value value) {
    if (value instanceof Value.Real(double x)) {
      if (Double.isNaN(x)) {
        throw new ProtocolProblem(
            ProblemKind.BAD_VALUE, "an integer is wanted, but this is not a number (NaN)");
      }
      if (!(Math.abs(x) < 0x1p63)) {
        throw new ProtocolProblem(
            ProblemKind.RUN_TIME_OVERFLOW, "an integer is too large: it does not fit into 64 bits");
      }
      return new Value.Whole((long) x);
    }
    return value;
  }

  /// The remainder of two integers is an integer.
  public static Value mod(Value a, Value b) {
    if (a instanceof Value.Whole(long x) && b instanceof Value.Whole(long y)) {
      if (y == 0) {
        throw new ProtocolProblem(ProblemKind.BAD_VALUE, "`mod` by zero");
      }
      return new Value.Whole(Math.floorMod(x, y));
    }
    return Operators.each(a, b, Library::mod);
  }

  public static double sum(Value value) {
    return sum(value.numbers());
  }

  /// 16 strided partial sums, folded 8, 4, 2, 1 (semantics.md §3).
  public static double sum(double[] numbers) {
    double[] lanes = new double[16];
    for (int k = 0; k < numbers.length; k++) {
      lanes[k & 15] += numbers[k];
    }
    for (int width = 8; width > 0; width >>= 1) {
      for (int l = 0; l < width; l++) {
        lanes[l] += lanes[l + width];
      }
    }
    return lanes[0];
  }

  static long wholeSum(int[] numbers) {
    long sum = 0;
    for (int number : numbers) {
      sum += number;
    }
    return sum;
  }

  public static double mean(Value value) {
    double[] numbers = value.numbers();
    return sum(numbers) / numbers.length;
  }

  public static double deviation(Value value) {
    double[] numbers = value.numbers();
    double mean = sum(numbers) / numbers.length;
    return Math.sqrt(
        sum(Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).toArray()) / numbers.length);
  }

  public static double least(Value value) {
    return Arrays.stream(value.numbers()).min().orElse(Double.NaN);
  }

  public static double greatest(Value value) {
    return greatest(value.numbers());
  }

  static double greatest(double[] numbers) {
    return Arrays.stream(numbers).max().orElse(Double.NaN);
  }

  public static boolean allFinite(Value value) {
    return Arrays.stream(value.numbers()).allMatch(Double::isFinite);
  }

  /// All elements in a row.
  public static Value flatten(Value value) {
    return Value.Array.row(value.numbers());
  }

  public static Value transpose(Value value) {
    Value.Array array = Operators.array(value);
    if (array.shape().length != 2) {
      throw new ProtocolProblem(
          ProblemKind.SIZES_DIFFER,
          "`transpose` wants two dimensions, not " + array.shape().length);
    }
    int rows = array.shape()[0];
    int columns = array.shape()[1];
    double[] out = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        out[j * rows + i] = array.elements()[i * columns + j];
      }
    }
    return new Value.Array(new int[] {columns, rows}, out);
  }

  public static Value oneHot(long label, long classes) {
    double[] out = new double[Math.toIntExact(classes)];
    if (label < 0 || label >= classes) {
      throw new ProtocolProblem(
          ProblemKind.RUN_TIME_INDEX,
          "`one_hot`: " + label + " is none of " + classes + " classes");
    }
    out[(int) label] = 1;
    return Value.Array.row(out);
  }

  /// A label that a loss may be taken of.
  public static Value label(long label, long classes) {
    if (label < 0 || label >= classes) {
      throw new ProtocolProblem(
          ProblemKind.RUN_TIME_INDEX,
          "the label " + label + " is none of the " + classes + " that have a score");
    }
    return new Value.Whole(label);
  }

  public static Value repeatEach(Value value, long times) {
    int count = Math.toIntExact(times);
    double[] in = value.numbers();
    double[] out = new double[in.length * count];
    for (int k = 0; k < out.length; k++) {
      out[k] = in[k / count];
    }
    return Value.Array.row(out);
  }

  public static Value linspace(double from, double to, long count) {
    double[] out = new double[Math.toIntExact(count)];
    for (int k = 0; k < out.length; k++) {
      out[k] = out.length == 1 ? from : from + (to - from) * k / (out.length - 1);
    }
    return Value.Array.row(out);
  }

  /// Pairs of the elements of two lists of one length.
  public static Value zip(Value a, Value b) {
    if (a.size() != b.size()) {
      throw new ProtocolProblem(
          ProblemKind.SIZES_DIFFER,
          "`zip` wants equal lengths, not " + a.size() + " and " + b.size());
    }
    List<Value> pairs = new ArrayList<>();
    for (int k = 0; k < a.size(); k++) {
      pairs.add(new Value.Tuple(List.of(a.element(k), b.element(k))));
    }
    return new Value.Listing(pairs);
  }

  /// `stream | take(n)`: the first n, or all if there are fewer.
  public static Value take(Value stream, long count) {
    return picked(stream, IntStream.range(0, (int) Math.min(count, stream.size())).toArray());
  }

  public static Value last(Value stream, long count) {
    int size = stream.size();
    return picked(stream, IntStream.range((int) Math.max(0, size - count), size).toArray());
  }

  /// The elements at these places, in this order.
  public static Value picked(Value stream, int[] places) {
    if (stream instanceof Value.Stream(Records records, int[] order)) {
      return new Value.Stream(records, Arrays.stream(places).map(k -> order[k]).toArray());
    }
    return new Value.Listing(Arrays.stream(places).mapToObj(stream::element).toList());
  }

  /// The values of one field over a stream.
  public static Value fieldOfAll(Value stream, String field) {
    List<Value> values = new ArrayList<>();
    for (int k = 0; k < stream.size(); k++) {
      values.add(field(stream.element(k), field));
    }
    return new Value.Listing(values);
  }

  public static Value field(Value sample, String field) {
    if (sample instanceof Value.Sample(Records records, int index)) {
      return records.field(index, field);
    }
    throw new IllegalStateException("no record: " + sample);
  }

  /// `list[i]`, counted from 0.
  public static Value element(Value list, long index) {
    if (index < 0 || index >= list.size()) {
      throw new ProtocolProblem(
          ProblemKind.RUN_TIME_INDEX,
          "there is no element " + index + ": there are " + list.size());
    }
    return list.element((int) index);
  }

  /// A number that must be above 0 where `function` takes it as `argument`.
  public static Value positive(Value number, String function, String argument) {
    new Limits(function).positive(argument, number.real());
    return number;
  }
}
