package snel.cli;

/// What programs begin with that train on small digits: cells of the library, and one whose time
/// constant and threshold learn.
final class TrainedCells {
  static final String TEXT =
      """
      import std.data.digits8x8_mixed
      import std.encode.Poisson
      import std.neurons.unit.{Lif, Leaky}
      import std.neurons.unit.Dropped.DroppedLif
      import std.neurons.unit.Normalised.NormalisedLif

      neuron Learner {
        plastic state tau_m : time in 2 ms .. 100 ms = uniform(8 ms, 40 ms)
        plastic shared state V_th : real in 0.1 .. 2 = 1
        state v : real = 0
        state I : real = 0
        v' = I / 5 ms - v / tau_m
        I' = -I / 5 ms
        receive syn(w : real) { I += w }
        spike when v > V_th
        reset { v -= V_th }
      }
      """;

  private TrainedCells() {}
}
