package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        "test.snn:1: `E.x` of neuron 1: not a number at 2.5 ms (step 25)\n  while doing `run`\n",
        targets.failure(machine.program, 25));
  }
}
