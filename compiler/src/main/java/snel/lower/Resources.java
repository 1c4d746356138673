package snel.lower;

import java.util.OptionalLong;

/// What the machine gives a network, as far as it decides layouts. A layout never changes a bit of
/// what the network does.
///
/// @param memoryBytes what its arrays may take; empty: as much as they need
public record Resources(OptionalLong memoryBytes, Rows rows) {
  /// Enough of everything.
  public static final Resources AMPLE = new Resources(OptionalLong.empty(), Rows.BY_COST);

  /// How the rows of drawn synapses are kept.
  public enum Rows {
    /// Stored where they fit.
    BY_COST,
    /// Always stored.
    STORED,
    /// Drawn again at every spike wherever that is possible.
    REGENERATED,
    /// Stored as lists of targets.
    LISTS,
    /// Stored as bits wherever that is possible.
    BITS,
    /// Stored as lists of targets, with masks wherever that is possible.
    MASKS
  }

  public static Resources ofMemory(long bytes) {
    return new Resources(OptionalLong.of(bytes), Rows.BY_COST);
  }
}
