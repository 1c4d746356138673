package snel.lower;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.math.Expr;
import snel.math.Linear;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Action;
import snel.model.Equation;
import snel.model.Network;
import snel.model.Projection;
import snel.model.Synapse;

/// Finds per-synapse states that need no work between events: `e' = -e / T` or `x' = (c - x) / T`
/// with constants, read by handlers only (semantics.md §5).
public final class Laziness {
  private Laziness() {}

  public static Set<String> of(Synapse synapse) {
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

  /// The buffer that holds what is recorded of a state: a copy for those that are not brought up to
  /// date at every step.
  public static String recorded(Network network, String path) {
    int dot = path.lastIndexOf('.');
    boolean isLazy =
        dot > 0
            && network.projections().stream()
                .filter(p -> p.path().equals(path.substring(0, dot)))
                .map(Projection::synapse)
                .anyMatch(s -> of(s).contains(path.substring(dot + 1)));
    return isLazy ? path + "@now" : path;
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
        || synapse.every().stream().anyMatch(e -> isNamed(e.body(), name))
        || synapse.transmit().filter(t -> Walk.mentions(t, Owner.SELF, name)).isPresent()
        || synapse.prune().filter(p -> Walk.mentions(p, Owner.SELF, name)).isPresent();
  }

  private static boolean isNamed(List<Action> body, String name) {
    return Action.assigns(body, name)
        || Action.expressions(body).anyMatch(e -> Walk.mentions(e, Owner.SELF, name));
  }
}
