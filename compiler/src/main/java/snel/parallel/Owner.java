package snel.parallel;

/// To which part an element of a buffer belongs.
sealed interface Owner {
  /// Elements of every part may be meant, but nothing is written.
  record Shared() implements Owner {}

  /// Only the first part has to do with it.
  record First() implements Owner {}

  /// To the part of neuron `index % neurons` (several rows of one element a neuron, or one).
  record Neuron(int neurons) implements Owner {}

  /// One element a neuron from `start` on, in a buffer of several populations: to the part of the
  /// neuron.
  record Slice(int start, int neurons) implements Owner {}

  /// An element a synapse: to the part of the synapse's target.
  record Target(String wiring) implements Owner {}

  /// To the part that makes it.
  record Part() implements Owner {}

  /// Whether no part touches by the one what another part touches by the other.
  default boolean keepsApart(Owner other) {
    if (this instanceof Slice(int start, int neurons)
        && other instanceof Slice(int otherStart, int others)) {
      boolean isElsewhere = start + neurons <= otherStart || otherStart + others <= start;
      return isElsewhere || equals(other);
    }
    return equals(other) && !equals(SHARED);
  }

  Owner SHARED = new Shared();
  Owner FIRST = new First();
  Owner PART = new Part();
}
