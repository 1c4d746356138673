package snel.runtime.kernel;

/// Finds numbers that are none.
public final class Finite {
  /// What is infinite, and then what is no number.
  private static final int INFINITE = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

  private Finite() {}

  /// The first element that is infinite or no number; -1 if there is none, as in every array of
  /// integers.
  public static int firstOther(Object array) {
    return firstOther(array, false);
  }

  /// The same.
  ///
  /// @param inVectors whether [FiniteVector] is compiled
  public static int firstOther(Object array, boolean inVectors) {
    return switch (array) {
      case float[] elements when inVectors ? isAnyInVectors(elements) : isAny(elements) -> {
        for (int k = 0; k < elements.length; k++) {
          if (!Float.isFinite(elements[k])) {
            yield k;
          }
        }
        yield -1;
      }
      case double[] elements when isAny(elements) -> {
        for (int k = 0; k < elements.length; k++) {
          if (!Double.isFinite(elements[k])) {
            yield k;
          }
        }
        yield -1;
      }
      default -> -1;
    };
  }

  /// Without a branch at each element: what is infinite or no number stays so in the largest
  /// amount.
  private static boolean isAny(float[] elements) {
    float most = 0;
    for (float element : elements) {
      most = Math.max(most, Math.abs(element));
    }
    return !(most <= Float.MAX_VALUE);
  }

  private static boolean isAnyInVectors(float[] elements) {
    int whole = elements.length - elements.length % FiniteVector.TOGETHER;
    if (FiniteVector.most(elements, 0, whole) >= INFINITE) {
      return true;
    }
    for (int k = whole; k < elements.length; k++) {
      if (!Float.isFinite(elements[k])) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAny(double[] elements) {
    double most = 0;
    for (double element : elements) {
      most = Math.max(most, Math.abs(element));
    }
    return !(most <= Double.MAX_VALUE);
  }
}
