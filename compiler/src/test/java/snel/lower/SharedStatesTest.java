package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import snel.diagnostics.Diagnostics;

/// States of a whole population or projection: they follow only what is one value too, others read
/// them as they were, and handlers that assign them run one after the other.
class SharedStatesTest {
  private static String neuron(String items) {
    return """
    neuron Cell {
      param tau = 10 ms, own = 1 ms
      input drive : real
      noise xi
      state v : real = 0
      shared state m : real = 1
      shared state n : real = 2
      receive syn(w : real) { v += w }
      %s
    }
    network Net { population cell : Cell[3](own: 1 ms + self.index * 1 ms, drive: self.index) }
    """
        .formatted(items);
  }

  private static String synapse(String items) {
    return """
    neuron Cell {
      state v : real = 0
      receive syn(w : real) { v += w }
    }
    synapse Learns {
      param tau = 10 ms, own = 1 ms
      input reward : real
      input error : real of post
      weight w : real
      state c : real = 0
      shared state m : real = 1
      shared state n : real = 2
      trace x of pre tau 10 ms
      on pre { deliver w }
      %s
    }
    network Net {
      input train : spikes[2]
      population cell : Cell[3]
      connect train -> cell.syn as p  all  weight 1
        synapse Learns(own: 1 ms + pre.index * 1 ms)
    }
    """
        .formatted(items);
  }

  private static String said(String text) {
    var diagnostics = new Diagnostics();
    Machine.compile(text, "Net", Machine.Options.F64, diagnostics);
    return Machine.said(diagnostics);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"v", "drive", "own / 1 ms", "self.index", "self.count", "sqrt(1 ms) * xi"})
  void aPopulationsStateCannotFollowWhatDiffersBetweenNeurons(String term) {
    String message = said(neuron("m' = (" + term + " - m) / tau"));
    assertTrue(message.startsWith("NO_MEANING_HERE `m` is one for all neurons, but `"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"n", "mean(peers.v)", "sum(peers.own) / 1 ms", "tau / 1 ms"})
  void itFollowsSharedThingsAndReductions(String term) {
    assertEquals("", said(neuron("m' = (" + term + " - m) / tau")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"c", "w", "x", "pre.v", "post.v", "own / 1 ms", "error", "pre.index"})
  void aProjectionsStateCannotFollowWhatDiffersBetweenSynapses(String term) {
    String text =
        synapse("m' = (" + term + " - m) / tau")
            .replace("input train : spikes[2]", "population train : Cell[2]")
            .replace(
                "receive syn(w : real) { v += w }",
                "receive syn(w : real) { v += w }\n  spike when v > 1000\n  reset { v = 0 }");
    String message = said(text);
    assertTrue(message.startsWith("NO_MEANING_HERE `m` is one for all synapses, but `"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"n", "reward", "tau / 1 ms"})
  void itFollowsWhatTheProjectionHasOnce(String term) {
    assertEquals("", said(synapse("m' = (" + term + " - m) / tau")));
  }

  @Test
  void itsStartIsOneValueToo() {
    assertEquals(
        List.of("NO_MEANING_HERE"),
        Machine.faults(
            neuron("").replace("shared state m : real = 1", "shared state m : real = self.index"),
            "Net",
            Machine.Options.F64));
  }

  /// With a step of 0.1 ms: m is 1, 1.1, 1.2, and a spike of step 2 makes x 1.
  @Test
  void equationsOfSynapsesReadWhatIsSharedAsItWas(@TempDir Path folder) {
    String items =
        """
        m' = 1 / 1 ms
        state d : real = 0
        c' = m / 1 ms
        d' = x / 1 ms
        integrate c, d by euler
        """;
    Machine machine = Machine.of(synapse(items), "Net", Machine.Options.F64);
    machine.spikes("train", 0, 2).runTo(3);
    assertEquals(0.1 * (1 + 1.1 + 1.2), machine.value("p.c"), 1e-15);
    assertEquals(0.1, machine.value("p.d"), 1e-15);
    machine.runTo(4);
    assertEquals(0.1 * (1 + Math.exp(-0.01)), machine.value("p.d"), 1e-15);
    new BothTargets(folder).sameStates(machine.program, 5);
  }

  /// Three neurons each add their index and 1 once a step; an arrival of 2 at each adds 3 * 2.
  @Test
  void whatEveryNeuronAddsIsCountedOnceEach(@TempDir Path folder) {
    String text =
        neuron("every dt { m += self.index + 1 }")
            .replace("{ v += w }", "{ n += w }")
            .replace("population cell", "input train : spikes[1]\n  population cell")
            .replaceFirst(
                "drive: self.index\\) \\}",
                "drive: self.index)\n  connect train -> cell.syn  all  weight 2 }");
    Machine machine = Machine.of(text, "Net", Machine.Options.F64);
    machine.spikes("train", 0, 1).runTo(3);
    assertEquals(1 + 3 * 6, machine.value("cell.m"));
    assertEquals(2 + 6, machine.value("cell.n"));
    new BothTargets(folder).sameStates(machine.program, 5);
  }

  /// Dense and sparse: two sources spike, each over three synapses.
  @Test
  void whatEverySynapseAddsIsCountedOnceEach(@TempDir Path folder) {
    for (String rule : List.of("all", "bernoulli(1)")) {
      String text =
          synapse("on presentation.start { x = 0 }")
              .replace("{ deliver w }", "{ deliver w; m += 1; n += w }")
              .replace("as p  all", "as p  " + rule);
      Machine machine = Machine.of(text, "Net", Machine.Options.F64);
      machine.spikes("train", 0, 1).spikes("train", 1, 1, 2).runTo(3);
      assertEquals(1 + 9, machine.value("p.m"), rule);
      assertEquals(2 + 9, machine.value("p.n"), rule);
      new BothTargets(folder).sameStates(machine.program, 5);
    }
  }
}
