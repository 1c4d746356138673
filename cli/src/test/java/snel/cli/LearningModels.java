package snel.cli;

/// Neurons and synapses that change by themselves, whose weights and states are saved and loaded.
final class LearningModels {
  static final String TEXT =
      """
      neuron Cell {
        input drive : current = 0 nA
        plastic state theta : voltage in 0 mV .. 4 mV = 1 mV
        state v : voltage = 0 mV
        v' = (drive * 3 MOhm - v) / 3 ms
        receive syn(w : voltage) { v += w }
        spike when v > 5 mV + theta
        reset { v = 0 mV; theta += 0.1 mV }
      }
      synapse Learns {
        weight w : voltage in 0 mV .. 3 mV
        trace x of pre  tau 20 ms
        on pre { deliver w }
        on post { w += 0.05 mV * x }
      }
      """;

  private LearningModels() {}
}
