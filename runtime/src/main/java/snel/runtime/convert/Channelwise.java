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

  /// Whether it is for data of this shape, along an axis of each sample.
  boolean fits(GraphShape shape) {
    int axis = shape.axes() - 1 - mapAxes;
    return isOne() || mapAxes >= 0 && axis > 0 && shape.length(axis) == values.length;
  }

  double at(int channel) {
    return values[isOne() ? 0 : channel];
  }

  /// The same of data with its axes in another order.
  Channelwise turned(int[] axes) {
    if (isOne()) {
      return this;
    }
    int own = axes.length - 1 - mapAxes;
    int now = 0;
    while (axes[now] != own) {
      now++;
    }
    return new Channelwise(values, axes.length - 1 - now);
  }

  /// The same of data whose numbers lie in one row for each sample.
  Channelwise flat(GraphShape before) {
    if (isOne()) {
      return this;
    }
    int axis = before.axes() - 1 - mapAxes;
    long behind = GraphShape.product(before.lengths().subList(axis + 1, before.axes()));
    double[] all = new double[Math.toIntExact(before.perSample())];
    Arrays.setAll(all, k -> values[(int) (k / behind % values.length)]);
    return new Channelwise(all, 0);
  }

  /// The same for each number of a population.
  Channelwise at(Order order) {
    if (isOne() || order.isOwn()) {
      return this;
    }
    double[] all = new double[values.length];
    for (int k = 0; k < all.length; k++) {
      all[order.at(k)] = values[k];
    }
    return new Channelwise(all, mapAxes);
  }

  boolean isZero() {
    return Arrays.stream(values).allMatch(value -> value == 0);
  }
}
