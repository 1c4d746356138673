package snel.model;

import java.util.List;
import java.util.Optional;
import snel.math.Expr;
import snel.math.Owner;
import snel.math.Walk;

/// A synapse model with the arguments of one projection put in. A projection without `synapse` has
/// the static model: `on pre { deliver w }`.
///
/// @param constants parameters that are numbers, put in everywhere
/// @param parameters the others
public record Synapse(
    String model,
    List<Variable> constants,
    List<Variable> parameters,
    Optional<Variable> weight,
    Optional<Variable> delay,
    List<Variable> states,
    List<Variable> inputs,
    List<Variable> inputsOfPost,
    List<Variable> inputsOfPre,
    List<InputBinding> bindings,
    List<Trace> traces,
    List<Equation> equations,
    List<Handler> handlers,
    List<Port> ports,
    List<Every> every,
    Optional<Expr> transmit,
    Optional<Expr> prune,
    Coincident coincident,
    Port.Sum sum,
    List<String> noises) {
  public Synapse {
    constants = List.copyOf(constants);
    parameters = List.copyOf(parameters);
    states = List.copyOf(states);
    inputs = List.copyOf(inputs);
    inputsOfPost = List.copyOf(inputsOfPost);
    inputsOfPre = List.copyOf(inputsOfPre);
    bindings = List.copyOf(bindings);
    traces = List.copyOf(traces);
    equations = List.copyOf(equations);
    handlers = List.copyOf(handlers);
    ports = List.copyOf(ports);
    every = List.copyOf(every);
    noises = List.copyOf(noises);
  }

  /// Whether a handler, a port or a block `every` assigns the variable.
  public boolean assigns(String name) {
    return handlers.stream().anyMatch(h -> Action.assigns(h.body(), name))
        || ports.stream().anyMatch(p -> Action.assigns(p.body(), name))
        || every.stream().anyMatch(e -> Action.assigns(e.body(), name));
  }

  /// Whether a spike of the source gives anything on; what has no `on pre` does not.
  public boolean delivers() {
    return handlers.stream()
        .anyMatch(h ->
            (h.event().equals("pre") || h.event().startsWith("pre."))
                && Action.delivered(h.body()).findAny().isPresent());
  }

  /// The name of its weight.
  public String weightName() {
    return weight.map(Variable::name).orElse("w");
  }

  /// Whether a parameter may have another value for each synapse: it is drawn, or made of the pair,
  /// of the weight, or of such parameters.
  public boolean differs(Variable parameter) {
    return Walk.any(
        parameter.initial(),
        part ->
            part instanceof Expr.Draw
                || part instanceof Expr.Ref(var owner, var name, var _) && differs(owner, name));
  }

  private boolean differs(Owner owner, String name) {
    return switch (owner) {
      case PRE, POST -> true;
      case SELF ->
          name.equals(weightName())
              || parameters.stream().anyMatch(other -> other.name().equals(name) && differs(other));
      case PEER, NETWORK, ARGUMENT, LOCAL, POPULATION -> false;
    };
  }

  /// The same where its weight is held: nothing changes it.
  public Synapse holdingWeight() {
    String held = weightName();
    return new Synapse(
        model,
        constants,
        parameters,
        weight,
        delay,
        states,
        inputs,
        inputsOfPost,
        inputsOfPre,
        bindings,
        traces,
        equations.stream().filter(equation -> !equation.variable().equals(held)).toList(),
        handlers.stream()
            .map(h -> new Handler(h.event(), Action.without(h.body(), held), h.span()))
            .filter(h -> !h.body().isEmpty())
            .toList(),
        ports.stream().map(port -> port.doing(Action.without(port.body(), held))).toList(),
        every.stream()
            .map(each -> new Every(each.steps(), Action.without(each.body(), held), each.span()))
            .toList(),
        transmit,
        prune,
        coincident,
        sum,
        noises);
  }

  /// The same with another start of the delay that it owns.
  public Synapse startingDelay(Expr initial) {
    Optional<Variable> started =
        delay.map(d ->
            new Variable(
                d.name(),
                d.kind(),
                initial,
                d.bounds(),
                d.plastic(),
                d.shared(),
                d.unit(),
                d.factor(),
                d.span()));
    return new Synapse(
        model,
        constants,
        parameters,
        weight,
        started,
        states,
        inputs,
        inputsOfPost,
        inputsOfPre,
        bindings,
        traces,
        equations,
        handlers,
        ports,
        every,
        transmit,
        prune,
        coincident,
        sum,
        noises);
  }

  /// What a pre and a post spike of one instant do to each other (semantics.md §5).
  public enum Coincident {
    IGNORED,
    PRE_FIRST,
    POST_FIRST
  }
}
