package snel.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import snel.target.jvm.JvmTarget;

/// Losses that are written out by arithmetic and functions.
class WrittenLossTest {
  private static final String PROGRAM =
      Learning.NETWORK
          + """
          function hinge(s : real, sign : real) : real = mean(max(0, 1 - sign * s))
          function huber(e : real, d : real) : real = mean(bent(e, d))
          function bent(e : real, d : real) : real = if abs(e) < d then e^2 / 2 else d * (abs(e) - d / 2)
          function entropy(s : real, label : int) : real = cross_entropy(s, label)
          function bits(s : real, hit : real) : real = mean(max(s, 0) - s * hit + log1p(exp(-abs(s))))
          function close(a : real, b : real, c : real = 0.5) : real = c * sum((a - b)^2)
          function squared(s : real, by : real) : real = sum(by * s^2) + sum(by) * sum(s)
          function twice(s : real, hit : real) : real = squared(s, exp(hit))
          experiment e on Net {
            step 1 ms; seed 3; numerics NUMBERS
            train by bptt() with adam(0.01), clip_norm(1)
            var q = 1
            reset all
            present gain = 1 for 25 ms
            let most = max_over_time(y.v)
            let mean_v = mean_over_time(y.v)
            minimise LOSS + 0 * sum(most)
          }
          """;

  private static final double[] TARGETS = {1, 1, 1, 1, 1, 1, 1, 1};

  private static Learning of(String loss) {
    return of(loss, "f64", JvmTarget.Code.ADAPTIVE);
  }

  private static Learning of(String loss, String numbers, JvmTarget.Code code) {
    return Learning.of(PROGRAM.replace("NUMBERS", numbers).replace("LOSS", loss), code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "count(h)^2 / 100 + rate(h) / 10 Hz",
        "sum(exp(h.count / 10)) * mean(max_over_time(y.v))",
        "abs(rate(h) / 10 Hz - 5) + 0.01 * sum(abs(h.count - 3.5)^3)",
        "sum(h[1 .. 3].count * [1, 2, 3]) / (1 + count(h))",
        "rate_outside(h, 30 Hz .. 60 Hz) * sum(mean_v^2)",
        "max(h.count + 0.01 * one_hot(2, 5)) * min(most)",
        "(rate(h) - rate(x)) / 10 Hz * deviation(h.count)",
        "sum((h[[4, 0, 2]].count - [1, 2, 3])^2) + sum(mean_v)",
        "rate(h[[1, 3]]) / 10 Hz * sum(h.count[[3, 3, 1]]) + sum(h[0].count)"
      })
  void isDifferentiatedByTheReadings(String text) {
    var learning = of(text);
    learning.show(TARGETS);
    int readings = 0;
    for (int r = 0; learning.has("reading." + r); r++) {
      double[] reading = learning.values("reading." + r);
      double[] gradient = learning.values(Reverse.derivative("reading." + r));
      for (int k = 0; k < reading.length; k++) {
        double expected = learning.slopeByReading(reading, k, 1e-6);
        assertEquals(expected, gradient[k], 1e-5 * (1 + Math.abs(expected)), text + " " + k);
        readings++;
      }
    }
    assertTrue(readings >= 3, text);
  }

  /// No spike lies between the weights and the loss, so the gradient is exact.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum(abs(most - 0.3))",
        "hinge(most / 50, 2 * one_hot(1, 3) - 1)",
        "mean(max(0, 1 - (2 * one_hot(q, 3) - 1) * most / 50))",
        "huber(most - 0.3, 0.2) + huber(3 * (mean_v - 0.1), 0.5)",
        "bits(most, one_hot(2, 3))",
        "2 * entropy(3 * most, 2) - 0.5 * entropy(mean_v, round(q))",
        "cross_entropy(most, 1) * (1 + sum(mean_v^2))",
        "(cross_entropy(most, q) + 1)^2",
        "cross_entropy(most + 2 * mean_v, 1)",
        "max(most) - 2 * min(mean_v) + max(most[0], mean_v[1])",
        "deviation(mean_v) + sqrt(sum(most^2))",
        "log(sum(exp(3 * most))) - 3 * most[q]",
        "most[2] * most[q] / (2 + mean_v[0])",
        "sum(exp(most[1 .. 2]) * mean_v[0 ..< 2])",
        "if most[0] > 0.2 then most[0]^3 else 5 * most[1]",
        "if q > 3 and most[0] > 0.2 then 1 else sum(most^4)",
        "sum(if most > mean_v then most else 2 * mean_v)",
        "sum(sigmoid(3 * most)) + sum(tanh(mean_v)) * sum(sin(most))",
        "sum(relu(most - 0.2)) + sum(clip(mean_v, 0.01, 0.2)) + mean(sqrt(1 + most^2))",
        "mean(atan2(most, 1 + mean_v)) + sum(log1p(exp(-most))) + sum(cosh(most / 10))",
        "mean(most) / (0.1 + deviation(most))",
        "sum(one_hot(q, 3) * most)^2 + (size(most) - sum(most))^2",
        "sum((most - 2 * abs(most))^2) + mean((max(most, mean_v) - most)^2)",
        "close(most, [0.1, 0.2, 0.3]) + close(mean_v, most, c: 2) * close(b: 0.5, a: most)",
        "q * sum(most) * sum(most^2) / q^2",
        "twice(most, one_hot(q, 3))",
        "sum(most * (if q == 1 then [1, -2, 3] else [0, 0, 0])) * mean(mean_v)",
        "-sum(one_hot(1, 3) * log(exp(most) / sum(exp(most))))",
        "sum(2 ^ most) + sum((1 + abs(most)) ^ 1.5) + sum(most ^ 3)",
        "sum(most) * 2 / sum(1 + mean_v^2) + 3",
        "sum(max_over_time(y[[2, 0]].v) * [1, 4]) + sum(mean_v[[2, 2, 0]]^2)",
        "mean((mean_over_time(y[[2, 0]].v) - [0.1, 0.2])^2)",
        "cross_entropy(most[[2, 1]], 1) + cross_entropy(mean_over_time(y[[0, 2]].v), 0)"
      })
  void gradientsOfGradedLayersAreExact(String text) {
    var learning = of(text);
    learning.show(TARGETS);
    learning.back();
    double largest = 0;
    for (String weight : List.of("b.w", "c.w")) {
      double[] values = learning.values(weight);
      double[] gradient = learning.values(Reverse.derivative(weight)).clone();
      for (int k = 0; k < values.length; k++) {
        double expected = learning.slopeByWeight(values, k, 1e-6, TARGETS);
        assertEquals(
            expected, gradient[k], 1e-5 * (1 + Math.abs(expected)), text + " " + weight + k);
        largest = Math.max(largest, Math.abs(expected));
      }
    }
    assertTrue(largest > 0.01, text);
  }

  /// One of the usual losses, and the same put otherwise.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cross_entropy(most, 1) | entropy(most, 1)",
        "cross_entropy(2 * most, 1) | log(sum(exp(2 * most))) - 2 * most[1]",
        "sum((most - 1)^2) | sum(abs(most - 1)^2)",
        "mean((mean_v - [1, 2, 3])^2) | mean(([1, 2, 3] - mean_v) * ([1, 2, 3] - mean_v))",
        "rate_outside(h, 30 Hz .. 60 Hz) | rate_outside(h, 30 Hz .. 60 Hz) * 1 + 0 * sum(most)^3",
        "(rate(h) / 10 Hz - 1)^2 | (rate(h) / 10 Hz - 1) * (rate(h) / 10 Hz - 1)",
        "mean((h.count - one_hot(1, 5))^2) | mean(exp(2 * log(abs(h.count - one_hot(1, 5)))))",
        "sum(h.count) | count(h)"
      })
  void isAsTheUsualOne(String usual, String written) {
    var one = of(usual);
    var other = of(written);
    assertEquals(one.show(TARGETS), other.show(TARGETS), 1e-12);
    one.back();
    other.back();
    for (String weight : List.of("a.w", "b.w", "c.w")) {
      double[] expected = one.values(Reverse.derivative(weight));
      assertArrayEquals(expected, other.values(Reverse.derivative(weight)), 1e-11, weight);
    }
  }

  /// Of several that are the largest the first takes the derivative, as where neurons are.
  @ParameterizedTest
  @CsvSource({"max, 4", "min, 4"})
  void theFirstOfThoseThatAreEqualTakesTheDerivative(String extreme, int count) {
    var learning = of(extreme + "(0 * h.count)^2 + 2 * " + extreme + "(0 * h.count)");
    learning.show(TARGETS);
    double[] gradient = learning.values(Reverse.derivative("reading.0"));
    assertArrayEquals(new double[5], gradient, extreme + count);
    var shifted = of(extreme + "(h.count - h.count + 1)^2");
    shifted.show(TARGETS);
    assertTrue(
        Arrays.stream(shifted.values(Reverse.derivative("reading.0"))).allMatch(g -> g == 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"f64", "f32"})
  void vectorsGiveTheSameBits(String numbers) {
    String loss = "entropy(most, round(q)) * (1 + hinge(mean_v, 1)) + deviation(h.count)";
    var scalar = of(loss, numbers, JvmTarget.Code.SCALAR);
    var vector = of(loss, numbers, JvmTarget.Code.VECTOR);
    for (int n = 0; n < 3; n++) {
      assertEquals(scalar.show(TARGETS), vector.show(TARGETS));
      scalar.back();
      vector.back();
      for (String weight : List.of("a.w", "b.w", "c.w")) {
        String gradient = Reverse.derivative(weight);
        assertArrayEquals(bits(scalar, gradient, numbers), bits(vector, gradient, numbers));
      }
      scalar.update(1);
      vector.update(1);
      for (String weight : List.of("a.w", "b.w", "c.w")) {
        assertArrayEquals(bits(scalar, weight, numbers), bits(vector, weight, numbers), weight);
      }
    }
  }

  private static double[] bits(Learning learning, String buffer, String numbers) {
    if (numbers.equals("f64")) {
      return learning.values(buffer).clone();
    }
    float[] floats = learning.floats(buffer);
    double[] all = new double[floats.length];
    Arrays.setAll(all, k -> floats[k]);
    return all;
  }
}
