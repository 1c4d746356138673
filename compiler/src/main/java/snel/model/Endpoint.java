package snel.model;

import java.util.Optional;

/// What a projection leads to.
public sealed interface Endpoint {
  /// An event port of a population.
  record NeuronPort(Slice slice, String port) implements Endpoint {}

  /// A value input of a population, fed by `transmit`.
  record NeuronInput(Slice slice, String input) implements Endpoint {}

  /// An event port of another projection's synapses (`syn.teacher`).
  ///
  /// @param targets the neurons whose synapses are reached one by one; absent where an event
  ///   reaches all synapses
  record SynapsePort(String projection, String port, Optional<Slice> targets) implements Endpoint {}

  /// A value input of another projection's synapses.
  ///
  /// @param targets the neurons that have a value each; absent where there is one for all synapses
  record SynapseInput(String projection, String input, Optional<Slice> targets)
      implements Endpoint {}

  /// The neurons that a rule joins to the sources.
  default Optional<Slice> neurons() {
    return switch (this) {
      case NeuronPort(var slice, _) -> Optional.of(slice);
      case NeuronInput(var slice, _) -> Optional.of(slice);
      case SynapsePort(_, _, var targets) -> targets;
      case SynapseInput(_, _, var targets) -> targets;
    };
  }

  /// How many elements a rule joins to the sources.
  default int size() {
    return neurons().map(Slice::size).orElse(1);
  }
}
