package snel.model;

import java.util.List;
import java.util.Optional;
import snel.math.Shapes;
import snel.source.Span;

/// One population with its neuron model, arguments already put in.
///
/// @param path name in the network (`E`, `column[0].E`, `cell[tonic]`)
/// @param parameters those that are not constants: one a neuron, or assigned by an experiment
/// @param isInput a network's `input x : spikes[…]`: spikes come from outside, no dynamics
/// @param noises names of white noise; `sharedNoises` one process for the population
public record Population(
    String path,
    String model,
    List<Integer> shape,
    boolean isInput,
    List<Variable> parameters,
    List<Variable> states,
    List<Variable> inputs,
    List<InputBinding> bindings,
    List<String> noises,
    List<String> sharedNoises,
    List<Equation> equations,
    List<Port> ports,
    Firing firing,
    List<Action> reset,
    List<Handler> handlers,
    Optional<Refractory> refractory,
    List<UserEvent> events,
    List<Every> every,
    Optional<Competition> inhibit,
    Optional<Competition> winners,
    Span span) {
  /// What every neuron has beside the variables of its model.
  public static final List<String> MEMBERS =
      List.of("index", "position", "spikes", "count", "spiked", "first_spike", "won");

  public Population {
    shape = List.copyOf(shape);
    parameters = List.copyOf(parameters);
    states = List.copyOf(states);
    inputs = List.copyOf(inputs);
    bindings = List.copyOf(bindings);
    noises = List.copyOf(noises);
    sharedNoises = List.copyOf(sharedNoises);
    equations = List.copyOf(equations);
    ports = List.copyOf(ports);
    reset = List.copyOf(reset);
    handlers = List.copyOf(handlers);
    events = List.copyOf(events);
    every = List.copyOf(every);
  }

  public int size() {
    return Shapes.size(shape);
  }

  public Optional<Variable> state(String name) {
    return states.stream().filter(v -> v.name().equals(name)).findFirst();
  }

  public Optional<Variable> input(String name) {
    return inputs.stream().filter(v -> v.name().equals(name)).findFirst();
  }

  public Optional<Variable> parameter(String name) {
    return parameters.stream().filter(v -> v.name().equals(name)).findFirst();
  }

  public Optional<Port> port(String name) {
    return ports.stream().filter(p -> p.name().equals(name)).findFirst();
  }
}
