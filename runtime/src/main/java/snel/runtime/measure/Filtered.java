package snel.runtime.measure;

/// Spike trains as a read-out sees them: each spike adds 1, which decays with a time constant
/// (Maass, Natschläger & Markram 2002, doi:10.1162/089976602760407955).
public final class Filtered {
  private Filtered() {}

  /// The filtered trains at the given times, rising: all neurons at the first time, then all at the
  /// second, and so on. A spike at a sampled time counts in full.
  public static double[] at(SpikeTrains trains, double tau, double... times) {
    double[] state = new double[trains.neurons() * times.length];
    for (int i = 0; i < trains.neurons(); i++) {
      double value = 0;
      double last = 0;
      int k = 0;
      for (int sample = 0; sample < times.length; sample++) {
        for (; k < trains.count(i) && trains.time(i, k) <= times[sample]; k++) {
          value = value * StrictMath.exp((last - trains.time(i, k)) / tau) + 1;
          last = trains.time(i, k);
        }
        state[sample * trains.neurons() + i] = value * StrictMath.exp((last - times[sample]) / tau);
      }
    }
    return state;
  }

  /// `samples` times at equal distances, the last of them at the end of the window.
  public static double[] times(SpikeTrains trains, int samples) {
    double[] times = new double[samples];
    for (int s = 0; s < samples; s++) {
      times[s] = trains.from() + trains.duration() * (s + 1) / samples;
    }
    return times;
  }
}
