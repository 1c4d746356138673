package snel.runtime.readout;

import java.util.Map;
import java.util.SequencedMap;

/// A read-out that learns from labelled responses. It may be fitted further after it has predicted.
public sealed interface FittedReadout extends Readout permits ResponseLabels, Ridge, LinearSvm {
  /// Learns that `response` belongs to class `label`.
  void fit(Response response, long label);

  /// Everything it has learnt, for a checkpoint, always in the same order: so it is written. The
  /// arrays are copies.
  SequencedMap<String, double[]> state();

  /// Takes over what [#state] gave.
  void restore(Map<String, double[]> state);
}
