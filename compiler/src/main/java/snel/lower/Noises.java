package snel.lower;

import java.util.LinkedHashSet;
import java.util.Set;

/// Names of white noises: one process for each element, and one for all of them.
record Noises(Set<String> own, Set<String> shared) {
  static final Noises NONE = ofEach(Set.of());

  static Noises ofEach(Set<String> own) {
    return new Noises(own, Set.of());
  }

  Set<String> all() {
    Set<String> all = new LinkedHashSet<>(own);
    all.addAll(shared);
    return all;
  }
}
