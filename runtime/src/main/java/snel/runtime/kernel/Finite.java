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

  /// Without a branch at each element: the largest exponent plus one reaches the sign bit.
  private static boolean isAny(float[] elements) {
    int all = 0;
    for (float element : elements) {
      all |= (Float.floatToRawIntBits(element) & 0x7f80_0000) + 0x0080_0000;
    }
    return all < 0;
  }

  private static boolean isAny(double[] elements) {
    long all = 0;
    for (double element : elements) {
      all |= (Double.doubleToRawLongBits(element) & 0x7ff0_0000_0000_0000L) + (1L << 52);
    }
    return all < 0;
  }
}
