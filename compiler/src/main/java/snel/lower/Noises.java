package snel.lower;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedCollection;
import java.util.Set;

/// Names of white noises: one process for each element, and one for all of them.
record Noises(Set<String> own, Set<String> shared) {
  static final Noises NONE = ofEach(List.of());

  /// In their order the draws are made.
  static Noises ofEach(SequencedCollection<String> own) {
    return new Noises(new LinkedHashSet<>(own), Set.of());
  }

  Set<String> all() {
    Set<String> all = new LinkedHashSet<>(own);
    all.addAll(shared);
    return all;
  }
}
