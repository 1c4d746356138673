package snel.runtime.measure;

/// How often neurons spike.
public final class Rates {
  private Rates() {}

  /// The number of spikes of the whole population in each bin.
  public static int[] histogram(SpikeTrains trains, double bin) {
    Bins bins = Bins.over(trains, bin);
    int[] counts = new int[bins.count()];
    for (int i = 0; i < trains.neurons(); i++) {
      for (int k = 0; k < trains.count(i); k++) {
        int at = bins.index(trains.time(i, k));
        if (at < counts.length) {
          counts[at]++;
        }
      }
    }
    return counts;
  }

  /// The mean rate in each bin in kHz.
  public static double[] overTime(SpikeTrains trains, double bin) {
    int[] counts = histogram(trains, bin);
    double[] rates = new double[counts.length];
    for (int b = 0; b < counts.length; b++) {
      rates[b] = counts[b] / (trains.neurons() * bin);
    }
    return rates;
  }
}
