package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// Worked examples 9 to 11 of the semantics, and the process of example 15.
class IntegrationTest {
  @Test
  void equalTimeConstantsAreNoSpecialCase() {
    String text =
        """
        neuron Equal {
          state v : real = 0
          state g : real = 1
          v' = (g - v) / 5 ms
          g' = -g / 5 ms
        }
        network Net { population cell : Equal[1] }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64);
    machine.runTo(10);
    assertEquals(0.1637461506, machine.value("cell.v"), 5e-11);
    machine.runTo(50);
    assertEquals(0.3678794412, machine.value("cell.v"), 5e-11);
    machine.runTo(100);
    assertEquals(0.2706705665, machine.value("cell.v"), 5e-11);
  }

  @Test
  void conductancesStandStillForTheMembrane() {
    String text =
        """
        neuron Conductance {
          state v : real = -60
          state g_e : real = 0.5
          state g_i : real = 0.2
          v' = (-60 - v + g_e * (0 - v) + g_i * (-80 - v)) / 20 ms
          g_e' = -g_e / 5 ms
          g_i' = -g_i / 10 ms
        }
        network Net { population cell : Conductance[1] }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64).runTo(1);
    assertEquals(-59.8705509379042, machine.value("cell.v"), 1e-12);
  }

  @Test
  void classicalRungeKutta() {
    String text =
        """
        neuron Quadratic {
          state x : real = 1
          x' = -x^2 / 1 ms
        }
        network Net { population cell : Quadratic[1] }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64).runTo(1);
    assertEquals(0.9090911863322196, machine.value("cell.x"), 1e-15);
  }

  /// It is 0.5 (1 - exp(-h / 2 ms)), v standing still, though v itself is not linear.
  @Test
  void aWrittenMethodHoldsBesideAnother() {
    String text =
        """
        neuron Joined {
          state v : real = 0.5
          state w : real = 0
          v' = (v^2 - w) / 10 ms
          w' = (v - w) / 2 ms
          integrate w by exponential_euler
        }
        network Net { population cell : Joined[1] }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64).runTo(1);
    assertEquals(0.5 * -StrictMath.expm1(-0.05), machine.value("cell.w"), 1e-15);
  }

  @Test
  void aWrittenMethodHoldsForANetworkAndItsParts() {
    String text =
        """
        neuron Quiet { state v : real = 0; v' = -v / 1 ms }
        network Inner {
          population cell : Quiet[1]
          state x : real = 1
          x' = -x / 1 ms
          integrate x by euler
        }
        network Net {
          population cell : Quiet[1]
          state x : real = 1, y : real = 1
          x' = -x / 0.5 ms
          y' = -y / 1 ms
          integrate x by euler
          network part : Inner()
        }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64).runTo(2);
    assertEquals(0.8 * 0.8, machine.value("x"), 1e-15);
    assertEquals(StrictMath.exp(-0.2), machine.value("y"), 1e-15);
    assertEquals(0.9 * 0.9, machine.value("part.x"), 1e-15);
  }

  @Test
  void aFunctionMayBeLinear() {
    String text =
        """
        function twice(x : real) : real = 2 * x
        neuron Decaying {
          state x : real = 1
          x' = -twice(x) / 1 ms
          integrate x by exponential_euler
        }
        network Net { population cell : Decaying[1] }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64).runTo(10);
    assertEquals(StrictMath.exp(-2), machine.value("cell.x"), 1e-15);
  }

  @Test
  void anOrnsteinUhlenbeckProcessToTheBit() {
    String text =
        """
        neuron Noisy {
          state x : real = 0
          noise xi
          x' = -x / 10 ms + sqrt(2 / 10 ms) * xi
        }
        network Net { population E : Noisy[4] }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F32);
    int[] wanted = {0x3e0bb67f, 0x3e825b87, 0x3e9b5fc3};
    for (int step = 1; step <= 3; step++) {
      machine.runTo(step);
      assertEquals(wanted[step - 1], machine.bits("E.x", 0));
    }
  }
}
