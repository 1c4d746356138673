package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import snel.ir.Program;
import snel.model.Network.Numerics;
import snel.target.jvm.JvmTarget;

/// Exponential Euler where `exp(-h / tau)` is 1, as with a rate of exactly 0: an Euler step.
class StandingRatesTest {
  private static final double STEP = 0.1;

  /// `w' = a * w + b`, whose rates `a` are 0, so small that they are lost, and ordinary ones.
  private static final String TEXT =
      """
      neuron Hebb {
        input a : 1/time
        input b : 1/time
        state w : real = 0.5
        w' = a * w + b
      }
      network Net {
        population cell : Hebb[67](
          a: if mod(self.index, 3) == 0 then 0 kHz
            else if mod(self.index, 3) == 1 then -1e-25 kHz else -0.01 kHz * self.index,
          b: 0.02 kHz * self.index)
      }
      """;

  private static double rate(int neuron) {
    return neuron % 3 == 0 ? 0 : neuron % 3 == 1 ? -1e-25 : -0.01 * neuron;
  }

  private static double after(int steps, int neuron) {
    double a = rate(neuron);
    double b = 0.02 * neuron;
    double time = steps * STEP;
    return a > -1e-9 ? 0.5 + b * time : (0.5 + b / a) * StrictMath.exp(a * time) - b / a;
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void aStateWhoseRateIsNoughtGoesOnAsItsRestSays(Numerics numerics, @TempDir Path folder) {
    var options = numerics == Numerics.F32 ? Machine.Options.F32 : Machine.Options.F64;
    Machine machine = Machine.of(TEXT, "Net", options).runTo(5);
    double close = numerics == Numerics.F32 ? 1e-6 : 1e-14;
    for (int neuron = 0; neuron < 67; neuron++) {
      double wanted = after(5, neuron);
      assertEquals(wanted, machine.value("cell.w", neuron), close * Math.abs(wanted), "" + neuron);
    }
    assertEquals(hash(machine.program, false), hash(machine.program, true));
    new BothTargets(folder).sameStates(machine.program, 5);
  }

  private static long hash(Program program, boolean vectors) {
    var network =
        new JvmTarget(vectors ? JvmTarget.Code.ADAPTIVE : JvmTarget.Code.SCALAR).build(program);
    program.binds().forEach(kernel -> network.call(kernel.name()));
    if (vectors) {
      network.expect(Long.MAX_VALUE);
    }
    network.run(5);
    return network.stateHash();
  }

  /// A time constant so long that its factor rounds to 1 would take all digits of a state away.
  @Test
  void aTimeConstantOfAges() {
    String text =
        """
        neuron Slow {
          state g : real = 1
          state w : real = 0.5
          g' = -w * g / 1 ms
          w' = (1e9 * g - w) / 1e9 ms
        }
        network Net { population cell : Slow[1] }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F32).runTo(1);
    assertEquals(0.6, machine.value("cell.w"), 1e-6);
  }

  /// Oja's rule where nothing is active: the weight stays.
  @Test
  void ojaAtRest() {
    String text =
        """
        neuron Oja {
          state y : real = 0
          state w : real = 0.5
          y' = -y / 10 ms
          w' = 0.1 kHz * y * (1 - y * w)
        }
        network Net { population cell : Oja[1] }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F32).runTo(10);
    assertTrue(machine.value("cell.w") == 0.5f, () -> "" + machine.value("cell.w"));
  }
}
