package snel.runtime.data;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Classes that texts name, numbered from 0.
public final class Categories {
  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  private Categories(Collection<String> names) {
    for (String name : names) {
      numbers.put(name, numbers.size());
    }
  }

  /// These classes, in their order; each once.
  public static Categories of(List<String> names) {
    return new Categories(names);
  }

  /// The distinct ones of `texts`: numbers by size, then texts in alphabetical order.
  public static Categories in(Collection<String> texts) {
    Comparator<String> bySize =
        Comparator.comparingDouble(
            text -> CellText.isNumber(text) ? CellText.number(text) : Double.POSITIVE_INFINITY);
    return new Categories(
        texts.stream().distinct().sorted(bySize.thenComparing(Comparator.naturalOrder())).toList());
  }

  public List<String> names() {
    return List.copyOf(numbers.keySet());
  }

  /// The number of the class that `text` names; nothing if it names none.
  public OptionalInt number(String text) {
    Integer number = numbers.get(text);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }
}
