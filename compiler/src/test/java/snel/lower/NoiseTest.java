package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// White noise in linear and other equations.
class NoiseTest {
  /// Filtered noise reaches the membrane within the step: with var(g) = sigma^2 tau_s / 2, both
  /// var(v) and cov(v, g) are var(g) tau_s / (tau_s + tau_m) at rest, however long the step.
  @ParameterizedTest
  @ValueSource(strings = {"20 ms", "tau"})
  void noiseOfOneStateReachesTheOthers(String tau) {
    String text =
        """
        neuron Filter {
          param tau : time = 10 ms
          state v : real = 0
          state g : real = 0
          noise xi
          v' = (g - v) / %s
          g' = -g / 5 ms + 2 * xi / sqrt(1 ms)
        }
        network Net { population E : Filter[40_000](tau: 20 ms) }
        """;
    Moments at = moments(text.formatted(tau), 150, "g", "v");
    assertClose(10, at.xx, at);
    assertClose(2, at.xy, at);
    assertClose(2, at.yy, at);
  }

  /// One noise in two equations: dx = -x dt + dW, dy = (x - 3 y) dt + 2 dW.
  @Test
  void oneNoiseInCoupledStates() {
    String text =
        """
        neuron Two {
          state x : real = 0
          state y : real = 0
          noise xi
          x' = -x / 1 ms + xi / sqrt(1 ms)
          y' = (x - 3 * y) / 1 ms + 2 * xi / sqrt(1 ms)
        }
        network Net { population E : Two[40_000] }
        """;
    // 4 cov = var(x) + 2 and 6 var(y) = 2 cov + 4
    Moments at = moments(text, 12, "x", "y");
    assertClose(0.5, at.xx, at);
    assertClose(0.625, at.xy, at);
    assertClose(0.875, at.yy, at);
  }

  /// A noise that all neurons share moves them alike; the variance within the population is that of
  /// their own noise.
  @Test
  void sharedNoiseMovesAllAlike() {
    String text =
        """
        neuron Filter {
          state v : real = 0
          state g : real = 0
          noise own
          shared noise common
          v' = (g - v) / 1 ms + 0.5 * own / sqrt(1 ms)
          g' = -g / 1 ms + common / sqrt(1 ms)
        }
        network Net { population E : Filter[40_000] }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F32.step("1")).runTo(20);
    double mean = 0;
    double square = 0;
    int n = 40_000;
    for (int k = 0; k < n; k++) {
      assertEquals(machine.value("E.g", 0), machine.value("E.g", k));
      double v = machine.value("E.v", k);
      mean += v / n;
      square += v * v / n;
    }
    assertEquals(0.125, square - mean * mean, 5 * 0.125 * Math.sqrt(2.0 / n));
  }

  private static void assertClose(double wanted, double found, Moments of) {
    double spread = Math.sqrt((of.xx * of.yy + wanted * wanted + of.xx * of.xx) / 40_000);
    assertEquals(wanted, found, 5 * spread);
  }

  private record Moments(double xx, double xy, double yy) {}

  /// Second moments over 40,000 neurons after so many steps of 1 ms.
  private static Moments moments(String text, int steps, String x, String y) {
    Machine machine = Machine.of(text, "Net", Machine.Options.F32.step("1")).runTo(steps);
    double xx = 0;
    double xy = 0;
    double yy = 0;
    int n = 40_000;
    for (int k = 0; k < n; k++) {
      double first = machine.value("E." + x, k);
      double second = machine.value("E." + y, k);
      xx += first * first / n;
      xy += first * second / n;
      yy += second * second / n;
    }
    return new Moments(xx, xy, yy);
  }

  /// dx = -x dt + dW1, dy = (x - y) dt + dW2 over 1 ms: the covariance of both.
  @Test
  void severalNoisesHaveTheCovarianceOfTheStep() {
    String text =
        """
        neuron Two {
          state x : real = 0
          state y : real = 0
          noise a, b
          x' = -x / 1 ms + a / sqrt(1 ms)
          y' = (x - y) / 1 ms + b / sqrt(1 ms)
        }
        network Net { population E : Two[40_000] }
        """;
    Moments at = moments(text, 1, "x", "y");
    int n = 40_000;
    // e^(As) = e^-s [1 0; s 1]: integrals of e^-2s, s e^-2s and (1 + s^2) e^-2s over 0 .. 1
    double e2 = Math.exp(-2);
    double wantedXx = (1 - e2) / 2;
    double wantedXy = (1 - 3 * e2) / 4;
    double wantedYy = (1 - e2) / 2 + (1 - 5 * e2) / 4;
    assertEquals(wantedXx, at.xx, 5 * wantedXx * Math.sqrt(2.0 / n));
    assertEquals(wantedYy, at.yy, 5 * wantedYy * Math.sqrt(2.0 / n));
    assertEquals(wantedXy, at.xy, 5 * Math.sqrt((wantedXx * wantedYy + wantedXy * wantedXy) / n));
  }

  /// dx = x dW over a step of 1 ms: Itô takes x + x z, Stratonovich x + (x + x (1 + z)) z / 2.
  @Test
  void multiplicativeNoiseIsItoUnlessHeunIsWritten() {
    String text =
        """
        neuron Ito {
          state x : real = 1
          noise xi
          x' = x * xi / sqrt(1 ms)
        }
        neuron Stratonovich extends Ito { integrate x by heun }
        network A { population E : Ito[1] }
        network B { population E : Stratonovich[1] }
        """;
    double z = Float.intBitsToFloat(0x3f783739);
    Machine ito = Machine.of(text, "A", Machine.Options.F32.step("1")).runTo(1);
    assertEquals(1 + z, ito.value("E.x"), 1e-6);
    Machine heun = Machine.of(text, "B", Machine.Options.F32.step("1")).runTo(1);
    assertEquals(1 + (z + (1 + z) * z) / 2, heun.value("E.x"), 1e-6);
  }

  /// Heun without noise: x' = -x^2 from 1 in one step of 0.1.
  @Test
  void heunIsOfSecondOrder() {
    String text =
        """
        neuron Quadratic {
          state x : real = 1
          x' = -x^2 / 1 ms
          integrate x by heun
        }
        network Net { population cell : Quadratic[1] }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64).runTo(1);
    assertEquals(1 - 0.05 * (1 + 0.9 * 0.9), machine.value("cell.x"), 1e-15);
  }
}
