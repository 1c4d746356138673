package snel.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import snel.runtime.kernel.Network;
import snel.target.jvm.JvmTarget;

/// First weights are drawn in units of the one whose response peaks at the threshold: against peaks
/// in closed form, and against what untrained layers do.
class KaimingTest {
  private static final String PROGRAM =
      """
      neuron Source { spike at poisson(%s) }
      neuron Exponential {
        param tau_m = 20 ms, tau_s = 5 ms
        state v : real = 0
        state I : real = 0
        v' = I / tau_s - v / tau_m
        I' = -I / tau_s
        receive syn(w : real) { I += w }
        spike when v > 1
        reset { v -= 1 }
      }
      neuron Delta {
        state v : voltage = -65 mV
        v' = (-65 mV - v) / 20 ms
        receive syn(w : voltage) { v += w }
        spike when v > -50 mV
        reset { v = -65 mV }
      }
      neuron Out {
        state v : real = 0
        v' = -v / 20 ms
        receive syn(w : real) { v += w }
      }
      network Net {
        population x : Source[50]
        population h : %s[400]
        population y : Out[2]
        connect x -> h.syn as a  all  weight %s  instant
        connect h -> y.syn as b  all  weight kaiming()  instant
      }
      experiment e on Net {
        step 0.5 ms; seed 3; numerics f64
        record y.v
        run 500 ms
        report sum(a.w), sum(b.w), count(h)
      }
      """;

  private static Network network(String rate, String neuron, String weight) {
    return new JvmTarget().build(Differentiated.compiled(PROGRAM.formatted(rate, neuron, weight)));
  }

  private static double[] weights(String neuron, String weight, String buffer) {
    return (double[]) network("10 Hz", neuron, weight).array(buffer);
  }

  private static void assertRatio(double ratio, double[] of, double[] to) {
    for (int k = 0; k < of.length; k++) {
      assertEquals(ratio * to[k], of[k], 2e-3 * Math.abs(of[k]));
    }
  }

  /// The same draws, times the inverse of the peak of b / (b - a) (exp(-a t) - exp(-b t)).
  @Test
  void weightsAreDividedByThePeakOfTheResponse() {
    double a = 1 / 20.0;
    double b = 1 / 5.0;
    double when = Math.log(b / a) / (b - a);
    double peak = b / (b - a) * (Math.exp(-a * when) - Math.exp(-b * when));
    assertEquals(0.63, peak, 1e-4);
    assertRatio(
        1 / peak,
        weights("Exponential", "kaiming()", "a.w"),
        weights("Exponential", "normal(0, sqrt(2 / fan_in))", "a.w"));
  }

  @Test
  void weightsAreTimesTheWayFromRestToThreshold() {
    assertRatio(
        1,
        weights("Delta", "kaiming()", "a.w"),
        weights("Delta", "normal(0 mV, 15 mV * sqrt(2 / fan_in))", "a.w"));
  }

  @Test
  void withoutAThresholdTheyAreAsTheyWere() {
    double[] weights = weights("Delta", "kaiming()", "b.w");
    double square = Arrays.stream(weights).map(w -> w * w).average().orElseThrow();
    assertEquals(2.0 / 400, square, 0.15 * 2.0 / 400);
  }

  /// From what arrives in 1 to 20 spikes a source and second they make 1 to 50.
  @Test
  void untrainedLayersFire() {
    for (String neuron :
        new String[] {
          "Exponential", "Exponential(tau_m: 10 ms)", "Exponential(tau_s: 2 ms)", "Delta"
        }) {
      String name = neuron.contains("(") ? neuron.substring(0, neuron.indexOf('(')) : neuron;
      String given = neuron.substring(name.length());
      Network network =
          new JvmTarget()
              .build(
                  Differentiated.compiled(
                      PROGRAM
                          .formatted("10 Hz", name, "kaiming()")
                          .replace(name + "[400]", name + "[400]" + given)));
      network.run(1000);
      long spikes = ((long[]) network.array("h.spikes.total"))[0];
      double rate = spikes / 400.0 / 0.5;
      assertTrue(rate > 1 && rate < 50, neuron + ": " + rate + " Hz");
    }
  }
}
