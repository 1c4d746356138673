package snel.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import snel.target.jvm.JvmTarget;

/// `through_reset: false` leaves out what a reset sets, and nothing that handlers do at a spike.
class SpikeHandlersTest {
  private static final int STEPS = 25;
  private static final double[] B = {0.6, 0.75};
  private static final double[] W = {0.5, -0.25};

  private static final String PROGRAM =
      """
      import std.train.surrogates.fast_sigmoid
      neuron Cell {
        input gain : real
        plastic state b : real = 0.6 + 0.15 * self.index
        state v : real = 0.1
        state z : real = 0
        v' = (gain * b - v) / 2 ms
        every dt { z = 0 }
        spike when v > 0.5
        reset { %s }
        on spike { z = 1 }
      }
      neuron Out {
        input m : real
        state v : real = 0
        every dt { v = v + m }
      }
      synapse Seen { weight w : real; transmit w * pre.z }
      network Net {
        input gain : real
        population h : Cell[2](gain: gain)
        population y : Out[1]
        connect h -> y.m as s  all  weight 0.5 - 0.75 * pre.index  synapse Seen
      }
      experiment e on Net {
        step 1 ms; seed 3; numerics f64
        train by bptt(surrogate: fast_sigmoid(slope: 10), through_reset: %s) with adam(1e-3)
        reset all
        present gain = 1 for 25 ms
        minimise mean(mean_over_time(y.v))
      }
      """;

  private static double[] gradient(String reset, boolean throughReset) {
    String text = PROGRAM.formatted(reset, throughReset);
    var learning = Learning.of(text, JvmTarget.Code.SCALAR);
    learning.sample(0);
    return learning.values(Reverse.derivative("h.b")).clone();
  }

  /// Spikes are seen a step later, and stay in the sum to the end.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void gradientsAreThoseOfPlainLoops(boolean throughReset) {
    double[] expected = new double[B.length];
    for (int n = 0; n < B.length; n++) {
      expected[n] = plain(B[n], W[n], throughReset);
    }
    assertArrayEquals(expected, gradient("v = 0", throughReset), 1e-12);
  }

  private static double plain(double b, double w, boolean throughReset) {
    double decay = Math.exp(-0.5);
    double[] before = new double[STEPS];
    boolean[] spikes = new boolean[STEPS];
    double v = 0.1;
    int count = 0;
    for (int t = 0; t < STEPS; t++) {
      before[t] = b + (v - b) * decay;
      spikes[t] = before[t] > 0.5;
      v = spikes[t] ? 0 : before[t];
      count += spikes[t] ? 1 : 0;
    }
    assertNotEquals(0, count);
    double later = 0;
    double sum = 0;
    for (int t = STEPS - 1; t >= 0; t--) {
      double margin = 1 + 10 * Math.abs(before[t] - 0.5);
      double seen = w * (STEPS - 1 - t) / STEPS;
      double atSpike = seen - (throughReset ? before[t] * later : 0);
      double byState = atSpike / (margin * margin) + (spikes[t] ? 0 : later);
      sum += (1 - decay) * byState;
      later = decay * byState;
    }
    return sum;
  }

  @Test
  void withoutAResetThereIsNothingToLeaveOut() {
    assertArrayEquals(gradient("", true), gradient("", false));
    assertNotEquals(0, gradient("", false)[0]);
  }

  /// A handler after the reset adds nothing to a state that the reset has set.
  @Test
  void whatTheResetSetsIsLeftOut() {
    double[] whole = gradient("v = 0; z = 1", true);
    assertEquals(whole[0], gradient("v = 0", true)[0], 1e-12);
    assertNotEquals(whole[0], gradient("v = 0; z = 1", false)[0], 1e-3);
  }
}
