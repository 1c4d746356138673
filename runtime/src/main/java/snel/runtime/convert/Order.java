package snel.runtime.convert;

import java.util.Arrays;
import java.util.List;

/// Which of the numbers of a population each number of a sample is that a graph hands on: another
/// order where the graph has turned the axes of maps.
final class Order {
  static final Order OWN = new Order(new int[0]);

  private final int[] numbers;

  /// @param numbers empty if they are in the population's order
  private Order(int[] numbers) {
    this.numbers = numbers;
  }

  boolean isOwn() {
    return numbers.length == 0;
  }

  int at(int place) {
    return isOwn() ? place : numbers[place];
  }

  /// The same with other axes.
  ///
  /// @param lengths of a sample along its axes before
  /// @param axes the number that each axis had before
  Order turned(List<Integer> lengths, int[] axes) {
    int size = lengths.stream().reduce(1, Math::multiplyExact);
    int[] steps = new int[lengths.size()];
    int step = 1;
    for (int axis = steps.length - 1; axis >= 0; axis--) {
      steps[axis] = step;
      step *= lengths.get(axis);
    }
    int[] turned = new int[size];
    boolean isOwn = true;
    for (int place = 0; place < size; place++) {
      int before = 0;
      int left = place;
      for (int k = axes.length - 1; k >= 0; k--) {
        int length = lengths.get(axes[k]);
        before += left % length * steps[axes[k]];
        left /= length;
      }
      turned[place] = at(before);
      isOwn &= turned[place] == place;
    }
    return isOwn ? OWN : new Order(turned);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Order order && Arrays.equals(numbers, order.numbers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers);
  }
}
