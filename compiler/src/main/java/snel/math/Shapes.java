package snel.math;

import java.util.List;

/// Lengths of arrays along their axes.
public final class Shapes {
  private Shapes() {}

  /// How many elements an array of this shape has.
  public static int size(List<Integer> shape) {
    int size = 1;
    for (int length : shape) {
      size *= length;
    }
    return size;
  }
}
