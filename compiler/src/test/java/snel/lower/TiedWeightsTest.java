package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `tied to` takes the weight of the same pair of neurons, in whatever order the synapses lie.
class TiedWeightsTest {
  /// Weights 10 i + j + 1 from `train` i to `cell` j; `cell` has totals of what is tied only.
  private static String text(String owner, String tied) {
    return """
    neuron Sum {
      state total : real = 0
      receive own(w : real) { }
      receive syn(w : real) { total += w }
    }
    neuron Back { input fire : real = 0; state total : real = 0
      receive own(w : real) { }
      receive syn(w : real) { total += w }
      spike when fire > 0 }
    network Net {
      input train : spikes[3]
      input late : spikes[4]
      population cell : Sum[4]
      population there : Back[3](fire: 1)
      population here : Back[4](fire: 1)
      connect %s -> %s.own as base  %s
      connect %s
    }
    """
        .formatted(
            tied.contains("transpose") ? "there" : "train",
            tied.contains("transpose") ? "here" : "cell",
            owner,
            tied);
  }

  /// From neuron 1: 11 + j. Delays of the owner put its rows into the order j = 3, 2, 1, 0.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "all  weight 10 * pre.index + post.index + 1",
        "all  weight 10 * pre.index + post.index + 1  delay to_step(0.1 ms * (3 - post.index))",
        "all where pre.index < 2  weight 10 * pre.index + post.index + 1"
      })
  void ofThePair(String owner, @TempDir Path folder) {
    String rule = owner.contains("where") ? "all where pre.index < 2" : "all";
    Machine machine =
        Machine.of(
            text(owner, "train -> cell.syn  " + rule + "  tied to -base.w"),
            "Net",
            Machine.Options.F64);
    machine.spikes("train", 1, 2).runTo(4);
    for (int j = 0; j < 4; j++) {
      assertEquals(-11 - j, machine.value("cell.total", j), "cell " + j);
    }
    new BothTargets(folder).sameStates(machine.program, 6);
  }

  /// All spike in step 0: neuron i of `there` gets the sum over j of 10 i + j + 1.
  @ParameterizedTest
  @CsvSource({"'  delay to_step(0.1 ms * (3 - post.index))'", "''"})
  void ofThePairTurnedRound(String delay, @TempDir Path folder) {
    String owner = "all  weight 10 * pre.index + post.index + 1" + delay;
    Machine machine =
        Machine.of(
            text(owner, "here -> there.syn  all  tied to transpose(base.w)"),
            "Net",
            Machine.Options.F64);
    machine.network.run(2);
    for (int i = 0; i < 3; i++) {
      assertEquals(4 * (10 * i + 1) + 6, machine.value("there.total", i), "neuron " + i);
    }
    new BothTargets(folder).sameStates(machine.program, 6);
  }

  /// The owner learns in step 3, the spike of step 1 comes to the synapses of `tied` in step 5 and
  /// to their targets in step 5 or 7.
  @ParameterizedTest
  @CsvSource({
    "'delay 0.4 ms', 2",
    "'delay 0.4 ms  synapse Plain', 2",
    "'delay 0.4 ms  synapse Counting', 2",
    "'axonal delay 0.4 ms  dendritic delay 0.2 ms', 2",
    "'dendritic delay 0.4 ms', 1",
    "'delay to_step(0.4 ms + 0 * post.index)', 2"
  })
  void weightsThatLearnAreReadAtTheArrival(String clauses, double heard, @TempDir Path folder) {
    String text =
        """
        neuron Sum { state total : real = 0; receive syn(w : real) { total += w } }
        synapse Up { weight w : real in 0 .. 5; on pre { deliver w; w += 1 } }
        synapse Plain { weight w : real; on pre { deliver w } }
        synapse Counting { weight w : real; state n : real = 0; on pre { deliver w; n += 1 } }
        network Net {
          input train : spikes[1]
          input late : spikes[1]
          population cell : Sum[1]
          population other : Sum[1]
          connect late -> other.syn as base  all  weight 1  synapse Up
          connect train -> cell.syn  all  tied to base.w  %s
        }
        """
            .formatted(clauses);
    Machine machine = Machine.of(text, "Net", Machine.Options.F64);
    machine.spikes("train", 0, 1).spikes("late", 0, 3).runTo(10);
    assertEquals(heard, machine.value("cell.total"));
    new BothTargets(folder).sameStates(machine.program, 10);
  }

  private static List<String> faults(String owner, String tied) {
    return Machine.faults(text(owner, tied), "Net", Machine.Options.F64);
  }

  @Test
  void whatMayHaveNoWeightIsRefused() {
    String all = "all  weight 1";
    assertEquals(List.of(), faults(all, "train -> cell.syn  bernoulli(0.5)  tied to base.w"));
    for (String owner : List.of("bernoulli(0.5)  weight 1", "all where pre.index < 2  weight 1")) {
      assertEquals(
          List.of("NO_MEANING_HERE"), faults(owner, "train -> cell.syn  all  tied to base.w"));
    }
    assertEquals(
        List.of("NO_MEANING_HERE"),
        faults("bernoulli(0.5)  weight 1", "train -> cell.syn  bernoulli(0.5)  tied to base.w"));
    assertEquals(List.of("UNEQUAL_SIZES"), faults(all, "late -> cell.syn  all  tied to base.w"));
    assertEquals(
        List.of("UNEQUAL_SIZES"), faults(all, "train -> cell.syn  all  tied to transpose(base.w)"));
  }
}
