package snel.math;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

  /// Whether elements in their order stand for the same in both: axes may be split, or taken
  /// together, as 784 for 28 x 28; those of 3 x 2 are not those of 2 x 3.
  public static boolean nest(List<Integer> one, List<Integer> other) {
    Set<Integer> strides = strides(one);
    Set<Integer> others = strides(other);
    return size(one) == size(other) && (strides.containsAll(others) || others.containsAll(strides));
  }

  /// How many elements lie between two neighbours along each axis.
  private static Set<Integer> strides(List<Integer> shape) {
    Set<Integer> strides = new HashSet<>();
    int stride = 1;
    for (int length : shape.reversed()) {
      if (length != 1) {
        strides.add(stride);
        stride *= length;
      }
    }
    return strides;
  }
}
