package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import snel.runtime.kernel.Network;

/// What an author calls a local, an argument or a variable means nothing to the loops around it.
class LocalNamesTest {
  /// Every handler has a local NAME with another value than any index.
  private static final String TEXT =
      """
      function weighed(NAME : real) : real = NAME + 1
      neuron Cell {
        state total : real = 0
        receive syn(NAME : real) { total += NAME }
        receive squared(w : real) { let NAME = w * w; total = total + NAME + 0 * total * w }
        spike when total > 1e6
        every dt { let NAME = 1000.5; total += 0 * NAME }
      }
      synapse Learns {
        weight w : real
        state seen : real = 0
        trace x of pre tau 10 ms
        on pre  { let NAME = 1000.5; seen += NAME; deliver w }
        on post { let NAME = 1000.5; w += 0 * NAME }
        receive teacher(a : real) of post { let NAME = 2 * a; w += NAME }
        receive reward(NAME : real) { w += weighed(NAME) }
        every dt { let NAME = 1000.5; seen += 0 * NAME }
      }
      network Net {
        input train : spikes[2]
        input teacher : spikes[3]
        population cell : Cell[3]
        connect train -> cell.syn as learn  RULE  weight 1 + pre.index  synapse Learns
        connect train -> cell.squared  RULE  weight 2 + pre.index  delay 0.1 ms * post.index
        connect teacher -> learn.teacher  one_to_one  weight 10
        connect teacher[1] -> learn.reward  one_to_one  weight 4
      }
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i", "j", "k", "s", "c", "e", "d", "r", "x1", "who", "lag", "since", "gone", "onto",
        "amount", "weight_", "value", "word", "number", "target", "source", "peer", "fresh"
      })
  void aLocalOfAnyName(String name, @TempDir Path folder) {
    for (String rule : List.of("all", "bernoulli(1)", "all where pre.index < 2")) {
      String text = TEXT.replace("NAME", name).replace("RULE", rule);
      Machine machine = Machine.of(text, "Net", Machine.Options.F64);
      machine.spikes("train", 0, 2, 3).spikes("train", 1, 2).spikes("teacher", 1, 3).runTo(8);
      // 2 spikes of train[0], one of train[1]; teacher 1: + 2 * 10 and + 4 + 1 for all
      assertEquals(2001, machine.value("learn.seen", 0));
      assertEquals(1000.5, machine.value("learn.seen", 4));
      double[] weights = {6, 26, 6, 7, 27, 7};
      for (int k = 0; k < weights.length; k++) {
        assertEquals(weights[k], machine.value("learn.w", k), rule + " " + k);
      }
      // step 2: 1 + 2; step 3: 1 or, taught before, 21; squared: 4 + 9 + 4
      assertEquals(3 + 1 + 17, machine.value("cell.total", 0));
      assertEquals(3 + 21 + 17, machine.value("cell.total", 1));
      if (name.equals("j")) {
        new BothTargets(folder).sameStates(machine.program, 10);
      }
    }
  }

  /// A dense projection: an event for all synapses, and one for those of a target.
  @Test
  void whatTheProtocolSendsReachesEverySynapse(@TempDir Path folder) {
    String text = TEXT.replace("NAME", "change").replace("RULE", "all");
    var needs =
        new Needs(
            Set.of("learn.reward", "learn.teacher"),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of());
    Machine machine = Machine.of(text, "Net", Machine.Options.F64.needs(needs));
    send(machine.network, "learn.reward", "change", 0, 4);
    send(machine.network, "learn.teacher", "a", 2, 50);
    machine.runTo(1);
    double[] weights = {6, 6, 106, 7, 7, 107};
    for (int k = 0; k < weights.length; k++) {
      assertEquals(weights[k], machine.value("learn.w", k), "synapse " + k);
    }
    new BothTargets(folder).sameStates(machine.program, 5);
  }

  private static void send(Network network, String port, String argument, int who, double value) {
    ((int[]) network.array(port + ".sent"))[who] = 1;
    ((double[]) network.array(port + ".sent." + argument))[who] = value;
  }
}
