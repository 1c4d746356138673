package snel.lower;

import java.util.LinkedHashSet;
import java.util.Set;
import snel.math.Expr;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Equation;
import snel.model.Synapse;

/// The states of synapses that are alike in all synapses of a target neuron, so that one value
/// serves them: their equations depend on the target neuron alone, and no handler assigns them.
final class TargetStates {
  private TargetStates() {}

  /// @param clocksDiffer whether the synapses of a target neuron hear its spikes at times of their
  ///   own
  static Set<String> of(Synapse synapse, boolean clocksDiffer) {
    Set<String> found = new LinkedHashSet<>();
    for (Equation equation : synapse.equations()) {
      String name = equation.variable();
      boolean startsAlike =
          synapse.states().stream()
              .anyMatch(s -> s.name().equals(name) && startsAlike(s.initial()));
      if (startsAlike
          && movesAlike(equation, clocksDiffer)
          && readsTarget(equation.rate())
          && !synapse.assigns(name)) {
        found.add(name);
      }
    }
    return found;
  }

  private static boolean startsAlike(Expr initial) {
    return !Walk.any(
        initial,
        e ->
            e instanceof Expr.Draw
                || e instanceof Expr.Ref ref
                    && (ref.owner() == Owner.PRE || ref.owner() == Owner.SELF));
  }

  private static boolean movesAlike(Equation equation, boolean clocksDiffer) {
    return !Walk.any(
        equation.rate(),
        e ->
            e instanceof Expr.Ref ref
                    && (ref.owner() == Owner.PRE
                        || ref.owner() == Owner.SELF && !ref.name().equals(equation.variable()))
                || clocksDiffer && isOfClock(e));
  }

  /// Whether it follows the synapse's own clock, which the delays set.
  private static boolean isOfClock(Expr expression) {
    return expression instanceof Expr.Since
        || expression instanceof Expr.Ref ref && ref.name().equals("spiked");
  }

  private static boolean readsTarget(Expr rate) {
    return Walk.any(rate, e -> e instanceof Expr.Ref ref && ref.owner() == Owner.POST);
  }
}
