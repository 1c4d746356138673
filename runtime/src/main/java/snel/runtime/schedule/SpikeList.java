package snel.runtime.schedule;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import snel.runtime.record.TimeStep;

/// Spikes in the order they came: neuron and stamp, the stamp in steps since the experiment began.
/// Where spikes are located within their steps, also how much of a step each came before its stamp.
public final class SpikeList {
  private int[] neurons = new int[256];
  private long[] stamps = new long[256];
  private double @Nullable [] early;
  private int count;

  /// Of spikes that come with their stamps.
  public SpikeList() {
    this(false);
  }

  SpikeList(boolean isPrecise) {
    this.early = isPrecise ? new double[256] : null;
  }

  public void add(int neuron, long stamp) {
    if (count == neurons.length) {
      neurons = Arrays.copyOf(neurons, count * 2);
      stamps = Arrays.copyOf(stamps, count * 2);
      early = early == null ? null : Arrays.copyOf(early, count * 2);
    }
    neurons[count] = neuron;
    stamps[count++] = stamp;
  }

  /// Adds the first `more` of the spikes given.
  void add(long[] newStamps, double @Nullable [] newEarly, int[] newNeurons, int more) {
    if (count + more > neurons.length) {
      int room = Math.max(count + more, 2 * count);
      neurons = Arrays.copyOf(neurons, room);
      stamps = Arrays.copyOf(stamps, room);
      early = early == null ? null : Arrays.copyOf(early, room);
    }
    System.arraycopy(newNeurons, 0, neurons, count, more);
    System.arraycopy(newStamps, 0, stamps, count, more);
    if (early != null && newEarly != null) {
      System.arraycopy(newEarly, 0, early, count, more);
    }
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
      rows[neuron][lengths[neuron]++] = step.time(stamps[k] - began, early == null ? 0 : early[k]);
    }
    return rows;
  }

  /// What a checkpoint keeps.
  long[] packed() {
    int width = early == null ? 2 : 3;
    long[] packed = new long[width * count];
    for (int k = 0; k < count; k++) {
      packed[width * k] = neurons[k];
      packed[width * k + 1] = stamps[k];
      if (early != null) {
        packed[width * k + 2] = Double.doubleToRawLongBits(early[k]);
      }
    }
    return packed;
  }

  void unpack(long[] packed) {
    clear();
    int width = early == null ? 2 : 3;
    for (int k = 0; k < packed.length; k += width) {
      add((int) packed[k], packed[k + 1]);
      if (early != null) {
        early[count - 1] = Double.longBitsToDouble(packed[k + 2]);
      }
    }
  }
}
