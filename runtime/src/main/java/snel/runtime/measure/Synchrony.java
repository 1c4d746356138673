package snel.runtime.measure;

/// How much the neurons of a population spike together.
public final class Synchrony {
  private Synchrony() {}

  /// Fano factor of the population's spike count in bins: variance (over n) by mean. 1 for
  /// independent Poisson neurons, more for synchronous ones (Fano 1947, doi:10.1103/PhysRev.72.26).
  /// NaN without a spike.
  public static double fanoFactor(SpikeTrains trains, double bin) {
    int[] counts = Rates.histogram(trains, bin);
    double[] values = new double[counts.length];
    for (int b = 0; b < counts.length; b++) {
      values[b] = counts[b];
    }
    double deviation = Signals.deviation(values);
    return deviation * deviation / Signals.mean(values);
  }

  /// Mean over all pairs of neurons of the correlation (Pearson) of their spike counts in bins.
  /// Neurons whose count never varies are in no pair; NaN if fewer than two are left.
  ///
  /// With z the counts of a neuron at mean 0 and variance 1, the sum over all ordered pairs is
  /// E[(sum of z)²] less the number of neurons, so that no pair need be visited.
  public static double correlation(SpikeTrains trains, double bin) {
    Bins bins = Bins.over(trains, bin);
    double[] together = new double[bins.count()];
    double shift = 0;
    int neurons = 0;
    for (int i = 0; i < trains.neurons(); i++) {
      int[] counts = counts(trains, i, bins);
      double mean = 0;
      double square = 0;
      for (int count : counts) {
        mean += count;
        square += (double) count * count;
      }
      mean /= counts.length;
      double variance = square / counts.length - mean * mean;
      if (variance > 0) {
        double deviation = Math.sqrt(variance);
        for (int b = 0; b < counts.length; b++) {
          together[b] += counts[b] / deviation;
        }
        shift += mean / deviation;
        neurons++;
      }
    }
    double power = 0;
    for (double sum : together) {
      power += (sum - shift) * (sum - shift) / together.length;
    }
    return neurons < 2 ? Double.NaN : (power - neurons) / ((double) neurons * (neurons - 1));
  }

  private static int[] counts(SpikeTrains trains, int neuron, Bins bins) {
    int[] counts = new int[bins.count()];
    for (int k = 0; k < trains.count(neuron); k++) {
      int at = bins.index(trains.time(neuron, k));
      if (at < counts.length) {
        counts[at]++;
      }
    }
    return counts;
  }
}
