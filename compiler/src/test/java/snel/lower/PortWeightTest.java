package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a port of synapses gets is the weight of the synapse that leads to it.
class PortWeightTest {
  private static final String BENCH =
      """
      neuron Cell {
        state heard : real = 0
        receive syn(w : real) { heard += w }
      }
      synapse Taught {
        weight w : real
        state reward_was : real = -1
        state lesson_was : real = -1
        on pre { deliver w }
        receive lesson(r : real) of post { lesson_was = r }
        receive reward(r : real) { reward_was = r }
      }
      network Net {
        input train : spikes[2]
        input prize : spikes[2]
        input master : spikes[2]
        population cell : Cell[2]
        connect train -> cell.syn as syn  all  weight 0.5  synapse Taught
        connect prize -> syn.reward as praise  all  weight %s
        connect master -> syn.lesson as school  %s  weight 3 + 4 * pre.index
      }
      """;

  private static Machine bench(String praise, String school) {
    return Machine.of(BENCH.formatted(praise, school), "Net", Machine.Options.F64);
  }

  @Test
  void eachSourceBringsItsOwn() {
    Machine machine = bench("2 + pre.index", "one_to_one");
    machine.spikes("prize", 0, 10).spikes("prize", 1, 20).spikes("master", 1, 10).runTo(11);
    assertEquals(2, machine.value("syn.reward_was", 0));
    assertEquals(2, machine.value("syn.reward_was", 3));
    assertEquals(-1, machine.value("syn.lesson_was", 0));
    assertEquals(7, machine.value("syn.lesson_was", 1));
    assertEquals(-1, machine.value("syn.lesson_was", 2));
    assertEquals(7, machine.value("syn.lesson_was", 3));
    machine.runTo(21);
    assertEquals(3, machine.value("syn.reward_was", 0));
    assertEquals(3, machine.value("syn.reward_was", 3));
  }

  @Test
  void aDrawnWeightStaysAsItWasDrawn() {
    Machine machine = bench("uniform(5, 6)", "one_to_one");
    machine.spikes("prize", 0, 10, 20).runTo(11);
    double first = machine.value("syn.reward_was", 0);
    assertEquals(5.5, first, 0.5);
    assertEquals(machine.value("praise.w", 0), first);
    machine.runTo(21);
    assertEquals(first, machine.value("syn.reward_was", 0));
  }

  @Test
  void aTeacherOfAllReachesTheSynapsesOfAllTargets() {
    Machine machine = bench("1", "all");
    machine.spikes("master", 0, 10).runTo(11);
    for (int synapse = 0; synapse < 4; synapse++) {
      assertEquals(3, machine.value("syn.lesson_was", synapse));
    }
  }

  /// What such a synapse does beside delivering its weight is refused, not left undone.
  @ParameterizedTest
  @CsvSource({
    "'on pre { deliver w }', ''",
    "'on pre { deliver w; w += 1 }', NO_MEANING_HERE",
    "'on pre { deliver 2 * w }', NO_MEANING_HERE",
    "'on pre { w += 1 }', NO_MEANING_HERE",
    "'on pre { deliver w }; on pre.burst { w += 1 }', NO_MEANING_HERE",
  })
  void itsOwnSynapseOnlyDelivers(String rule, String fault) {
    String text =
        """
        neuron Cell {
          state heard : real = 0
          receive syn(w : real) { heard += w }
          event burst when heard > 3
          spike when heard > 1
          reset { heard = 0 }
        }
        synapse Taught {
          weight w : real
          on pre { deliver w }
          receive reward(r : real) { w += r }
        }
        synapse Relay { weight w : real; %s }
        network Net {
          population cell : Cell[2]
          connect cell -> cell.syn as learn  all  weight 0.5  synapse Taught
          connect cell -> learn.reward as relay  all  weight 1  synapse Relay
        }
        """
            .formatted(rule);
    List<String> expected = fault.isEmpty() ? List.of() : List.of(fault);
    assertEquals(expected, Machine.faults(text, "Net", Machine.Options.F32));
  }
}
