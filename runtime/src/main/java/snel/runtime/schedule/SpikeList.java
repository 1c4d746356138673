package snel.runtime.schedule;

import java.util.Arrays;
import snel.runtime.record.TimeStep;

/// Spikes in the order they came: neuron and stamp, the stamp in steps since the experiment began.
public final class SpikeList {
  private int[] neurons = new int[256];
  private long[] stamps = new long[256];
  private int count;

  public void add(int neuron, long stamp) {
    if (count == neurons.length) {
      neurons = Arrays.copyOf(neurons, count * 2);
      stamps = Arrays.copyOf(stamps, count * 2);
    }
    neurons[count] = neuron;
    stamps[count++] = stamp;
  }

  /// Adds the first `more` of the spikes given.
  void add(long[] newStamps, int[] newNeurons, int more) {
    if (count + more > neurons.length) {
      int room = Math.max(count + more, 2 * count);
      neurons = Arrays.copyOf(neurons, room);
      stamps = Arrays.copyOf(stamps, room);
    }
    System.arraycopy(newNeurons, 0, neurons, count, more);
    System.arraycopy(newStamps, 0, stamps, count, more);
    count += more;
  }

  public void clear() {
    count = 0;
  }

  public int count() {
    return count;
  }

  public int neuron(int k) {
    return neurons[k];
  }

  public long stamp(int k) {
    return stamps[k];
  }

  /// The spike times of each of `size` neurons in ms since step `began`, rising.
  public double[][] trains(int size, long began, TimeStep step) {
    int[] lengths = new int[size];
    for (int k = 0; k < count; k++) {
      lengths[neurons[k]]++;
    }
    double[][] rows = new double[size][];
    for (int i = 0; i < size; i++) {
      rows[i] = new double[lengths[i]];
      lengths[i] = 0;
    }
    for (int k = 0; k < count; k++) {
      int neuron = neurons[k];
      rows[neuron][lengths[neuron]++] = step.time(stamps[k] - began);
    }
    return rows;
  }

  /// What a checkpoint keeps.
  long[] packed() {
    long[] packed = new long[2 * count];
    for (int k = 0; k < count; k++) {
      packed[2 * k] = neurons[k];
      packed[2 * k + 1] = stamps[k];
    }
    return packed;
  }

  void unpack(long[] packed) {
    clear();
    for (int k = 0; k < packed.length; k += 2) {
      add((int) packed[k], packed[k + 1]);
    }
  }
}
