package snel.runtime.convert;

/// How large the numbers above 0 are of which many come by, to one part in 4,096.
final class Percentile {
  private static final int SHIFT = 11;
  private final long[] counts = new long[1 << (Integer.SIZE - 1 - SHIFT)];
  private long total;
  private double largest;

  void take(double[] numbers) {
    for (double number : numbers) {
      if (number > 0) {
        counts[Float.floatToIntBits((float) number) >>> SHIFT]++; // rises with the number
        total++;
        largest = Math.max(largest, number);
      }
    }
  }

  /// What so many percent of the numbers do not exceed; 0 if there is none.
  double of(double percent) {
    long wanted = (long) Math.ceil(total * percent / 100);
    long seen = 0;
    for (int bin = 0; bin < counts.length; bin++) {
      seen += counts[bin];
      if (counts[bin] > 0 && seen >= wanted) {
        return Math.min(largest, Float.intBitsToFloat((bin + 1) << SHIFT));
      }
    }
    return largest;
  }
}
