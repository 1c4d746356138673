package snel.runtime.measure;

/// How often neurons spike.
public final class Rates {
  private static final int DRAWN_BINS = 200;

  private Rates() {}

  /// The width of bins in which a rate over a time is drawn, in whole ms.
  public static double bin(double duration) {
    return Math.max(1, Math.rint(duration / DRAWN_BINS));
  }

  /// The middle of each bin in ms.
  public static double[] middles(SpikeTrains trains, double bin) {
    Bins bins = Bins.over(trains, bin);
    double[] middles = new double[bins.count()];
    for (int b = 0; b < middles.length; b++) {
      middles[b] = bins.from() + (b + 0.5) * bin;
    }
    return middles;
  }

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
