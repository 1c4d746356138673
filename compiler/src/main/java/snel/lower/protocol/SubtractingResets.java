package snel.lower.protocol;

import java.util.List;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Action;
import snel.model.Firing;
import snel.model.Population;
import snel.model.Variable;

/// Looks for what stands against `through_reset: true` of `spike_time_gradient`: what a spike does
/// to its own neuron moves with the spike only where it is the same whenever it comes, that is
/// where states are moved by an amount and not set.
final class SubtractingResets {
  private final Work work;

  SubtractingResets(Work work) {
    this.work = work;
  }

  void check() {
    work.elaborated().network().reached().stream()
        .filter(population -> population.firing() instanceof Firing.When)
        .forEach(this::population);
  }

  private void population(Population population) {
    body(population, population.reset());
    population.handlers().stream()
        .filter(handler -> handler.event().endsWith("spike"))
        .forEach(handler -> body(population, handler.body()));
  }

  private void body(Population population, List<Action> body) {
    for (Action action : body) {
      switch (action) {
        case Action.Assign assign -> assignment(population, assign);
        case Action.If(_, var then, var otherwise) -> {
          body(population, then);
          body(population, otherwise);
        }
        case Action.Let _, Action.Deliver _ -> {}
      }
    }
  }

  private void assignment(Population population, Action.Assign assign) {
    String name = assign.target().name();
    boolean isReal =
        population.state(name).map(Variable::kind).filter(Kind.Real.class::isInstance).isPresent();
    if (assign.target().owner() == Owner.SELF && isReal && !moves(assign.value(), name)) {
      work.lesson()
          .hindrance(
              assign.span(),
              "sets `%s` of `%s`, which `through_reset: true` cannot follow"
                  .formatted(name, population.path()),
              "move the state by an amount, as in `%s -= 1`, or leave `through_reset: true` out"
                  .formatted(name));
    }
  }

  /// Whether a value is that of the state and an amount that does not depend on it.
  private static boolean moves(Expr value, String state) {
    return switch (value) {
      case Expr.Ref ref -> isState(ref, state);
      case Expr.Add(var left, var right) ->
          moves(left, state) && !asks(right, state) || moves(right, state) && !asks(left, state);
      case Expr.Sub(var left, var right) -> moves(left, state) && !asks(right, state);
      case Expr.Choose(_, var then, var otherwise) -> moves(then, state) && moves(otherwise, state);
      default -> false;
    };
  }

  private static boolean asks(Expr value, String state) {
    return Walk.any(value, node -> isState(node, state));
  }

  private static boolean isState(Expr node, String state) {
    return node instanceof Expr.Ref(Owner owner, String name, _)
        && owner == Owner.SELF
        && name.equals(state);
  }
}
