package snel.ir;

/// The number of elements of a buffer.
public sealed interface Length {
  /// Known when compiled.
  record Fixed(long count) implements Length {
    public Fixed {
      if (count < 0) {
        throw new IllegalArgumentException("negative length");
      }
    }
  }

  /// One for each synapse of the wiring with this name: known once it is built.
  record Synapses(String wiring) implements Length {}

  static Length of(long count) {
    return new Fixed(count);
  }
}
