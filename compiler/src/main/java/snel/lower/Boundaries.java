package snel.lower;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import snel.math.Bounds;
import snel.math.Expr;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Synapse;
import snel.model.Variable;

/// The variables of a synapse that its weight or its delay is bounded by. First weights and delays
/// are clipped when they are made, so these variables are there before.
final class Boundaries {
  private Boundaries() {}

  /// Those of `variables` that the bounds read, and what these are made of, in the order given.
  static Set<Variable> among(List<Variable> variables, Synapse synapse) {
    Set<Variable> found = new LinkedHashSet<>();
    List<Expr> readers =
        new ArrayList<>(
            Stream.of(synapse.weight(), synapse.delay())
                .flatMap(Optional::stream)
                .flatMap(v -> ends(v.bounds()))
                .toList());
    for (int k = 0; k < readers.size(); k++) {
      for (Variable variable : variables) {
        if (Walk.mentions(readers.get(k), Owner.SELF, variable.name()) && found.add(variable)) {
          readers.add(variable.initial());
        }
      }
    }
    Set<Variable> ordered = new LinkedHashSet<>(variables);
    ordered.retainAll(found);
    return ordered;
  }

  private static Stream<Expr> ends(Bounds bounds) {
    return Stream.concat(bounds.lower().stream(), bounds.upper().stream());
  }
}
