package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import snel.runtime.kernel.Fault;

/// A state that no threshold reads is looked at where a phase of the protocol ends.
class NotANumberTest {
  @TempDir private Path folder;

  /// x' = x^2 reaches infinity from 1 after 1 ms, from 0 never.
  private static final String RUNAWAY =
      """
      neuron Runaway { state x : real = self.index; x' = x^2 / 1 ms }
      network Net { population E : Runaway[2] }
      """;

  @Test
  void theFirstSuchElementIsNamed() {
    Machine machine = Machine.of(RUNAWAY, "Net", Machine.Options.F32).runTo(5);
    machine.network.checkStates();
    machine.runTo(25);
    Fault fault = assertThrows(Fault.class, machine.network::checkStates);
    assertEquals("not a number in E.x[1]", fault.getMessage());
  }

  @Test
  void theCProgramEndsWithTheSameWords() throws Exception {
    Machine machine = Machine.of(RUNAWAY, "Net", Machine.Options.F32);
    var targets = new BothTargets(folder);
    targets.sameStates(machine.program, 5);
    assertEquals(
        "test.snn:1: `E.x` of neuron 1: not a number, at the latest at 2.5 ms (step 25)\n  while doing `run`\n",
        targets.failure(machine.program, 25));
  }

  /// v' = v^3 reaches infinity from 1 after 0.5 ms. Where every neuron is looked at in every step
  /// the step is told, else that it was by then.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "spike when v > 1e30",
        "spike on crossing v > 1.2",
        "spike when v > 1.2; refractory 1 ms",
        "spike when v > 1e30 or v > 1.2; refractory while v > 1"
      })
  void noOtherTimeIsToldThanWhenItArose(String spike) throws Exception {
    String text =
        """
        neuron Runaway { state v : real = 1; v' = v^3 / 1 ms; %s }
        network Net { population E : Runaway[1] }
        """
            .formatted(spike);
    Machine machine = Machine.of(text, "Net", Machine.Options.F64);
    String said = new BothTargets(folder).failure(machine.program, 30);
    boolean isSeenAtOnce = spike.equals("spike when v > 1e30");
    assertEquals(isSeenAtOnce, said.contains("not a number at 0.7 ms (step 7)"), said);
    assertEquals(!isSeenAtOnce, said.contains("not a number, at the latest at "), said);
  }

  /// 0 / 0 for neuron 0, a rate for neuron 1. The chance is scanned in one expression, in
  /// statements because of the logarithm, and where others are asked.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "spike with rate x / x * 1 kHz",
        "spike with rate log(2 * x - 1) * 1 kHz",
        "spike with rate x / (x * sum(exp(peers.x))) * 1 kHz",
        "spike at poisson(x / x * 1 kHz)"
      })
  void aRateThatIsNoNumberIsNoSilence(String spike) throws Exception {
    String text =
        """
        neuron Chance { input x : real = 0; %s }
        network Net { population E : Chance[2](x: self.index) }
        """
            .formatted(spike);
    Machine machine = Machine.of(text, "Net", Machine.Options.F32);
    machine.program.binds().forEach(kernel -> machine.network.call(kernel.name()));
    Fault fault = assertThrows(Fault.class, () -> machine.runTo(1));
    String place = spike.contains(" at ") ? "E" : "E.rate";
    assertEquals("not a number in " + place + "[0]", fault.getMessage());
    assertEquals(
        "test.snn:1: `"
            + place
            + "` of neuron 0: not a number at 0.1 ms (step 1)\n  while doing `run`\n",
        new BothTargets(folder).failure(machine.program, 1));
  }

  @Test
  void theRateOfADriveIsANumber() throws Exception {
    String text =
        """
        neuron Sum { state total : real = 0; receive syn(w : real) { total += w } }
        network Net {
          state x : real = 0
          population E : Sum[2]
          drive E.syn by poisson(x / x * 1 kHz) weight 1
        }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F32);
    Fault fault = assertThrows(Fault.class, () -> machine.runTo(1));
    assertEquals("not a number in E.syn[1]", fault.getMessage());
    assertEquals(
        "test.snn:1: `E.syn` of neuron 1: not a number at 0.1 ms (step 1)\n  while doing `run`\n",
        new BothTargets(folder).failure(machine.program, 1));
  }
}
