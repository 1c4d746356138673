package snel.runtime.schedule;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import snel.runtime.kernel.ProblemKind;

/// Operators of protocols: doubles, exact 64-bit integers, and arrays element by element.
public final class Operators {
  private Operators() {}

  public static Value add(Value left, Value right) {
    return left instanceof Value.Whole(long a) && right instanceof Value.Whole(long b)
        ? exact(() -> Math.addExact(a, b))
        : each(left, right, Double::sum);
  }

  public static Value subtract(Value left, Value right) {
    return left instanceof Value.Whole(long a) && right instanceof Value.Whole(long b)
        ? exact(() -> Math.subtractExact(a, b))
        : each(left, right, (x, y) -> x - y);
  }

  public static Value multiply(Value left, Value right) {
    return left instanceof Value.Whole(long a) && right instanceof Value.Whole(long b)
        ? exact(() -> Math.multiplyExact(a, b))
        : each(left, right, (x, y) -> x * y);
  }

  public static Value divide(Value left, Value right) {
    return each(left, right, (x, y) -> x / y);
  }

  /// A whole power of a whole number is whole; `x^n` by binary powering from the top bit
  /// (semantics.md §11), any other power by `pow`.
  public static Value power(Value left, Value right) {
    if (left instanceof Value.Whole(long base) && right instanceof Value.Whole(long exponent)) {
      if (exponent >= 0) {
        return exact(() -> wholePower(base, exponent));
      }
    }
    return each(left, right, Operators::power);
  }

  private static double power(double base, double exponent) {
    if (exponent == Math.rint(exponent) && Math.abs(exponent) <= 1024) {
      long n = Math.abs((long) exponent);
      double result = 1;
      for (int bit = 63 - Long.numberOfLeadingZeros(n); bit >= 0; bit--) {
        result *= result;
        if ((n >> bit & 1) != 0) {
          result *= base;
        }
      }
      return exponent < 0 ? 1 / result : result;
    }
    return StrictMath.pow(base, exponent);
  }

  private static long wholePower(long base, long exponent) {
    long result = 1;
    for (int bit = 63 - Long.numberOfLeadingZeros(exponent); bit >= 0; bit--) {
      result = Math.multiplyExact(result, result);
      if ((exponent >> bit & 1) != 0) {
        result = Math.multiplyExact(result, base);
      }
    }
    return result;
  }

  public static Value negate(Value operand) {
    return operand instanceof Value.Whole(long a)
        ? exact(() -> Math.negateExact(a))
        : each(operand, x -> -x);
  }

  public static Value less(Value left, Value right) {
    return compare(left, right, (x, y) -> x < y ? 1 : 0);
  }

  public static Value atMost(Value left, Value right) {
    return compare(left, right, (x, y) -> x <= y ? 1 : 0);
  }

  /// Texts and labels are equal when they read the same; none equals only none.
  public static Value equal(Value left, Value right) {
    if (left instanceof Value.Text(String a) && right instanceof Value.Text(String b)) {
      return Value.of(a.equals(b));
    }
    if (left instanceof Value.Nothing || right instanceof Value.Nothing) {
      return Value.of(left.equals(right));
    }
    return compare(left, right, (x, y) -> x == y ? 1 : 0);
  }

  public static Value unequal(Value left, Value right) {
    Value equal = equal(left, right);
    return equal instanceof Value.Truth(boolean same) ? Value.of(!same) : each(equal, x -> 1 - x);
  }

  public static Value inside(Value value, Value low, Value high, boolean upperOpen) {
    Value above = atMost(low, value);
    Value below = upperOpen ? less(value, high) : atMost(value, high);
    return above instanceof Value.Truth && below instanceof Value.Truth
        ? Value.of(above.truth() && below.truth())
        : each(above, below, (x, y) -> x * y);
  }

  private static Value compare(Value left, Value right, DoubleBinaryOperator test) {
    if (left instanceof Value.Whole(long a) && right instanceof Value.Whole(long b)) {
      return Value.of(test.applyAsDouble(Long.compare(a, b), 0) != 0);
    }
    Value result = each(left, right, test);
    return result instanceof Value.Real(double answer) ? Value.of(answer != 0) : result;
  }

  /// `f` of every number.
  public static Value each(Value operand, DoubleUnaryOperator f) {
    return switch (operand) {
      case Value.Array(int[] shape, double[] elements) -> new Value.Array(shape, each(elements, f));
      case Value.Series(double[] times, double[][] rows) ->
          new Value.Series(times, eachRow(rows, f));
      case Value.Trains(double[][] rows) -> new Value.Trains(eachRow(rows, f));
      case Value.Listing listing -> each(array(listing), f);
      default -> new Value.Real(f.applyAsDouble(operand.real()));
    };
  }

  private static double[][] eachRow(double[][] rows, DoubleUnaryOperator f) {
    return Arrays.stream(rows).map(row -> each(row, f)).toArray(double[][]::new);
  }

  private static double[] each(double[] elements, DoubleUnaryOperator f) {
    double[] out = new double[elements.length];
    for (int k = 0; k < out.length; k++) {
      out[k] = f.applyAsDouble(elements[k]);
    }
    return out;
  }

  /// `f` of the numbers of both, a single number going with every element of the other.
  public static Value each(Value left, Value right, DoubleBinaryOperator f) {
    if (isMany(left) && isMany(right)) {
      return together(left, right, f);
    }
    if (isMany(left)) {
      double b = right.real();
      return each(left, x -> f.applyAsDouble(x, b));
    }
    if (isMany(right)) {
      double a = left.real();
      return each(right, y -> f.applyAsDouble(a, y));
    }
    return new Value.Real(f.applyAsDouble(left.real(), right.real()));
  }

  /// For each element of `test` the number of `yes` where it holds, else that of `no`.
  public static Value choose(Value test, Value yes, Value no) {
    Value chosen = each(test, yes, (holds, a) -> holds != 0 ? a : 0);
    Value other = each(test, no, (holds, b) -> holds != 0 ? 0 : b);
    double[] tests = test.numbers();
    double[] a = chosen.numbers();
    double[] b = other.numbers();
    double[] result = new double[tests.length];
    for (int k = 0; k < tests.length; k++) {
      result[k] = tests[k] != 0 ? a[k] : b[k];
    }
    return chosen instanceof Value.Array(int[] shape, double[] _)
        ? new Value.Array(shape, result)
        : Value.Array.row(result);
  }

  /// The same, of two whole numbers a whole one.
  public static Value kept(Value left, Value right, DoubleBinaryOperator f) {
    return left instanceof Value.Whole(long a) && right instanceof Value.Whole(long b)
        ? new Value.Whole((long) f.applyAsDouble(a, b))
        : each(left, right, f);
  }

  private static Value together(Value left, Value right, DoubleBinaryOperator f) {
    if (left instanceof Value.Series(double[] times, double[][] rows)) {
      return series(times, rows, right, f);
    }
    double[] a = left.numbers();
    double[] b = right.numbers();
    if (a.length != b.length) {
      throw new ProtocolProblem(
          ProblemKind.SIZES_DIFFER,
          "shapes do not agree: " + a.length + " numbers against " + b.length);
    }
    double[] result = new double[a.length];
    for (int k = 0; k < a.length; k++) {
      result[k] = f.applyAsDouble(a[k], b[k]);
    }
    int[] shape =
        left instanceof Value.Array(int[] own, double[] _)
            ? own
            : right instanceof Value.Array(int[] own, double[] _) ? own : new int[] {result.length};
    return new Value.Array(shape, result);
  }

  /// Two recordings sample by sample, or one against numbers that are as many.
  private static Value series(
      double[] times, double[][] rows, Value right, DoubleBinaryOperator f) {
    double[] others = right.numbers();
    int width = times.length;
    if (others.length != rows.length * width) {
      throw new ProtocolProblem(
          ProblemKind.SIZES_DIFFER,
          "recordings do not agree: " + rows.length * width + " samples against " + others.length);
    }
    double[][] result = new double[rows.length][width];
    for (int r = 0; r < rows.length; r++) {
      for (int k = 0; k < width; k++) {
        result[r][k] = f.applyAsDouble(rows[r][k], others[r * width + k]);
      }
    }
    return new Value.Series(times, result);
  }

  /// A list of numbers, or of equal rows, as an array.
  public static Value.Array array(Value value) {
    return switch (value) {
      case Value.Array array -> array;
      case Value.Listing(var elements)
          when !elements.isEmpty() && elements.stream().allMatch(e -> e instanceof Value.Array) -> {
        int[] inner = array(elements.getFirst()).shape();
        int[] shape = new int[inner.length + 1];
        shape[0] = elements.size();
        System.arraycopy(inner, 0, shape, 1, inner.length);
        yield new Value.Array(shape, value.numbers());
      }
      default -> Value.Array.row(value.numbers());
    };
  }

  private static boolean isMany(Value value) {
    return value instanceof Value.Array
        || value instanceof Value.Series
        || value instanceof Value.Trains
        || value instanceof Value.Listing;
  }

  /// Integer arithmetic whose overflow is the program's fault.
  private interface Exact {
    long compute();
  }

  private static Value exact(Exact arithmetic) {
    try {
      return new Value.Whole(arithmetic.compute());
    } catch (ArithmeticException _) {
      throw new ProtocolProblem(
          ProblemKind.RUN_TIME_OVERFLOW, "an integer is too large: it does not fit into 64 bits");
    }
  }
}
