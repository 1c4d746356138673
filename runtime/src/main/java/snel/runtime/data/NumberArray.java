package snel.runtime.data;

import java.util.Arrays;
import java.util.function.DoublePredicate;
import snel.runtime.kernel.ProblemKind;

/// Numbers with a shape, the last index running fastest.
public record NumberArray(Shape shape, Numbers values) {
  public NumberArray {
    if (shape.size() != values.length()) {
      throw new IllegalArgumentException(
          "shape " + shape + " wants " + shape.size() + " numbers, not " + values.length());
    }
  }

  public static NumberArray of(double[] values, int... lengths) {
    return new NumberArray(Shape.of(lengths), new Numbers.Doubles(values));
  }

  public static NumberArray of(float[] values, int... lengths) {
    return new NumberArray(Shape.of(lengths), new Numbers.Floats(values));
  }

  /// The same with its axes in another order.
  ///
  /// @param order which axis of this array each axis of the other is
  public NumberArray transposed(int... order) {
    int[] lengths = new int[order.length];
    int[] strides = new int[order.length];
    Arrays.setAll(lengths, axis -> shape.length(order[axis]));
    Arrays.setAll(strides, axis -> stride(order[axis]));
    double[] turned = new double[values.length()];
    for (int at = 0; at < turned.length; at++) {
      int rest = at;
      int from = 0;
      for (int axis = order.length - 1; axis >= 0; axis--) {
        from += rest % lengths[axis] * strides[axis];
        rest /= lengths[axis];
      }
      turned[at] = values.real(from);
    }
    return NumberArray.of(turned, lengths);
  }

  private int stride(int axis) {
    int stride = 1;
    for (int further = axis + 1; further < shape.dimensions(); further++) {
      stride *= shape.length(further);
    }
    return stride;
  }

  /// Refuses an array with a number that is not right.
  public void require(String place, DoublePredicate isRight) {
    for (int k = 0; k < values.length(); k++) {
      if (!isRight.test(values.real(k))) {
        throw DataProblem.found(
            ProblemKind.BAD_SAMPLE,
            place,
            "numbers",
            values.real(k) + " as number " + k + " (counted from 0)");
      }
    }
  }

  /// The numbers as doubles, copied.
  public double[] toDoubles() {
    double[] out = new double[values.length()];
    for (int i = 0; i < out.length; i++) {
      out[i] = values.real(i);
    }
    return out;
  }

  /// The numbers as floats, each rounded once, copied.
  public float[] toFloats() {
    float[] out = new float[values.length()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) values.real(i);
    }
    return out;
  }
}
