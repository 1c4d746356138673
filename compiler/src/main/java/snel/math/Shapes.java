package snel.math;

import java.util.List;

/// Lengths of arrays along their axes.
public final class Shapes {
  private Shapes() {}

  /// How many elements an array of this shape has.
  public static int size(List<Integer> shape) {
    return shape.stream().reduce(1, (a, b) -> a * b);
  }
}
