package snel.lower;

/// Neurons and networks that several tests drive by hand.
final class Models {
  /// Adds what arrives, and never spikes.
  static final String SUM =
      """
      neuron Sum {
        state total : real = 0
        receive syn(w : real) { total += w }
      }
      """;

  static final String DELTA =
      """
      neuron Delta {
        state v : real = 0
        v' = -v / 10 ms
        receive syn(w : real) { v += w }
        spike when v > 15
        reset { v = 0 }
      }
      """;

  private Models() {}

  /// `Net`, in which a spike of `strong` makes `cell` spike and one of `weak` does not.
  static String strongAndWeak(String neuron) {
    return """
    network Net {
      input strong : spikes[1]
      input weak : spikes[1]
      population cell : %s[1]
      connect strong -> cell.syn  all  weight 20
      connect weak -> cell.syn  all  weight 1
    }
    """
        .formatted(neuron);
  }
}
