package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// White noise in linear and other equations.
class NoiseTest {
  /// Filtered noise: the membrane sees the noise of a step from the next step on, by the
  /// propagator.
  @Test
  void noiseGoesThroughTheExactPropagator() {
    String text =
        """
        neuron Filter {
          state v : real = 0
          state g : real = 0
          noise xi
          v' = (g - v) / 20 ms
          g' = -g / 5 ms + 2 * xi / sqrt(1 ms)
        }
        network Net { population E : Filter[1] }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F32).runTo(1);
    double z = Float.intBitsToFloat(0x3f783739);
    double spread = 2 * Math.sqrt((1 - Math.exp(-2 * 0.1 / 5)) * 5 / 2);
    assertEquals(spread * z, machine.value("E.g"), 1e-6);
    assertEquals(0, machine.value("E.v"));
    double gain = (1 / 20.0) / (1 / 20.0 - 1 / 5.0) * (Math.exp(-0.1 / 5) - Math.exp(-0.1 / 20));
    machine.runTo(2);
    assertEquals(gain * spread * z, machine.value("E.v"), 1e-7);
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
    Machine machine = Machine.of(text, "Net", Machine.Options.F32.step("1")).runTo(1);
    double xx = 0;
    double xy = 0;
    double yy = 0;
    int n = 40_000;
    for (int k = 0; k < n; k++) {
      double x = machine.value("E.x", k);
      double y = machine.value("E.y", k);
      xx += x * x / n;
      xy += x * y / n;
      yy += y * y / n;
    }
    // e^(As) = e^-s [1 0; s 1]: integrals of e^-2s, s e^-2s and (1 + s^2) e^-2s over 0 .. 1
    double e2 = Math.exp(-2);
    double wantedXx = (1 - e2) / 2;
    double wantedXy = (1 - 3 * e2) / 4;
    double wantedYy = (1 - e2) / 2 + (1 - 5 * e2) / 4;
    assertEquals(wantedXx, xx, 5 * wantedXx * Math.sqrt(2.0 / n));
    assertEquals(wantedYy, yy, 5 * wantedYy * Math.sqrt(2.0 / n));
    assertEquals(wantedXy, xy, 5 * Math.sqrt((wantedXx * wantedYy + wantedXy * wantedXy) / n));
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
