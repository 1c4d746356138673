package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Projections that end at the ports and inputs of other projections' synapses.
class SynapsePortsTest {
  private static final String MODELS =
      """
      neuron Sum {
        state total : real = 0
        receive syn(w : real) { total += w }
      }
      neuron Source { state x : real = 1 + self.index }
      synapse Taught {
        weight w : real
        on pre { deliver w }
        receive teacher(a : real) of post { w += a }
        receive reward(r : real) { w += 100 * r }
      }
      synapse Steered {
        weight w : real
        input error : real of post
        input gain : real
        on pre { deliver w }
        every dt { w = gain * error }
      }
      synapse Graded { weight g : real; transmit g * pre.x }
      """;

  private static String network(String connects) {
    return MODELS
        + """
        network Net {
          input train : spikes[2]
          input teacher : spikes[3]
          population source : Source[3]
          population cell : Sum[3]
          connect train -> cell[0 ..< 3].syn as learn  all  weight 0  synapse Taught
          %s
        }
        """
            .formatted(connects);
  }

  private static Machine machine(String connects) {
    return Machine.of(network(connects), "Net", Machine.Options.F64);
  }

  private static List<String> faults(String connects) {
    return Machine.faults(network(connects), "Net", Machine.Options.F64);
  }

  @Test
  void oneToOneWantsAsManySourcesAsTargetNeurons() {
    assertEquals(List.of(), faults("connect teacher -> learn.teacher  one_to_one  weight 1"));
    assertEquals(
        List.of("UNEQUAL_SIZES"),
        faults("connect teacher[0 ..< 2] -> learn.teacher  one_to_one  weight 1"));
    assertEquals(
        List.of("UNEQUAL_SIZES"), faults("connect teacher -> learn.reward  one_to_one  weight 1"));
    assertEquals(List.of(), faults("connect teacher[1] -> learn.reward  one_to_one  weight 1"));
  }

  private static void weights(Machine machine, double... wanted) {
    for (int k = 0; k < wanted.length; k++) {
      assertEquals(wanted[k], machine.value("learn.w", k), "synapse " + k);
    }
  }

  @Test
  void anEventReachesTheSynapsesOfTheTargetsThatTheRuleNames() {
    Machine machine = machine("connect teacher -> learn.teacher  one_to_one  weight 2");
    weights(machine.spikes("teacher", 1, 3).runTo(4), 0, 2, 0, 0, 2, 0);
    machine = machine("connect teacher[0 ..< 2] -> learn.teacher  all  weight 2");
    weights(machine.spikes("teacher", 1, 3).runTo(4), 2, 2, 2, 2, 2, 2);
    machine =
        machine("connect teacher -> learn.teacher  all where pre.index < post.index  weight 1");
    weights(machine.spikes("teacher", 1, 3).runTo(4), 0, 0, 1, 0, 0, 1);
  }

  @Test
  void theWeightIsThatOfThePair() {
    String connect =
        "connect teacher -> learn.teacher  all  weight 10 * pre.index + post.index  delay 0.2 ms";
    Machine machine = machine(connect).spikes("teacher", 2, 3);
    weights(machine.runTo(5), 0, 0, 0);
    weights(machine.runTo(6), 20, 21, 22, 20, 21, 22);
  }

  @Test
  void aDelayMayDifferBetweenPairs() {
    String connect =
        """
        connect teacher -> learn.teacher  all  weight 1
          delay to_step(0.1 ms * post.index)
        """;
    Machine machine = machine(connect).spikes("teacher", 2, 3);
    weights(machine.runTo(4), 1, 0, 0);
    weights(machine.runTo(5), 1, 1, 0);
    weights(machine.runTo(6), 1, 1, 1);
  }

  @Test
  void aPortOfAllSynapsesIsOneTarget() {
    Machine machine = machine("connect teacher -> learn.reward  all  weight 1 + pre.index");
    weights(machine.spikes("teacher", 2, 3).runTo(4), 300, 300, 300, 300, 300, 300);
  }

  @Test
  void gradedValuesReachTheInputsOfSynapses() {
    String text =
        MODELS
            + """
            network Net {
              input train : spikes[2]
              population source : Source[3]
              population cell : Sum[3]
              connect train -> cell.syn as steered  all  weight 0  synapse Steered
              connect source -> steered.error  one_to_one  weight 2  synapse Graded
              connect source -> steered.gain   all         weight 1  synapse Graded
            }
            """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64).runTo(1);
    // gain 1 + 2 + 3, error of target j is 2 (1 + j)
    for (int k = 0; k < 6; k++) {
      assertEquals(6 * 2 * (1 + k % 3), machine.value("steered.w", k));
    }
  }

  /// A value that goes on through the input of another synapse arrives in the same step, in
  /// whatever order the projections are declared; in a circle it takes a step.
  @Test
  void valuesPassThroughInputsOfSynapsesWithinAStep(@TempDir Path folder) {
    String text =
        MODELS
            + """
            neuron Reader { input drive : real; state x : real = 0; x' = drive / 1 ms }
            synapse Passing { weight g : real; input own : real; transmit g * own }
            network Net {
              population source : Source[3]
              population cell : Reader[2]
              connect source -> cell.drive as first  all  weight 1  synapse Passing
              connect source -> first.own as second   all  weight 2  synapse Passing
              connect source -> second.own            all  weight 1  synapse Graded
            }
            """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64).runTo(1);
    // 1 + 2 + 3 for own of second, 3 * 2 * 6 for own of first, 3 * 36 for drive
    assertEquals(6, machine.value("second.own"));
    assertEquals(36, machine.value("first.own"));
    assertEquals(108, machine.value("cell.drive", 1));
    new BothTargets(folder).sameStates(machine.program, 5);
  }

  /// Only `on pre` says that a spike gives something on.
  @ParameterizedTest
  @ValueSource(strings = {"learn.teacher", "learn.reward"})
  void aSynapseWithoutOnPreDeliversNothing(String port, @TempDir Path folder) {
    String silent = "\nsynapse Silent { weight w : real; state seen : int = 0 }";
    String text = network("connect teacher -> " + port + " all  weight 2  synapse Silent") + silent;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64);
    weights(machine.spikes("teacher", 1, 3).runTo(5), 0, 0, 0, 0, 0, 0);
    new BothTargets(folder).sameStates(machine.program, 5);
  }
}
