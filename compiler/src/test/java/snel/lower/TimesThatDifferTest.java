package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import snel.diagnostics.Diagnostics;
import snel.ir.Program;
import snel.runtime.kernel.Fault;
import snel.target.jvm.JvmTarget;

/// Delays and refractory times that differ between synapses and neurons lie on the grid of the step
/// as those that do not (semantics.md §1).
class TimesThatDifferTest {
  private static final String TEXT =
      """
      neuron Cell {
        param T = 1 ms
        param d = 0.5 ms
        state v : real = 0
        v' = 1 / 1 ms
        receive syn(w : real) { v += w }
        spike when v > 1
        reset { v = 0 }
        refractory %s holding v
      }
      network Net {
        population cell : Cell[4](%s)
        connect cell -> cell.syn  all  weight 1  %s
      }
      """;

  private static List<String> faults(String refractory, String arguments, String delay) {
    return Machine.faults(TEXT.formatted(refractory, arguments, delay), "Net", Machine.Options.F64);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delay 1 ms + 0.03 ms * pre.index",
        "axonal delay 1 ms  dendritic delay 0.25 ms * post.index",
        "delay 1 ms * distance(pre, post)",
        "delay 2 ms / (1 + pre.index)",
        "delay [0.1, 0.25, 0.4, 0.5][pre.index] * 1 ms",
        "delay if pre.index < 2 then 1 ms else 1.05 ms"
      })
  void aDelayOffTheGridIsRefused(String delay) {
    assertEquals(List.of("OFF_THE_GRID"), faults("T", "", delay));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delay 1 ms + 0.3 ms * pre.index",
        "delay 1.05 ms + 0.05 ms * (2 * pre.index + 1)",
        "delay to_step(1 ms * distance(pre, post))",
        "delay 0.1 ms * floor(0.3 * pre.index)",
        "delay clip(0.2 ms * (pre.index - 1)^2, 0.1 ms, 1 ms)",
        "delay 1 ms * abs(pre.index - post.index)",
        "delay 0.1 ms * mod(pre.index, 3)",
        "delay [0.1, 0.3, 0.4, 0.5][pre.index] * 1 ms"
      })
  void aDelayOnTheGridIsNot(String delay) {
    assertEquals(List.of(), faults("T", "", delay));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "T: 1 ms + 0.03 ms * self.index",
        "T: [1.25 ms, 1.32 ms, 1 ms, 1 ms]",
        "T: uniform(1 ms, 2 ms)"
      })
  void aRefractoryTimeOffTheGridIsRefused(String arguments) {
    assertEquals(List.of("OFF_THE_GRID"), faults("T", arguments, ""));
    assertEquals(List.of(), faults("to_step(T)", arguments, ""));
  }

  @Test
  void aRefractoryTimeOnTheGridIsNot() {
    assertEquals(List.of(), faults("2 * T", "T: 1 ms + 0.05 ms * self.index", ""));
    assertEquals(List.of(), faults("T", "T: [1.3 ms, 0 ms, infinity, 2 ms]", ""));
    assertEquals(List.of(), faults("T", "T: to_step(uniform(1 ms, 2 ms))", ""));
  }

  /// Of what is only known when the network is built the first that does not fit is named.
  @Test
  void aNegativeRefractoryTimeStopsTheRun(@TempDir Path folder) {
    var diagnostics = new Diagnostics();
    String text = TEXT.formatted("T", "T: 0.1 ms * (self.index - 1)", "");
    Program program =
        Objects.requireNonNull(Machine.compile(text, "Net", Machine.Options.F64, diagnostics));
    var network = new JvmTarget().build(program);
    Fault fault = assertThrows(Fault.class, network::presentationStart);
    assertEquals("cell.T", fault.place());
    assertEquals(0, fault.element());
    String said = new BothTargets(folder).failure(program, 1);
    assertTrue(said.contains("a refractory time that is negative"), said);
  }
}
