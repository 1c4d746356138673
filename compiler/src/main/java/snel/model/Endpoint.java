package snel.model;

/// What a projection leads to.
public sealed interface Endpoint {
  /// An event port of a population.
  record NeuronPort(Slice slice, String port) implements Endpoint {}

  /// A value input of a population, fed by `transmit`.
  record NeuronInput(Slice slice, String input) implements Endpoint {}

  /// An event port of another projection's synapses (`syn.teacher`).
  record SynapsePort(String projection, String port) implements Endpoint {}

  /// A value input of another projection's synapses.
  record SynapseInput(String projection, String input) implements Endpoint {}
}
