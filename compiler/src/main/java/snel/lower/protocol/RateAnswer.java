package snel.lower.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import snel.math.Bounds;
import snel.math.Expr;
import snel.math.Fold;
import snel.math.Linear;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Action;
import snel.model.Equation;
import snel.model.Every;
import snel.model.Population;
import snel.model.Variable;

/// What a neuron without spikes makes of given inputs: its equations at rest, then what it does in
/// each step.
final class RateAnswer {
  private final Population population;

  /// By name; what is not known stands for itself.
  private final Map<String, Expr> values = new HashMap<>();

  /// @param given inputs and states by name, which keep what is given
  RateAnswer(Population population, Map<String, Double> given) {
    this.population = population;
    for (Variable parameter : population.parameters()) {
      if (parameter.initial() instanceof Expr.Num number) {
        values.put(parameter.name(), number);
      }
    }
    given.forEach((name, value) -> values.put(name, Expr.num(value)));
    population.equations().stream()
        .filter(equation -> !given.containsKey(equation.variable()))
        .forEach(this::rest);
    for (Every every : population.every()) {
      run(every.body(), new HashMap<>());
    }
  }

  /// The value of an expression of the neuron's variables, if it hangs on nothing else.
  OptionalDouble of(Expr expression, Owner owner) {
    return known(expression, owner, Map.of()) instanceof Expr.Num(var value)
        ? OptionalDouble.of(value.toDouble())
        : OptionalDouble.empty();
  }

  private void rest(Equation equation) {
    String name = equation.variable();
    Linear.in(known(equation.rate(), Owner.SELF, Map.of()), name)
        .filter(parts -> parts.coefficient() instanceof Expr.Num(var slope) && slope.toDouble() < 0)
        .ifPresent(parts -> assign(name, Fold.div(Fold.neg(parts.rest()), parts.coefficient())));
  }

  private void run(List<Action> body, Map<String, Expr> locals) {
    for (Action action : body) {
      switch (action) {
        case Action.Let(String name, Expr value) ->
            locals.put(name, known(value, Owner.SELF, locals));
        case Action.Assign(Expr.Ref target, Expr value, _) when target.owner() == Owner.SELF ->
            assign(target.name(), known(value, Owner.SELF, locals));
        case Action.If(Expr condition, List<Action> then, List<Action> otherwise) ->
            branch(known(condition, Owner.SELF, locals), then, otherwise, locals);
        case Action.Assign _, Action.Deliver _ -> {}
      }
    }
  }

  private void branch(
      Expr condition, List<Action> then, List<Action> otherwise, Map<String, Expr> locals) {
    if (condition instanceof Expr.Truth(boolean holds)) {
      run(holds ? then : otherwise, new HashMap<>(locals));
    } else {
      Action.assigned(List.of(new Action.If(condition, then, otherwise))).forEach(values::remove);
    }
  }

  private void assign(String name, Expr value) {
    Bounds bounds = population.state(name).map(Variable::bounds).orElse(Bounds.NONE);
    values.put(name, Fold.clip(value, bounds));
  }

  private Expr known(Expr expression, Owner owner, Map<String, Expr> locals) {
    return Walk.rebuild(
        expression,
        part ->
            part instanceof Expr.Ref(Owner of, String name, _)
                ? Optional.ofNullable(of == owner ? values.get(name) : null)
                    .or(() -> Optional.ofNullable(of == Owner.LOCAL ? locals.get(name) : null))
                    .orElse(part)
                : part);
  }
}
