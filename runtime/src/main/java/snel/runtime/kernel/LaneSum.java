package snel.runtime.kernel;

/// The fold that ends a float sum: 16 partials, folded 8, 4, 2, 1 (semantics.md §3).
public final class LaneSum {
  public static final int LANES = 16;

  private LaneSum() {}

  /// Folds `lanes`, leaving them changed.
  public static float fold(float[] lanes) {
    for (int width = LANES / 2; width > 0; width /= 2) {
      for (int lane = 0; lane < width; lane++) {
        lanes[lane] += lanes[lane + width];
      }
    }
    return lanes[0];
  }

  /// Folds `lanes`, leaving them changed.
  public static double fold(double[] lanes) {
    for (int width = LANES / 2; width > 0; width /= 2) {
      for (int lane = 0; lane < width; lane++) {
        lanes[lane] += lanes[lane + width];
      }
    }
    return lanes[0];
  }
}
