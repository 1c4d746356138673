package snel.runtime.kernel;

/// Finds numbers that are none.
public final class Finite {
  private Finite() {}

  /// The first element that is infinite or no number; -1 if there is none, as in every array of
  /// integers.
  public static int firstOther(Object array) {
    return switch (array) {
      case float[] elements when isAny(elements) -> {
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

  private static boolean isAny(double[] elements) {
    double most = 0;
    for (double element : elements) {
      most = Math.max(most, Math.abs(element));
    }
    return !(most <= Double.MAX_VALUE);
  }
}
