package snel.math;

/// Whose variable a [Expr.Ref] names.
public enum Owner {
  /// The neuron, synapse or network that the expression belongs to.
  SELF,
  /// The source neuron of a synapse.
  PRE,
  /// The target neuron of a synapse.
  POST,
  /// Another neuron of the same population, inside a [Expr.OverPeers].
  PEER,
  /// The network: its states, inputs, assignable parameters.
  NETWORK,
  /// An argument of the handler.
  ARGUMENT,
  /// A `let` of the handler.
  LOCAL,
  /// A member of a population by path (`out.spiked` in a network's expression).
  POPULATION
}
