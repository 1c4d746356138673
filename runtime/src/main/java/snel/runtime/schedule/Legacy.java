package snel.runtime.schedule;

import java.util.Map;

/// What an experiment leaves to those that start from it, beside the network's state.
///
/// @param presentations so far along the chain of experiments (semantics.md §10)
public record Legacy(long presentations, Map<String, Map<String, double[]>> learnt) {
  byte[] bytes() {
    return RecordCodec.bytes(Legacy.class, this);
  }

  /// What [Machine#legacy] gave.
  public static Legacy of(byte[] bytes) {
    return (Legacy)
        RecordCodec.of(
            Legacy.class,
            bytes,
            name -> {
              throw new IllegalStateException("no data set is left: " + name);
            });
  }
}
