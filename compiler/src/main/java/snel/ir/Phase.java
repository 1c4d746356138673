package snel.ir;

/// When a kernel runs; the numbers are the phases of semantics.md §2.
public enum Phase {
  BUILD,
  RESET,
  PRESENTATION_START,
  BIND,
  DELIVER,
  INTEGRATE,
  THRESHOLD,
  EVENTS,
  COMPETE,
  RESET_SPIKED,
  /// What handlers do at a spike, where that is apart from the reset.
  ON_SPIKE,
  PLASTICITY,
  RECORD,
  PRESENTATION_END,
  ON_DEMAND
}
