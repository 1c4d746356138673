package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import snel.ir.protocol.Selection;
import snel.model.Slice;

/// Slices of the elaborated network as selections.
final class Selections {
  private Selections() {}

  static Selection of(Slice slice) {
    if (slice.whole()) {
      return Selection.ALL;
    }
    if (slice.isRange() && slice.size() > 0) {
      return new Selection.Range(slice.at(0), slice.at(0) + slice.size());
    }
    List<Integer> indices = new ArrayList<>();
    for (int k = 0; k < slice.size(); k++) {
      indices.add(slice.at(k));
    }
    return new Selection.Listed(indices);
  }

  /// What either of two has, that of the first before the rest; empty where one is known only when
  /// running.
  static Optional<Selection> both(Selection one, Selection other) {
    if (one.equals(other)) {
      return Optional.of(one);
    }
    if (one instanceof Selection.At || other instanceof Selection.At) {
      return Optional.empty();
    }
    if (one instanceof Selection.All || other instanceof Selection.All) {
      return Optional.of(Selection.ALL);
    }
    return Optional.of(
        new Selection.Listed(
            Stream.of(one, other).flatMap(part -> listed(part).stream()).distinct().toList()));
  }

  /// The elements of a part that is known.
  static List<Integer> listed(Selection selection) {
    return switch (selection) {
      case Selection.Range(int from, int until) -> IntStream.range(from, until).boxed().toList();
      case Selection.Listed(var indices) -> indices;
      case Selection.All _, Selection.At _ -> List.of();
    };
  }

  /// The name of a population, or of one of its events.
  static String path(Slice slice, String event) {
    return event.isEmpty() ? slice.population() : slice.population() + "." + event;
  }
}
