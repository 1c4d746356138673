package snel.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import snel.target.jvm.JvmTarget;

/// Derivatives that stay within pieces of a sample.
class TruncateTest {
  private static final String PROGRAM =
      """
      import std.neurons.unit.Leaky
      neuron Source { input r : frequency; spike at poisson(r) }
      network Net {
        input gain : real
        population x : Source[6](r: gain * 200 Hz)
        population y : Leaky[3](tau_m: 20 ms, tau_syn: 5 ms)
        connect x -> y as a  all  weight uniform(-1, 1)  instant
      }
      experiment e on Net {
        step 1 ms; seed 3; numerics f64
        train by bptt(%s) with adam(1e-3)
        record y.v
        reset all
        present gain = 1 for 25 ms
        minimise sum((mean_over_time(y.v) - 0)^2)
        report count(x)
      }
      """;

  private static double[] gradient(String options) {
    var learning = Learning.of(PROGRAM.formatted(options), JvmTarget.Code.ADAPTIVE);
    learning.sample(0);
    return learning.values(Reverse.derivative("a.w")).clone();
  }

  @Test
  void aPieceAsLongAsTheSampleCutsNothing() {
    assertArrayEquals(gradient(""), gradient("truncate: 25 ms"));
    assertArrayEquals(gradient(""), gradient("truncate: 1 s"));
  }

  /// The derivative of y.v in one step by a weight, within pieces of one step, is what a spike in
  /// that very step adds: the mean of that over all steps, times that of the loss.
  @Test
  void withPiecesOfAStepOnlySpikesOfTheStepCount() {
    var learning = Learning.of(PROGRAM.formatted("truncate: 1 ms"), JvmTarget.Code.ADAPTIVE);
    learning.sample(0);
    double[] gradient = learning.values(Reverse.derivative("a.w"));
    int[] counts = learning.counts("x");
    double P = Math.exp(-1.0 / 20);
    double R = Math.exp(-1.0 / 5);
    double Q = (R - P) / 5 / (1.0 / 20 - 1.0 / 5);
    double[] means = learning.values("reading.0");
    double[] wanted = new double[18];
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 3; j++) {
        wanted[i * 3 + j] = 2 * means[j] / 25 * counts[i] * Q;
      }
    }
    assertArrayEquals(wanted, gradient, 1e-12);
    assertFalse(Arrays.equals(gradient, gradient("")));
  }
}
