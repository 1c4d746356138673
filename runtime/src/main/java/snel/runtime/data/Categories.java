package snel.runtime.data;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The distinct texts of a field, numbered from 0: numbers by size, then texts in alphabetical
/// order.
public record Categories(List<String> names, Field indices) {
  /// Numbers the categories of `field`.
  public static Categories of(Field field) {
    Comparator<String> bySize =
        Comparator.comparingDouble(
            text -> CellText.isNumber(text) ? CellText.number(text) : Double.POSITIVE_INFINITY);
    List<String> names =
        IntStream.range(0, field.count())
            .mapToObj(field::text)
            .distinct()
            .sorted(bySize.thenComparing(Comparator.naturalOrder()))
            .toList();
    Map<String, Integer> numbers = new HashMap<>();
    for (String name : names) {
      numbers.put(name, numbers.size());
    }
    int[] indices =
        IntStream.range(0, field.count())
            .map(record -> numbers.getOrDefault(field.text(record), -1))
            .toArray();
    return new Categories(
        names,
        new NumberField(field.name(), Shape.SCALAR, field.count(), new Numbers.Ints(indices)));
  }
}
