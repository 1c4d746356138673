package snel.ir;

/// The number of elements of a buffer.
public sealed interface Length {
  /// Floats of the widest vector: with so many more behind it, each element can be read as the
  /// first of a vector.
  int SPARE = 16;

  /// Known when compiled.
  record Fixed(long count) implements Length {
    public Fixed {
      if (count < 0) {
        throw new IllegalArgumentException("negative length");
      }
    }
  }

  /// `each` for each synapse of the wiring with this name: known once it is built.
  record Synapses(String wiring, int each) implements Length {
    /// One for each synapse.
    public Synapses(String wiring) {
      this(wiring, 1);
    }
  }

  static Length of(long count) {
    return new Fixed(count);
  }
}
