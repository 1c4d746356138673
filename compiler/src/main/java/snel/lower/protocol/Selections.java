package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
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

  /// The name of a population, or of one of its events.
  static String path(Slice slice, String event) {
    return event.isEmpty() ? slice.population() : slice.population() + "." + event;
  }
}
