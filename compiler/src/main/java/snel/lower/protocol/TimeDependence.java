package snel.lower.protocol;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Term;

/// What changes in time within an episode, and what only holds a moment of it: a `let` is worked
/// out where it stands.
final class TimeDependence {
  private final Set<Integer> moments = new LinkedHashSet<>();

  /// Whether a term changes in time.
  static boolean has(Term term) {
    return Parts.any(term, Term.Time.class::isInstance);
  }

  /// `variable` is a `let` of `value`.
  void let(Term.Variable variable, Term value) {
    if (has(value) || moment(value).isPresent()) {
      moments.add(variable.slot());
    }
  }

  /// A `let` in `value` that holds what something that changes in time was.
  Optional<String> moment(Term value) {
    Set<String> found = new LinkedHashSet<>();
    Parts.eachTerm(
        value,
        part -> {
          if (part instanceof Term.Variable(int slot, String name, _) && moments.contains(slot)) {
            found.add(name);
          }
        });
    return found.stream().findFirst();
  }
}
