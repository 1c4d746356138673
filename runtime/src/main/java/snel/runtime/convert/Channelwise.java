package snel.runtime.convert;

import java.util.Arrays;
import java.util.List;
import snel.runtime.data.NumberArray;

/// Stored numbers that are the same for a whole sample, or one for each channel of it.
///
/// @param mapAxes axes that a channel has
record Channelwise(double[] values, int mapAxes) {
  static Channelwise of(NumberArray array) {
    List<Integer> lengths = array.shape().lengths();
    int first = 0;
    while (first < lengths.size() && lengths.get(first) == 1) {
      first++;
    }
    int last = lengths.size();
    while (last > first && lengths.get(last - 1) == 1) {
      last--;
    }
    int axes = first == lengths.size() ? 0 : lengths.size() - first - 1;
    // More than one axis that is longer than 1 belongs to no channel.
    return new Channelwise(array.toDoubles(), last - first > 1 ? -1 : axes);
  }

  boolean isOne() {
    return values.length == 1;
  }

  /// Whether it is for so many channels with so many axes each.
  boolean fits(int channels, int axes) {
    return isOne() || values.length == channels && mapAxes == axes;
  }

  double at(int channel) {
    return values[isOne() ? 0 : channel];
  }

  boolean isZero() {
    return Arrays.stream(values).allMatch(value -> value == 0);
  }
}
