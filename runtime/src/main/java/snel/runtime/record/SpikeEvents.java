package snel.runtime.record;

/// Spikes in the order of time: event `e` is a spike of `neurons[e]` stamped `steps[e]`.
public record SpikeEvents(long[] steps, int[] neurons) {
  public int count() {
    return steps.length;
  }

  /// The stamps in ms.
  public double[] times(TimeStep step) {
    double[] times = new double[steps.length];
    for (int e = 0; e < times.length; e++) {
      times[e] = step.time(steps[e]);
    }
    return times;
  }
}
