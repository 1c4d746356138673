package snel.runtime.convert;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import snel.runtime.data.NumberArray;
import snel.runtime.data.Shape;

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
    int[] own = IntStream.range(0, Math.toIntExact(new Shape(lengths).size())).toArray();
    double[] before = Arrays.stream(own).mapToDouble(this::at).toArray();
    int[] shape = lengths.stream().mapToInt(Integer::intValue).toArray();
    double[] turned = NumberArray.of(before, shape).transposed(axes).toDoubles();
    int[] after = Arrays.stream(turned).mapToInt(number -> (int) number).toArray();
    return Arrays.equals(after, own) ? OWN : new Order(after);
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
