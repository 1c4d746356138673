package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What else moves, and what is kept, while a neuron is refractory.
class RefractorinessTest {
  @Test
  void aHeldStateIsAConstantToTheOthers() {
    String text =
        """
        neuron Adapting {
          state v : real = 0
          state w : real = 0
          v' = (20 - v) / 10 ms
          w' = (v - w) / 5 ms
          spike when v > 15
          reset { v = 0 }
          refractory 2 ms holding v
        }
        network Net { population cell : Adapting[1] }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64);
    machine.runTo(139);
    double w = machine.value("cell.w");
    assertTrue(w > 5);
    for (int step = 140; step <= 159; step++) {
      machine.runTo(step);
      w *= Math.exp(-0.1 / 5);
      assertEquals(0, machine.value("cell.v"));
      assertEquals(w, machine.value("cell.w"), 1e-12);
    }
    machine.runTo(160);
    assertEquals(20 * (1 - Math.exp(-0.01)), machine.value("cell.v"), 1e-13);
    assertTrue(machine.value("cell.w") > w * Math.exp(-0.1 / 5) + 1e-3);
  }

  /// Runge-Kutta's slopes between the ends of a step may not see a held state move either.
  @Test
  void aHeldStateStandsStillWithinAStepOfRungeKutta() {
    String text =
        """
        neuron Quadratic {
          state v : real = 0
          state w : real = 1
          v' = (1 + v^2) / 1 ms
          w' = (v - w^3) / 1 ms
          spike when v > 2
          reset { v = 0; w = 1 }
          refractory 1 ms holding v
        }
        network Net { population cell : Quadratic[1] }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64);
    long stamp = machine.stamps("cell", 30).get(0);
    machine = Machine.of(text, "Net", Machine.Options.F64).runTo(stamp + 1);
    double k1 = -1;
    double k2 = -Math.pow(1 + 0.05 * k1, 3);
    double k3 = -Math.pow(1 + 0.05 * k2, 3);
    double k4 = -Math.pow(1 + 0.1 * k3, 3);
    double wanted = 1 + 0.1 / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
    assertEquals(wanted, machine.value("cell.w"), 1e-15);
    assertEquals(0, machine.value("cell.v"));
  }

  /// As in Brian2, the condition is that of the state with which the step begins.
  @Test
  void aConditionMayReplaceTheTime() {
    String text =
        """
        neuron Wave {
          state v : real = 0
          state u : real = 1
          v' = u / 1 ms
          u' = -v / 1 ms
          spike when v > 0.5
          refractory while v > 0.5
        }
        network Net { population cell : Wave[1] }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64);
    // v = sin t passes 0.5 at pi/6 + 2 pi k = 0.5236, 6.8068, 13.0899
    assertEquals(List.of(6L, 69L, 131L), machine.stamps("cell", 150));
  }

  @Test
  void inputMayBeKeptToTheEnd() {
    String text =
        Models.DELTA
            + "neuron Kept extends Delta { refractory 2 ms holding v accumulates }\n"
            + Models.strongAndWeak("Kept");
    Machine machine = Machine.of(text, "Net", Machine.Options.F64);
    machine.spikes("strong", 0, 10).spikes("weak", 0, 11, 30);
    assertEquals(List.of(11L), machine.stamps("cell", 31));
    assertEquals(0, machine.value("cell.v"));
    machine.runTo(32);
    double wanted = (Math.exp(-0.2) + Math.exp(-0.01)) * Math.exp(-0.01);
    assertEquals(wanted, machine.value("cell.v"), 1e-15);
    machine.runTo(60);
    assertEquals(wanted * Math.exp(-0.28), machine.value("cell.v"), 1e-14);
  }
}
