package snel.runtime.record;

/// Spikes in the order of time: event `e` is a spike of `neurons[e]` stamped `steps[e]`, which came
/// `early[e]` of a step before.
public record SpikeEvents(long[] steps, double[] early, int[] neurons) {
  public int count() {
    return steps.length;
  }

  /// When they came, in ms.
  public double[] times(TimeStep step) {
    double[] times = new double[steps.length];
    for (int e = 0; e < times.length; e++) {
      times[e] = step.time(steps[e], early[e]);
    }
    return times;
  }
}
