package snel.bench;

/// Parts that the programs of the benchmarks have in common.
final class Texts {
  /// Every neuron fires once a period, evenly spread and in an order that jumps about.
  static final String CLOCKWORK =
      """
      neuron Clockwork {
        param period = 1000
        state left : real = 1 + mod(7919 * self.index, period)
        state x : real = 0
        every dt { left = left - 1 }
        receive syn(w : real) { x += w }
        spike when left <= 0
        reset { left = left + period }
      }
      """;

  private Texts() {}
}
