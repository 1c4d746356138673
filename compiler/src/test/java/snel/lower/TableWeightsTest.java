package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Weights, conditions and delays that are looked up in a list by the indices of the two neurons.
class TableWeightsTest {
  private static final String TEXT =
      """
      let W = [[1, 2, 3], [4, 5, 6]]
      let late = [0 ms, 0.1 ms, 0.3 ms]
      neuron Sum { state total : real = 0; receive syn(w : real) { total += w } }
      synapse Learns { weight w : real; on pre { deliver w; w += 10 } }
      network Net {
        let V = [[0, 1, 0], [1, 0, 1]]
        input train : spikes[2]
        population cell : Sum[3]
        connect train -> cell.syn as learn  %s
      }
      """;

  private static Machine machine(String clauses) {
    return Machine.of(TEXT.formatted(clauses), "Net", Machine.Options.F64);
  }

  private static void totals(Machine machine, double... wanted) {
    for (int k = 0; k < wanted.length; k++) {
      assertEquals(wanted[k], machine.value("cell.total", k), "cell " + k);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "bernoulli(1)"})
  void aWeightOfTheirPair(String rule, @TempDir Path folder) {
    Machine machine = machine(rule + "  weight W[pre.index, post.index]");
    totals(machine.spikes("train", 0, 1).spikes("train", 1, 1, 2).runTo(4), 9, 12, 15);
    machine = machine(rule + "  weight 2 * W[pre.index, 2 - post.index]  synapse Learns");
    totals(machine.spikes("train", 0, 1).spikes("train", 1, 1, 2).runTo(2), 18, 14, 10);
    totals(machine.runTo(4), 18 + 22, 14 + 20, 10 + 18);
    new BothTargets(folder).sameStates(machine.program, 6);
  }

  @Test
  void aConditionAndADelay(@TempDir Path folder) {
    Machine machine =
        machine("all where V[pre.index, post.index] == 1  weight 1  delay late[post.index]");
    machine.spikes("train", 0, 1).spikes("train", 1, 1);
    totals(machine.runTo(2), 1, 0, 0);
    totals(machine.runTo(3), 1, 1, 0);
    totals(machine.runTo(5), 1, 1, 1);
    new BothTargets(folder).sameStates(machine.program, 6);
  }

  /// A slice has the indices of its population.
  @Test
  void placesOutsideAreRefused() {
    assertEquals(
        List.of("INDEX_OUT_OF_RANGE"),
        Machine.faults(
            TEXT.formatted("all  weight W[post.index, pre.index]"), "Net", Machine.Options.F64));
    assertEquals(
        List.of(),
        Machine.faults(
            TEXT.replace("cell.syn", "cell[0 ..< 2].syn")
                .formatted("all  weight W[post.index, pre.index]"),
            "Net",
            Machine.Options.F64));
    assertEquals(
        List.of("WRONG_KIND"),
        Machine.faults(
            TEXT.formatted("all  weight W[0, pre.index, 1]"), "Net", Machine.Options.F64));
  }
}
