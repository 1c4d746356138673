package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import snel.model.Network.Numerics;

/// Linear equations whose coefficients differ between neurons are integrated exactly, by what the
/// constant ones are integrated by (semantics.md §7).
class OwnCoefficientsTest {
  @TempDir private Path folder;

  /// x' = -x / tau_x, y' = (x - y) / tau_y from x = 1, y = 0.
  private static final String CHAIN =
      """
      neuron Chain {
        param tau_x = 5 ms, tau_y = 20 ms
        state x : real = 1
        state y : real = 0
        x' = -x / tau_x
        y' = (x - y) / tau_y
      }
      network Net { population cells : Chain[3](tau_x: [5, 10, 20] * 1 ms) }
      """;

  @Test
  void coupledStatesFollowTheClosedForm() {
    Machine machine = Machine.of(CHAIN, "Net", Machine.Options.F64).runTo(100);
    double t = 10;
    double[] taus = {5, 10};
    for (int k = 0; k < taus.length; k++) {
      double x = Math.exp(-t / taus[k]);
      double y = taus[k] / (taus[k] - 20) * (x - Math.exp(-t / 20));
      assertEquals(x, machine.value("cells.x", k), 1e-14);
      assertEquals(y, machine.value("cells.y", k), 1e-14);
    }
    // equal time constants are no special case: y = t / tau e^(-t / tau)
    assertEquals(0.5 * Math.exp(-0.5), machine.value("cells.y", 2), 1e-14);
  }

  /// One neuron of a population with lists for parameters, and the same neuron with constants.
  private static final String TWO_WAYS =
      """
      neuron Cell {
        param tau_m = 20 ms, tau_s = 5 ms, tau_w = 100 ms, bias = 3, a = 0.25, sigma = 0.5
        state v : real = 2
        state g : real = 1
        state w : real = 0.5
        input current : real
        v' = (g - v + bias + current - w) / tau_m
        g' = -g / tau_s
        w' = (a * v - w) / tau_w
        receive syn(amount : real) { g += amount }
        spike when v > 2.5
        reset { v = 0; w += 0.125 }
        %s
      }
      network Own {
        population cells : Cell[2](
          tau_m: [20, 10] * 1 ms, tau_s: [5, 10] * 1 ms, tau_w: [100, 50] * 1 ms,
          bias: [3, 7], a: [0.25, 2], current: 1.5)
      }
      network Constant {
        population first : Cell[1](current: 1.5)
        population second : Cell[1](
          tau_m: 10 ms, tau_s: 10 ms, tau_w: 50 ms, bias: 7, a: 2, current: 1.5)
      }
      """;

  @ParameterizedTest
  @EnumSource(Numerics.class)
  void ownCoefficientsStepAsConstantOnes(Numerics numerics) {
    equal(TWO_WAYS.formatted(""), numerics);
  }

  @ParameterizedTest
  @EnumSource(Numerics.class)
  void alsoWhileAStateIsHeld(Numerics numerics) {
    equal(TWO_WAYS.formatted("refractory 2 ms holding v"), numerics);
  }

  private static void equal(String text, Numerics numerics) {
    var options = new Machine.Options("0.1", numerics, 42, Map.of(), Needs.NONE);
    Machine own = Machine.of(text, "Own", options).runTo(1_000);
    Machine constant = Machine.of(text, "Constant", options).runTo(1_000);
    for (String state : new String[] {"v", "g", "w"}) {
      assertEquals(constant.value("first." + state), own.value("cells." + state, 0), state);
      assertEquals(constant.value("second." + state), own.value("cells." + state, 1), state);
    }
  }

  private static final String NOISY =
      """
      neuron Cell {
        param tau = 20 ms, tau_y = 5 ms, sigma = 1
        noise xi, eta
        state x : real = 1
        state y : real = 0
        state alone : real = 0
        x' = -x / tau + sigma * sqrt(2 / tau) * xi
        y' = (x - y) / tau_y + 0.5 * eta / sqrt(1 ms)
        alone' = (3 - alone) / tau + sigma * sqrt(2 / tau) * xi
      }
      network Own { population cells : Cell[3](tau: [20, 10, 4] * 1 ms, sigma: [1, 1, 4]) }
      network Constant { population cells : Cell[3](tau: 4 ms, sigma: 4) }
      """;

  @ParameterizedTest
  @EnumSource(Numerics.class)
  void soDoesNoise(Numerics numerics) {
    var options = new Machine.Options("0.1", numerics, 42, Map.of(), Needs.NONE);
    Machine own = Machine.of(NOISY, "Own", options).runTo(50);
    Machine constant = Machine.of(NOISY, "Constant", options).runTo(50);
    for (String state : new String[] {"x", "y", "alone"}) {
      assertEquals(constant.value("cells." + state, 2), own.value("cells." + state, 2), state);
    }
  }

  /// What an experiment assigns holds from the next presentation on.
  @Test
  void anAssignedParameterMakesThemAnew() {
    String text =
        """
        neuron Chain {
          param tau_x = 5 ms, tau_y = 20 ms
          state x : real = 1
          state y : real = 0
          x' = -x / tau_x
          y' = (x - y) / tau_y
        }
        network Net { population cells : Chain[2](tau_x: [5, 10] * 1 ms) }
        """;
    var needs = new Needs(Set.of(), Set.of(), Set.of(), Set.of(), Set.of("cells.tau_x"), Set.of());
    Machine machine = Machine.of(text, "Net", Machine.Options.F64.needs(needs));
    ((double[]) machine.network.array("cells.tau_x"))[1] = 40;
    machine.network.presentationStart();
    machine.runTo(100);
    assertEquals(Math.exp(-10 / 40.0), machine.value("cells.x", 1), 1e-13);
    double y = 40 / (40.0 - 20) * (Math.exp(-10 / 40.0) - Math.exp(-10 / 20.0));
    assertEquals(y, machine.value("cells.y", 1), 1e-13);
    assertEquals(Math.exp(-10 / 5.0), machine.value("cells.x", 0), 1e-13);
  }

  @ParameterizedTest
  @EnumSource(Numerics.class)
  void theCTargetComputesTheSame(Numerics numerics) throws Exception {
    var options = new Machine.Options("0.1", numerics, 42, Map.of(), Needs.NONE);
    new BothTargets(folder).sameStates(Machine.of(NOISY, "Own", options).program, 50);
  }
}
