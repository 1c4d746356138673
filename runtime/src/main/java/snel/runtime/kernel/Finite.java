package snel.runtime.kernel;

/// Finds numbers that are none.
public final class Finite {
  private Finite() {}

  /// The first element that is infinite or no number; -1 if there is none, as in every array of
  /// integers.
  public static int firstOther(Object array) {
    return switch (array) {
      case float[] elements -> {
        for (int k = 0; k < elements.length; k++) {
          if (!Float.isFinite(elements[k])) {
            yield k;
          }
        }
        yield -1;
      }
      case double[] elements -> {
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
}
