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
  /// together, as 784 for 28 x 28; those of 3 x 2 are not those of 2 x 3. While a program runs,
  /// where nothing of this room is known, `snel.runtime.data.Shape` says the same of what is read.
  public static boolean nest(List<Integer> one, List<Integer> other) {
    Set<Long> strides = strides(one);
    Set<Long> others = strides(other);
    return all(one) == all(other) && (strides.containsAll(others) || others.containsAll(strides));
  }

  /// All pairs of two populations may be more than an array has.
  private static long all(List<Integer> shape) {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
  }

  /// How many elements lie between two neighbours along each axis.
  private static Set<Long> strides(List<Integer> shape) {
    Set<Long> strides = new HashSet<>();
    long stride = 1;
    for (int length : shape.reversed()) {
      if (length != 1) {
        strides.add(stride);
        stride *= length;
      }
    }
    return strides;
  }
}
