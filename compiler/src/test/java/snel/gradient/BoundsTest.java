package snel.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import snel.target.jvm.JvmTarget;

/// Weights and states that learn stay between their bounds.
class BoundsTest {
  private static final String PROGRAM =
      """
      import std.neurons.unit.Leaky
      neuron Source { input r : frequency; spike at poisson(r) }
      neuron Learner {
        plastic state tau_m : time in 5 ms .. 30 ms = 20 ms
        plastic shared state V_th : real = 1
        state v : real = 0
        v' = -v / tau_m
        receive syn(w : real) { v += w }
        spike when v > V_th
        reset { v -= V_th }
      }
      synapse Positive { weight w : real in 0 .. 0.5; on pre { deliver w } }
      network Net {
        input gain : real
        population x : Source[6](r: gain * 200 Hz)
        population h : Learner[5]
        population y : Leaky[3]
        connect x -> h as a  all  weight uniform(0, 0.5)  instant  synapse Positive
        connect h -> y as c  all  weight uniform(-1, 1)  instant
      }
      experiment e on Net {
        step 1 ms; seed 3; numerics f64
        train by bptt(surrogate: fast_sigmoid(slope: 2)) with adam(0.05)
        %s
        reset all
        present gain = 1 for 25 ms
        minimise cross_entropy(max_over_time(y.v), 1)
      }
      """;

  private static Learning trained(String freeze) {
    var learning = Learning.of(PROGRAM.formatted(freeze), JvmTarget.Code.ADAPTIVE);
    for (int update = 0; update < 60; update++) {
      learning.sample(1);
      learning.update(1);
    }
    return learning;
  }

  @Test
  void updatesEndAtTheBounds() {
    Learning learning = trained("");
    double[] weights = learning.values("a.w");
    assertTrue(Arrays.stream(weights).allMatch(w -> w >= 0 && w <= 0.5));
    assertTrue(Arrays.stream(weights).anyMatch(w -> w == 0 || w == 0.5), "bounds are met");
    double[] times = learning.values("h.tau_m");
    assertTrue(Arrays.stream(times).allMatch(tau -> tau >= 5 && tau <= 30));
    assertTrue(Arrays.stream(times).distinct().count() > 1, "each neuron has its own");
    assertTrue(Math.abs(learning.values("h.V_th")[0] - 1) > 0.01, "the threshold learns");
  }

  @Test
  void whatIsFrozenStays() {
    Learning learning = trained("freeze h");
    assertTrue(Arrays.stream(learning.values("h.tau_m")).allMatch(tau -> tau == 20));
    assertEquals(1, learning.values("h.V_th")[0]);
  }
}
