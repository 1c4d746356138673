package snel.runtime.data;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The lengths of an array along each of its dimensions; none of them is a single number.
public record Shape(List<Integer> lengths) {
  public static final Shape SCALAR = new Shape(List.of());

  public Shape {
    lengths = List.copyOf(lengths);
    if (lengths.stream().anyMatch(length -> length < 0)) {
      throw new IllegalArgumentException("a length is negative: " + lengths);
    }
  }

  public static Shape of(int... lengths) {
    return new Shape(Arrays.stream(lengths).boxed().toList());
  }

  /// Lengths that a file gives.
  static Shape read(String place, List<Long> lengths) {
    if (lengths.stream().anyMatch(length -> length < 0 || length > Integer.MAX_VALUE)) {
      throw DataProblem.found(
          place, "the lengths of an array, each of 0 to " + Integer.MAX_VALUE, lengths.toString());
    }
    return new Shape(lengths.stream().map(Long::intValue).toList());
  }

  public int dimensions() {
    return lengths.size();
  }

  public int length(int dimension) {
    return lengths.get(dimension);
  }

  /// How many elements an array of this shape has; the largest number if there are more.
  public long size() {
    if (lengths.contains(0)) {
      return 0;
    }
    long size = 1;
    for (long length : lengths) {
      if (size > Long.MAX_VALUE / length) {
        return Long.MAX_VALUE;
      }
      size *= length;
    }
    return size;
  }

  /// How many bytes its elements take at `each`; the largest number if there are more.
  public long bytes(int each) {
    return size() > Long.MAX_VALUE / each ? Long.MAX_VALUE : size() * each;
  }

  /// Whether numbers in their order stand for the same in both: dimensions may be split, or taken
  /// together, as 784 for 28 x 28; those of 3 x 2 are not those of 2 x 3.
  public boolean nests(Shape other) {
    Set<Long> own = strides();
    Set<Long> others = other.strides();
    return size() == other.size() && (own.containsAll(others) || others.containsAll(own));
  }

  /// How many elements lie between two neighbours along each dimension.
  private Set<Long> strides() {
    Set<Long> strides = new HashSet<>();
    long stride = 1;
    for (int length : lengths.reversed()) {
      if (length != 1) {
        strides.add(stride);
        stride *= length;
      }
    }
    return strides;
  }

  /// The shape of one record where the first dimension counts the records.
  public Shape ofRecord() {
    return new Shape(lengths.subList(1, lengths.size()));
  }

  /// This shape with one more dimension in front.
  public Shape times(int records) {
    var all = new java.util.ArrayList<Integer>();
    all.add(records);
    all.addAll(lengths);
    return new Shape(all);
  }

  @Override
  public String toString() {
    return lengths.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }
}
