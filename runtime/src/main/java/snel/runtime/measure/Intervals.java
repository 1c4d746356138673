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

  /// The intervals of all neurons, one neuron after the other.
  public static double[] all(SpikeTrains trains) {
    double[] all = new double[trains.count()];
    int at = 0;
    for (int i = 0; i < trains.neurons(); i++) {
      double[] own = of(trains, i);
      System.arraycopy(own, 0, all, at, own.length);
      at += own.length;
    }
    return Arrays.copyOf(all, at);
  }

  /// Coefficient of variation: standard deviation (over n) by mean, for each neuron that has two
  /// intervals or more. 0 for a clock, 1 for a Poisson process (Softky & Koch 1993,
  /// doi:10.1523/JNEUROSCI.13-01-00334.1993).
  public static double[] cv(SpikeTrains trains) {
    return each(trains, Intervals::coefficientOfVariation);
  }

  /// Mean of 2|I(k+1) - I(k)| / (I(k+1) + I(k)), which slow changes of the rate do not raise (Holt,
  /// Softky, Koch & Douglas 1996, doi:10.1152/jn.1996.75.5.1806).
  public static double[] cv2(SpikeTrains trains) {
    return each(trains, intervals -> neighbours(intervals, q -> 2 * Math.abs(q)));
  }

  /// Local variation: mean of 3 ((I(k) - I(k+1)) / (I(k) + I(k+1)))² (Shinomoto, Shima & Tanji
  /// 2003, doi:10.1162/089976603322518759).
  public static double[] localVariation(SpikeTrains trains) {
    return each(trains, intervals -> neighbours(intervals, q -> 3 * q * q));
  }

  private interface Measure {
    double of(double[] intervals);
  }

  private static double[] each(SpikeTrains trains, Measure measure) {
    double[] values = new double[trains.neurons()];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (trains.count(i) >= 3) {
        values[count++] = measure.of(of(trains, i));
      }
    }
    return Arrays.copyOf(values, count);
  }

  private static double coefficientOfVariation(double[] intervals) {
    return Signals.deviation(intervals) / Signals.mean(intervals);
  }

  private static double neighbours(
      double[] intervals, java.util.function.DoubleUnaryOperator term) {
    double sum = 0;
    for (int k = 0; k + 1 < intervals.length; k++) {
      double quotient = (intervals[k + 1] - intervals[k]) / (intervals[k + 1] + intervals[k]);
      sum += term.applyAsDouble(quotient);
    }
    return sum / (intervals.length - 1);
  }
}
