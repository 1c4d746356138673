package snel.lower;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import snel.math.Expr;
import snel.math.Linear;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Equation;
import snel.model.Synapse;

/// Finds per-synapse states that need no work between events: `e' = -e / T` or `x' = (c - x) / T`
/// with constants, read by handlers only (semantics.md §5).
final class Laziness {
  private Laziness() {}

  static Set<String> of(Synapse synapse) {
    Set<String> lazy = new LinkedHashSet<>();
    for (Equation equation : synapse.equations()) {
      String name = equation.variable();
      boolean isState =
          synapse.states().stream()
              .anyMatch(s -> s.name().equals(name) && !s.plastic() && !s.shared());
      if (isState && isAffine(equation) && !isReadContinuously(synapse, name)) {
        lazy.add(name);
      }
    }
    return lazy;
  }

  private static boolean isAffine(Equation equation) {
    if (equation.method().isPresent()) {
      return false;
    }
    Optional<Linear> parts = Linear.in(equation.rate(), equation.variable());
    return parts
        .filter(p -> p.coefficient() instanceof Expr.Num && p.rest() instanceof Expr.Num)
        .isPresent();
  }

  private static boolean isReadContinuously(Synapse synapse, String name) {
    boolean byEquation =
        synapse.equations().stream()
            .anyMatch(e -> !e.variable().equals(name) && Walk.mentions(e.rate(), Owner.SELF, name));
    return byEquation
        || !synapse.every().isEmpty()
        || synapse.transmit().filter(t -> Walk.mentions(t, Owner.SELF, name)).isPresent()
        || synapse.prune().filter(p -> Walk.mentions(p, Owner.SELF, name)).isPresent();
  }
}
