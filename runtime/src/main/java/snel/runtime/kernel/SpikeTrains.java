package snel.runtime.kernel;

import java.util.Arrays;

/// Who of a layer spikes in each step of a presentation or rest.
///
/// @param ends for each step, how many spikes there were until it is over
/// @param neurons of these spikes, `char[]` or `int[]`
/// @param isListed whether it is known who spikes, and not only how many
public record SpikeTrains(int[] ends, Object neurons, boolean isListed) {
  /// @param neurons in the first `ends[last]` elements
  /// @param size of the layer
  public static SpikeTrains of(int[] ends, int[] neurons, int size) {
    int all = ends.length == 0 ? 0 : ends[ends.length - 1];
    if (size - 1 > Character.MAX_VALUE) {
      return new SpikeTrains(ends, Arrays.copyOf(neurons, all), true);
    }
    char[] narrow = new char[all];
    for (int k = 0; k < all; k++) {
      narrow[k] = (char) neurons[k];
    }
    return new SpikeTrains(ends, narrow, true);
  }

  public static SpikeTrains withoutNeurons(int[] ends) {
    return new SpikeTrains(ends, new char[0], false);
  }

  /// How many spike in the step.
  public int count(int step) {
    return ends[step] - begin(step);
  }

  private int begin(int step) {
    return step == 0 ? 0 : ends[step - 1];
  }

  /// Puts those that spike in the step at the front of a list.
  public void put(int step, int[] list) {
    int from = begin(step);
    int count = count(step);
    switch (neurons) {
      case char[] narrow -> {
        for (int k = 0; k < count; k++) {
          list[k] = narrow[from + k];
        }
      }
      case int[] wide -> System.arraycopy(wide, from, list, 0, count);
      default -> throw new IllegalStateException("not a list of neurons");
    }
  }

  public long bytes() {
    long wide = neurons instanceof int[] all ? all.length : 0;
    long narrow = neurons instanceof char[] all ? all.length : 0;
    return Integer.BYTES * (ends.length + wide) + Character.BYTES * narrow;
  }
}
