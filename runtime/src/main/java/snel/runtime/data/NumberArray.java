package snel.runtime.data;

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
