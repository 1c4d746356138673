package snel.lower.protocol;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.math.Expr;
import snel.math.Linear;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Action;
import snel.model.Every;
import snel.model.Population;
import snel.model.Port;
import snel.model.Variable;

/// What an arriving spike moves at once, and whether all else follows that in proportion. A loss
/// over f^2 differs by f^2 before and behind the spike when the spike moves; the derivative behind
/// it says 2 f of that.
final class MovedStates {
  private final Population population;
  private final Set<String> moved;
  private final Set<String> lets = new HashSet<>();

  private MovedStates(Population population, Port port) {
    this.population = population;
    this.moved = new HashSet<>(Action.assigned(port.body()).toList());
  }

  /// A state that does not follow in proportion.
  static Optional<String> bent(Population population, Port port) {
    var states = new MovedStates(population, port);
    return states
        .bent(population.every().stream().map(Every::body).flatMap(List::stream).toList())
        .or(() ->
            population.equations().stream()
                .filter(equation -> !states.isProportional(equation.rate()))
                .map(equation -> equation.variable())
                .findFirst());
  }

  private Optional<String> bent(List<Action> body) {
    for (Action action : body) {
      Optional<String> found =
          switch (action) {
            case Action.Assign(var target, var value, _) -> assigned(target.name(), value);
            case Action.Let(var name, var value) -> {
              if (!isProportional(value)) {
                yield Optional.of(name);
              }
              if (mentions(value)) {
                lets.add(name);
              }
              yield Optional.empty();
            }
            case Action.If(var condition, var then, var otherwise) ->
                mentions(condition)
                    ? Action.assigned(List.of(action)).filter(this::counts).findFirst()
                    : bent(then).or(() -> bent(otherwise));
            case Action.Deliver _ -> Optional.empty();
          };
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> assigned(String target, Expr value) {
    if (!counts(target)) {
      return Optional.empty();
    }
    if (!isProportional(value)) {
      return Optional.of(target);
    }
    if (mentions(value)) {
      moved.add(target);
    }
    return Optional.empty();
  }

  /// Plastic states that a neuron changes itself are what it has seen, and not learnt.
  private boolean counts(String name) {
    return population.state(name).filter(Variable::plastic).isEmpty();
  }

  private boolean mentions(Expr expression) {
    return moved.stream().anyMatch(name -> Walk.mentions(expression, Owner.SELF, name))
        || lets.stream().anyMatch(name -> Walk.mentions(expression, Owner.LOCAL, name));
  }

  private boolean isProportional(Expr expression) {
    return moved.stream().allMatch(name -> isProportional(expression, Owner.SELF, name))
        && lets.stream().allMatch(name -> isProportional(expression, Owner.LOCAL, name));
  }

  private boolean isProportional(Expr expression, Owner owner, String name) {
    return !Walk.mentions(expression, owner, name)
        || Linear.in(expression, owner, name)
            .filter(linear -> !mentions(linear.coefficient()))
            .isPresent();
  }
}
