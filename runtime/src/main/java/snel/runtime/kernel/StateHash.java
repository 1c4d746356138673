package snel.runtime.kernel;

/// The hash that level `bit` compares: `h = h * 0x9E3779B97F4A7C15 + bits + 1` from 0 over all
/// elements, `bits` unsigned in the element's own width, every NaN as the canonical one
/// (semantics.md §12, §14).
public final class StateHash {
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private StateHash() {}

  /// Continues `hash` with the elements of a primitive array.
  public static long add(long hash, Object array) {
    long h = hash;
    switch (array) {
      case byte[] elements -> {
        for (byte element : elements) {
          h = h * FACTOR + (element & 0xff) + 1;
        }
      }
      case char[] elements -> {
        for (char element : elements) {
          h = h * FACTOR + element + 1;
        }
      }
      case int[] elements -> {
        for (int element : elements) {
          h = h * FACTOR + (element & 0xffffffffL) + 1;
        }
      }
      case long[] elements -> {
        for (long element : elements) {
          h = h * FACTOR + element + 1;
        }
      }
      case float[] elements -> {
        for (float element : elements) {
          h = h * FACTOR + (Float.floatToIntBits(element) & 0xffffffffL) + 1;
        }
      }
      case double[] elements -> {
        for (double element : elements) {
          h = h * FACTOR + Double.doubleToLongBits(element) + 1;
        }
      }
      default -> throw new IllegalArgumentException("not an array of numbers");
    }
    return h;
  }
}
