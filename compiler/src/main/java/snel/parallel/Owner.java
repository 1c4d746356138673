package snel.parallel;

/// To which part an element of a buffer belongs.
sealed interface Owner {
  /// Elements of every part may be meant, but nothing is written.
  record Shared() implements Owner {}

  /// Only the first part has to do with it.
  record First() implements Owner {}

  /// To the part of neuron `index % neurons` (several rows of one element a neuron, or one).
  record Neuron(int neurons) implements Owner {}

  /// An element a synapse: to the part of the synapse's target.
  record Target(String wiring) implements Owner {}

  /// To the part that makes it.
  record Part() implements Owner {}

  Owner SHARED = new Shared();
  Owner FIRST = new First();
  Owner PART = new Part();
}
