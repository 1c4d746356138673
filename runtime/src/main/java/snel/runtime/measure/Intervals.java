package snel.runtime.measure;

import java.util.Arrays;

/// How regular the intervals between the spikes of a neuron are.
public final class Intervals {
  private Intervals() {}

  /// The intervals of one neuron.
  public static double[] of(SpikeTrains trains, int neuron) {
    double[] intervals = new double[Math.max(0, trains.count(neuron) - 1)];
    for (int k = 0; k < intervals.length; k++) {
      intervals[k] = trains.time(neuron, k + 1) - trains.time(neuron, k);
    }
    return intervals;
  }

  /// Coefficient of variation: standard deviation (over n) by mean, for each neuron that has two
  /// intervals or more. 0 for a clock, 1 for a Poisson process (Softky & Koch 1993,
  /// doi:10.1523/JNEUROSCI.13-01-00334.1993).
  public static double[] cv(SpikeTrains trains) {
    double[] values = new double[trains.neurons()];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (trains.count(i) >= 3) {
        double[] intervals = of(trains, i);
        values[count++] = Signals.deviation(intervals) / Signals.mean(intervals);
      }
    }
    return Arrays.copyOf(values, count);
  }
}
