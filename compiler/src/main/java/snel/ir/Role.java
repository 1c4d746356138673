package snel.ir;

/// What a buffer is for. Decides what is hashed, saved in a checkpoint and restored by `reset all`.
public enum Role {
  /// Step counters; see [Clock].
  CLOCK,
  /// Dynamic state of neurons and synapses, traces included: hashed, saved, restored by `reset`.
  STATE,
  /// Weights, learnable delays, `plastic` states: hashed, saved, kept by `reset`, held by `freeze`.
  PLASTIC,
  /// Changes of what is plastic that wait for the end of their instant: hashed, saved, kept by
  /// `reset`. What is wrong with one shows where it lands.
  CHANGE,
  /// Arrivals and spikes in flight, pending lists: hashed, saved, cleared by `reset`.
  QUEUE,
  /// Parameters and flags, changed only by the protocol: saved, kept by `reset`.
  PARAMETER,
  /// Values held by `present`: saved, kept by `reset`.
  INPUT,
  /// Row pointers, targets, permutations: fixed once built (structural change rewrites them).
  WIRING,
  /// Recorded events waiting to be taken by the recorder, and operation counters.
  LOG,
  /// Holds nothing between two kernels.
  SCRATCH;

  /// Whether an experiment leaves it to those that start from it.
  public boolean isLeft() {
    return switch (this) {
      case CLOCK, STATE, PLASTIC, CHANGE, QUEUE -> true;
      case PARAMETER, INPUT, WIRING, LOG, SCRATCH -> false;
    };
  }

  /// Whether a checkpoint holds it.
  public boolean isKept() {
    return isLeft() || this == PARAMETER || this == INPUT || this == LOG;
  }
}
