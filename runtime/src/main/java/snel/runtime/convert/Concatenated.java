package snel.runtime.convert;

import java.util.List;
import snel.runtime.data.NumberArray;
import snel.runtime.data.Shape;

/// Data of several ways that a `Concat` puts side by side, as channels of maps or numbers of
/// vectors.
///
/// @param parts what each way is called
/// @param lengths channels or numbers of each
/// @param shape of all together
record Concatenated(List<String> parts, List<Integer> lengths, GraphShape shape) {
  Concatenated {
    parts = List.copyOf(parts);
    lengths = List.copyOf(lengths);
  }

  /// @param shapes of the parts, alike but for the channels
  static Concatenated of(List<String> parts, List<GraphShape> shapes) {
    List<Integer> lengths = shapes.stream().map(shape -> shape.length(1)).toList();
    int all = lengths.stream().mapToInt(Integer::intValue).sum();
    return new Concatenated(parts, lengths, shapes.getFirst().with(1, all));
  }

  int size() {
    return lengths.stream().mapToInt(Integer::intValue).sum();
  }

  int first(int part) {
    return lengths.subList(0, part).stream().mapToInt(Integer::intValue).sum();
  }

  /// What a part has of numbers for all along an axis.
  NumberArray of(NumberArray whole, int axis, int part) {
    return stretch(whole, axis, first(part), lengths.get(part));
  }

  static NumberArray stretch(NumberArray whole, int axis, int from, int length) {
    int[] lengths = whole.shape().lengths().stream().mapToInt(Integer::intValue).toArray();
    int behind = 1;
    for (int k = axis + 1; k < lengths.length; k++) {
      behind *= lengths[k];
    }
    int before = lengths[axis] * behind;
    lengths[axis] = length;
    double[] values = new double[Math.toIntExact(Shape.of(lengths).size())];
    for (int k = 0; k < values.length; k++) {
      int row = k / (length * behind);
      values[k] = whole.values().real(row * before + from * behind + k % (length * behind));
    }
    return NumberArray.of(values, lengths);
  }
}
