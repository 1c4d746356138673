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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import snel.diagnostics.Diagnostics;
import snel.ir.Program;
import snel.runtime.kernel.Fault;
import snel.target.jvm.JvmTarget;

/// A delay that is drawn or computed and comes out negative ends the program with its value.
class NegativeDelayTest {
  private static final String TEXT =
      """
      neuron Sum { state total : real = 0; receive syn(w : real) { total += w } }
      neuron Odd { state total : real = 0; receive syn(w : real) { total = 2 * total + w } }
      synapse Learns { weight w : real; on pre { deliver w; w += 1 } }
      network Net {
        input train : spikes[2]
        population cell : %s[3]
        connect train -> cell.syn as learn  all  weight 1  %s
      }
      """;

  private static Program program(String cell, String clauses) {
    var diagnostics = new Diagnostics();
    Program program =
        Machine.compile(TEXT.formatted(cell, clauses), "Net", Machine.Options.F64, diagnostics);
    assertEquals("", Machine.said(diagnostics));
    return Objects.requireNonNull(program);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delay 0.1 ms - 0.1 ms * 3 * pre.index",
        "delay to_step(uniform(-0.2 ms, -0.2 ms) * pre.index)",
        "axonal delay 0.5 ms  dendritic delay -0.2 ms * pre.index",
        "axonal delay -0.2 ms * pre.index  synapse Learns",
        "backprop delay -0.2 ms * pre.index  synapse Learns"
      })
  void itsValueAndItsProjectionAreNamed(String clauses, @TempDir Path folder) {
    for (String cell : List.of("Sum", "Odd")) {
      Program program = program(cell, clauses);
      Fault fault = assertThrows(Fault.class, () -> new JvmTarget().build(program).run(1), cell);
      assertEquals("a delay of -2 steps in learn", fault.getMessage());
      assertEquals(-1, fault.element());
    }
    String said = new BothTargets(folder).failure(program("Sum", clauses), 1);
    assertTrue(said.contains("a delay of -2 steps in learn"), said);
  }

  @Test
  void aDelayThatLearnsHasALowerEnd() {
    String own =
        TEXT.replace("weight w : real; on", "weight w : real; delay d : time in -1 ms .. 1 ms; on");
    assertEquals(
        List.of("NEGATIVE_TIME"),
        Machine.faults(own.formatted("Sum", "synapse Learns"), "Net", Machine.Options.F64));
  }

  @Test
  void aDelayOfNoneIsNotNegative() {
    Program program = program("Sum", "delay 0.1 ms - 0.1 ms * pre.index");
    new JvmTarget().build(program).run(2);
  }

  /// Neuron 0 has a delay of 0.2 ms, neuron 1 one that is none.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "delay to_step(0.2 ms * sqrt(1 - 2 * pre.index))",
        "delay to_step(0.2 ms + 1 ms * log(1 - 2 * pre.index))",
        "delay to_step(0.2 ms * (1 - 2 * pre.index)^0.5)",
        "axonal delay to_step(0.2 ms * sqrt(1 - 2 * pre.index))  synapse Learns"
      })
  void aDelayIsANumber(String clauses, @TempDir Path folder) {
    for (String cell : List.of("Sum", "Odd")) {
      Program program = program(cell, clauses);
      Fault fault = assertThrows(Fault.class, () -> new JvmTarget().build(program).run(1), cell);
      assertEquals("not a number in learn.delay", fault.getMessage());
    }
    String said = new BothTargets(folder).failure(program("Sum", clauses), 1);
    assertTrue(said.contains("not a number in learn.delay"), said);
  }

  /// tan(0.5), log(2), 2 ms / 2 and 2^3 of 0.1 ms.
  @ParameterizedTest
  @CsvSource({
    "to_step(10 ms * tan(0.5 * pre.index)), 55",
    "to_step(10 ms * log(1 + pre.index)), 69",
    "to_step(2 ms / (1 + pre.index)), 10",
    "0.1 ms * (1 + pre.index)^3, 8",
    "to_step(-0.2 ms * pre.index + 9 s), 89998",
  })
  void whatGrowsWithAnIndexIsBounded(String delay, long steps) {
    String text = TEXT.formatted("Sum", "delay " + delay);
    Machine machine = Machine.of(text, "Net", Machine.Options.F64).spikes("train", 1, 0);
    machine.runTo(steps);
    assertEquals(0, machine.value("cell.total"));
    machine.runTo(steps + 1);
    assertEquals(1, machine.value("cell.total"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to_step(1 ms * tan(pre.index * 2))",
        "1 ms / pre.index",
        "to_step(1 ms * exp(1000 * pre.index))",
        "to_step(1 ms * lognormal(1, 1))"
      })
  void whatHasNoEndIsRefused(String delay) {
    String text = TEXT.formatted("Sum", "delay " + delay);
    assertEquals(List.of("OUT_OF_RANGE"), Machine.faults(text, "Net", Machine.Options.F64));
  }
}
