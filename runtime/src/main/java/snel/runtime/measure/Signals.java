package snel.runtime.measure;

import java.util.Arrays;

/// Numbers that describe a signal.
public final class Signals {
  private Signals() {}

  public static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /// Standard deviation, divided by n.
  public static double deviation(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }

  /// The values of all local maxima in their order: a sample, or a run of equal ones, that the
  /// signal rises to and falls from. Neither end is a maximum.
  public static double[] peaks(double[] signal) {
    double[] peaks = new double[signal.length];
    int count = 0;
    boolean rising = false;
    for (int t = 1; t < signal.length; t++) {
      if (signal[t] > signal[t - 1]) {
        rising = true;
      } else if (signal[t] < signal[t - 1]) {
        if (rising) {
          peaks[count++] = signal[t - 1];
        }
        rising = false;
      }
    }
    return Arrays.copyOf(peaks, count);
  }

  /// The largest of the samples `from` to `until`, the latter left out.
  public static double largest(double[] signal, int from, int until) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int t = from; t < until; t++) {
      largest = Math.max(largest, signal[t]);
    }
    return largest;
  }
}
