package snel.runtime.measure;

import java.util.Arrays;

/// How many values lie in each of some equal bins, of which the last is closed at both ends.
///
/// @param edges one more than there are counts
public record Histogram(double[] edges, long[] counts) {
  /// Bins from the least value to the greatest, of whole numbers as many in each and `bins` at
  /// most. Values that are not finite are left out.
  public static Histogram of(double[] values, int bins) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (Double.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    if (low > high) {
      return between(values, 0, 1, bins);
    }
    if (Arrays.stream(values).filter(Double::isFinite).allMatch(Histogram::isWhole)) {
      return ofWhole(values, low, high, bins);
    }
    double margin = low == high ? Math.max(0.5, Math.ulp(low)) : 0;
    return between(values, low - margin, high + margin, bins);
  }

  /// Whole, and with room for halves beside it.
  private static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.ulp(value) < 0.25;
  }

  private static Histogram ofWhole(double[] values, double low, double high, int bins) {
    double span = high - low + 1;
    double width = Math.ceil(span / bins);
    int used = (int) Math.ceil(span / width);
    return between(values, low - 0.5, low - 0.5 + used * width, used);
  }

  /// Bins from `low` to `high`; values outside are left out.
  public static Histogram between(double[] values, double low, double high, int bins) {
    if (bins < 1 || !(high > low)) {
      throw new IllegalArgumentException(bins + " bins from " + low + " to " + high);
    }
    double[] edges = new double[bins + 1];
    Arrays.setAll(edges, b -> low + (high - low) * b / bins);
    long[] counts = new long[bins];
    for (double value : values) {
      if (value >= low && value <= high) {
        counts[bin(value, edges)]++;
      }
    }
    return new Histogram(edges, counts);
  }

  /// The quotient gives the bin but for rounding, which the edges themselves settle.
  private static int bin(double value, double[] edges) {
    int bins = edges.length - 1;
    int at = (int) ((value - edges[0]) / (edges[bins] - edges[0]) * bins);
    at = Math.min(at, bins - 1);
    while (at > 0 && value < edges[at]) {
      at--;
    }
    while (at < bins - 1 && value >= edges[at + 1]) {
      at++;
    }
    return at;
  }
}
