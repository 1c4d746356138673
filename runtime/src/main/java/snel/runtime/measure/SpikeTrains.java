package snel.runtime.measure;

import java.util.Arrays;

/// The spikes of a population in a window of time: for each neuron its times, rising. What neurons
/// do lies in the window without its beginning; an input may spike at the beginning too.
public final class SpikeTrains {
  private final double from;
  private final double to;
  private final int[] start;
  private final double[] times;

  private SpikeTrains(double from, double to, int[] start, double[] times) {
    if (!(to >= from)) {
      throw new IllegalArgumentException("a window from " + from + " to " + to);
    }
    this.from = from;
    this.to = to;
    this.start = start;
    this.times = times;
  }

  /// Trains given one by one, each rising.
  public static SpikeTrains of(double from, double to, double[]... trains) {
    int[] start = new int[trains.length + 1];
    for (int i = 0; i < trains.length; i++) {
      start[i + 1] = start[i] + trains[i].length;
    }
    double[] times = new double[start[trains.length]];
    for (int i = 0; i < trains.length; i++) {
      System.arraycopy(trains[i], 0, times, start[i], trains[i].length);
    }
    return new SpikeTrains(from, to, start, times);
  }

  /// Events as they are recorded: event `e` is a spike of `neuron[e]` at `time[e]`, and the times
  /// of one neuron rise. Events outside the window are left out.
  public static SpikeTrains ofEvents(
      int neurons, double from, double to, int[] neuron, double[] time) {
    int[] start = new int[neurons + 1];
    for (int e = 0; e < neuron.length; e++) {
      if (time[e] > from && time[e] <= to) {
        start[neuron[e] + 1]++;
      }
    }
    for (int i = 0; i < neurons; i++) {
      start[i + 1] += start[i];
    }
    int[] next = start.clone();
    double[] times = new double[start[neurons]];
    for (int e = 0; e < neuron.length; e++) {
      if (time[e] > from && time[e] <= to) {
        times[next[neuron[e]]++] = time[e];
      }
    }
    return new SpikeTrains(from, to, start, times);
  }

  public int neurons() {
    return start.length - 1;
  }

  public double from() {
    return from;
  }

  public double to() {
    return to;
  }

  public double duration() {
    return to - from;
  }

  /// The number of spikes of one neuron.
  public int count(int neuron) {
    return start[neuron + 1] - start[neuron];
  }

  /// The number of spikes of all neurons.
  public int count() {
    return times.length;
  }

  /// Time of the `index`-th spike of a neuron.
  public double time(int neuron, int index) {
    return times[start[neuron] + index];
  }

  /// The times of one neuron, copied.
  public double[] train(int neuron) {
    return Arrays.copyOfRange(times, start[neuron], start[neuron + 1]);
  }
}
