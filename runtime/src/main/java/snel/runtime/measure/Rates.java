package snel.runtime.measure;

/// How often neurons spike.
public final class Rates {
  private Rates() {}

  /// The mean rate of a population in kHz: spikes for each neuron and ms.
  public static double mean(SpikeTrains trains) {
    return trains.count() / (trains.neurons() * trains.duration());
  }

  /// The rate of each neuron in kHz.
  public static double[] each(SpikeTrains trains) {
    double[] rates = new double[trains.neurons()];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = trains.count(i) / trains.duration();
    }
    return rates;
  }

  /// The number of spikes of each neuron.
  public static int[] counts(SpikeTrains trains) {
    int[] counts = new int[trains.neurons()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = trains.count(i);
    }
    return counts;
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

  /// The first spike of each neuron, infinite for one that is silent.
  public static double[] firstSpikes(SpikeTrains trains) {
    double[] first = new double[trains.neurons()];
    for (int i = 0; i < first.length; i++) {
      first[i] = trains.count(i) == 0 ? Double.POSITIVE_INFINITY : trains.time(i, 0);
    }
    return first;
  }

  /// The earliest spike of the population, infinite if it is silent.
  public static double firstSpike(SpikeTrains trains) {
    double earliest = Double.POSITIVE_INFINITY;
    for (double first : firstSpikes(trains)) {
      earliest = Math.min(earliest, first);
    }
    return earliest;
  }
}
