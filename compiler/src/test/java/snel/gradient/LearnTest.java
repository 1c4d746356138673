package snel.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import snel.target.jvm.JvmTarget;

/// Losses, readings and optimisers of programs that train.
class LearnTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cross_entropy(max_over_time(y.v), 1)",
        "2 * cross_entropy(5 * mean_over_time(y.v, last: 10 ms), 2)",
        "mean((mean_over_time(y.v) - 0.3)^2) + 0.5 * sum((max_over_time(y.v) * 2 - 0.7)^2)",
        "cross_entropy(h.count / 4, 3) + 0.1 * rate_outside(h, 30 Hz .. 60 Hz)"
            + " + 0 * cross_entropy(max_over_time(y.v), 1)",
        "mean((h.count / 25 - one_hot(1, 5))^2) + 0 * cross_entropy(max_over_time(y.v), 1)",
        "mean(2 * mean_over_time(y.v)) + 0.5 * sum(-max_over_time(y.v)) + 0.1 * sum(h.count)",
        "cross_entropy(3 * max_over_time(y[1 ..< 3].v), 1) + (mean_over_time(y[0].v) - 0.3)^2"
            + " + 0.1 * sum(h[4].count)",
        "mean((h[1 ..< 4].count / 25 - one_hot(1, 3))^2) + 0 * cross_entropy(max_over_time(y.v), 1)"
            + " + 0.1 * rate_outside(h[2 ..< 5], 30 Hz .. 60 Hz)",
        "mean((max_over_time(y.v)[1 .. 2] - 0.2)^2) + 0.3 * (max_over_time(y.v)[0] - 0.1)^2"
            + " + sum((2 * h[1 ..< 5].count[1 ..< 3] - 3)^2)",
      })
  void aLossHasItsDerivativesByTheReadings(String text) {
    var learning = new Learning(text, "adam(1e-3)");
    learning.show(1, 2, 1);
    for (int r = 0; learning.has("reading." + r); r++) {
      double[] reading = learning.values("reading." + r);
      double[] gradient = learning.values(Reverse.derivative("reading." + r));
      for (int k = 0; k < reading.length; k++) {
        double expected = learning.slopeByReading(reading, k, 1e-5);
        assertEquals(expected, gradient[k], 1e-6, text + " " + k);
      }
    }
  }

  /// No spike lies between the weights and the loss, so the gradient is exact.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cross_entropy(max_over_time(y.v), 1)",
        "cross_entropy(5 * mean_over_time(y.v, last: 10 ms), 2)",
        "mean((mean_over_time(y.v) - 0.3)^2) + 0.5 * sum((max_over_time(y.v) * 2 - 0.7)^2)",
        "mean(2 * mean_over_time(y.v)) + 0.5 * sum(-max_over_time(y.v))",
        "cross_entropy(3 * max_over_time(y[1 ..< 3].v), 1) + (mean_over_time(y[0].v) - 0.3)^2",
        "-(1 + 1) * (cross_entropy(max_over_time(y.v), 1) - (mean_over_time(y[0].v) - 0.3)^2 / 4)",
        "mean(((max_over_time(y.v) - 1) / 2)^2) + sum((2 * (mean_over_time(y.v) - 1))^2)",
        "mean((mean_over_time(y.v) + 1)^2) + sum((-(0.3 + 2 * max_over_time(y.v)) / 3)^2)",
        "mean(mean_over_time(y.v)^2) + sum((max_over_time(y.v) / 3)^2)",
        "mean_over_time(y[1].v)^2 / 2 - (2 - mean_over_time(y[0].v))^2",
      })
  void gradientsOfGradedLayersAreExact(String text) {
    var learning = new Learning(text, "adam(1e-3)");
    learning.show(1, 2);
    learning.back();
    for (String weight : List.of("b.w", "c.w")) {
      double[] values = learning.values(weight);
      double[] gradient = learning.values(Reverse.derivative(weight)).clone();
      for (int k = 0; k < values.length; k++) {
        double expected = learning.slopeByWeight(values, k, 1e-6, 1, 2);
        assertEquals(expected, gradient[k], 1e-6, text + " " + weight + k);
      }
    }
  }

  @Test
  void aPartMayBeTakenAway() {
    String first = "cross_entropy(max_over_time(y.v), 1)";
    String second = "sum(mean_over_time(y.v))";
    double one = new Learning(first, "adam(1e-3)").show(1);
    double other = new Learning(second, "adam(1e-3)").show(0);
    var both = new Learning(first + " - (0.1 + 0.2) * (-" + second + " / 2)", "adam(1e-3)");
    assertEquals(one + 0.15 * other, both.show(1, 0), 1e-12);
  }

  @Test
  void vectorsGiveTheSameBits() {
    String loss = "cross_entropy(max_over_time(y.v), 1) + 0.1 * rate_outside(h, 30 Hz .. 60 Hz)";
    var scalar = new Learning(loss, "adam(0.01), clip_norm(1)", JvmTarget.Code.SCALAR);
    var vector = new Learning(loss, "adam(0.01), clip_norm(1)", JvmTarget.Code.VECTOR);
    for (int n = 0; n < 3; n++) {
      assertEquals(scalar.show(1, 0), vector.show(1, 0));
      scalar.back();
      vector.back();
      for (String weight : List.of("a.w", "b.w", "c.w")) {
        String gradient = Reverse.derivative(weight);
        assertArrayEquals(scalar.values(gradient), vector.values(gradient), gradient);
      }
      scalar.update(1);
      vector.update(1);
      for (String weight : List.of("a.w", "b.w", "c.w")) {
        assertArrayEquals(scalar.values(weight), vector.values(weight), weight);
      }
    }
  }

  @Test
  void samplesAddUpAndTheirMeanIsTaken() {
    var learning = new Learning("cross_entropy(max_over_time(y.v), 1)", "gradient_descent(0.5)");
    double[] before = learning.values("c.w").clone();
    learning.show(1);
    learning.back();
    double[] once = learning.values(Reverse.derivative("c.w")).clone();
    assertTrue(Arrays.stream(once).anyMatch(g -> Math.abs(g) > 1e-3));
    learning.show(1);
    learning.back();
    double[] twice = learning.values(Reverse.derivative("c.w")).clone();
    assertArrayEquals(Arrays.stream(once).map(g -> 2 * g).toArray(), twice, 1e-12);
    learning.update(2);
    double[] expected = new double[before.length];
    Arrays.setAll(expected, k -> before[k] - 0.5 * once[k]);
    assertArrayEquals(expected, learning.values("c.w"), 1e-12);
    assertArrayEquals(new double[before.length], learning.values(Reverse.derivative("c.w")));
  }

  /// What torch.optim 2 (`Adam`, `AdamW`, `SGD`) makes of two weights in three updates.
  @ParameterizedTest
  @CsvSource({
    "'adam(0.01, weight_decay: 0.1)', 0.7314583145925071, -1.498933294546768",
    "'adamw(0.01, weight_decay: 0.1)', 0.7311071873957231, -1.4977940786313586",
    "'gradient_descent(0.01, momentum: 0.9, weight_decay: 0.1)', 0.73739134425, -1.508816696",
  })
  void weightsDecayAsInTorch(String optimiser, double one, double other) {
    var learning = new Learning("cross_entropy(max_over_time(y.v), 1)", optimiser);
    double[] weights = learning.values("b.w");
    double[] gradient = learning.values(Reverse.derivative("b.w"));
    weights[0] = 0.75;
    weights[1] = -1.5;
    double[][] gradients = {{0.5, -0.25}, {0.125, 1}, {-0.75, 0.5}};
    for (double[] each : gradients) {
      System.arraycopy(each, 0, gradient, 0, 2);
      learning.update(1);
    }
    assertArrayEquals(new double[] {one, other}, Arrays.copyOf(weights, 2), 1e-12);
  }

  /// What is missing to 1 is all that counts: the first update is as long as the rate.
  @ParameterizedTest
  @ValueSource(strings = {"0.999", "0.99999", "0.99999999", "0.9999999999"})
  void adamCorrectsMomentsThatHardlyForget(String second) {
    var learning =
        Learning.of(
            """
            import std.neurons.unit.Leaky
            neuron Source { input r : frequency; spike at poisson(r) }
            network Net {
              input gain : real
              population x : Source[4](r: gain * 50 Hz)
              population y : Leaky[2]
              connect x -> y as b  all  weight uniform(-1, 1)  instant
            }
            experiment e on Net {
              step 1 ms; seed 3
              train by bptt() with adam(0.01, beta_1: 0.99999999, beta_2: %s)
              reset all
              present gain = 1 for 25 ms
              minimise sum(mean_over_time(y.v))
            }
            """
                .formatted(second),
            JvmTarget.Code.ADAPTIVE);
    float[] weights = learning.floats("b.w");
    float[] gradient = learning.floats(Reverse.derivative("b.w"));
    weights[0] = 0.75F;
    gradient[0] = 0.5F;
    learning.update(1);
    assertEquals(0.74, weights[0], 1e-6);
  }

  /// Against the formulas of the papers, over three updates.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gradient_descent(rate: 0.1, momentum: 0.9)",
        "adam(0.01, decay: 0.5, every: 2)",
        "adamw(0.01, weight_decay: 0.1, beta_1: 0.8, beta_2: 0.95, epsilon: 1e-3)",
        "adam(0.01), clip_norm(0.5)",
      })
  void optimisersFollowTheirFormulas(String optimiser) {
    var learning = new Learning("cross_entropy(max_over_time(y.v), 1)", optimiser);
    List<String> weights = List.of("a.w", "b.w", "c.w");
    double[][] expected = new double[3][];
    double[][] first = new double[3][];
    double[][] second = new double[3][];
    for (int w = 0; w < 3; w++) {
      expected[w] = learning.values(weights.get(w)).clone();
      first[w] = new double[expected[w].length];
      second[w] = new double[expected[w].length];
    }
    boolean adaptive = optimiser.startsWith("adam");
    boolean own = optimiser.startsWith("adamw");
    double one = !adaptive ? 0.9 : own ? 0.8 : 0.9;
    double two = own ? 0.95 : 0.999;
    double small = own ? 1e-3 : 1e-8;
    double decay = own ? 0.1 : 0;
    var random = new Random(4);
    for (int n = 1; n <= 3; n++) {
      double norm = 0;
      double[][] gradients = new double[3][];
      for (int w = 0; w < 3; w++) {
        double[] gradient = learning.values(Reverse.derivative(weights.get(w)));
        gradients[w] = new double[gradient.length];
        for (int k = 0; k < gradient.length; k++) {
          gradient[k] = random.nextGaussian();
          gradients[w][k] = gradient[k] / 4;
          norm += gradients[w][k] * gradients[w][k];
        }
      }
      double share = optimiser.contains("clip") ? Math.min(1, 0.5 / Math.sqrt(norm)) : 1;
      double rate = !adaptive ? 0.1 : optimiser.contains("every") && n == 3 ? 0.005 : 0.01;
      for (int w = 0; w < 3; w++) {
        for (int k = 0; k < expected[w].length; k++) {
          double g = share * gradients[w][k];
          first[w][k] = one * first[w][k] + (adaptive ? (1 - one) * g : g);
          second[w][k] = two * second[w][k] + (1 - two) * g * g;
          double mean = first[w][k] / (1 - Math.pow(one, n));
          double size = Math.sqrt(second[w][k] / (1 - Math.pow(two, n))) + small;
          double change = adaptive ? mean / size : first[w][k];
          expected[w][k] -= rate * (change + decay * expected[w][k]);
        }
      }
      learning.update(4);
      for (int w = 0; w < 3; w++) {
        assertArrayEquals(expected[w], learning.values(weights.get(w)), 1e-12, optimiser);
      }
    }
  }
}
