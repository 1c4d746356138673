package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import snel.diagnostics.Diagnostics;

/// What is given to `input … of pre` of a synapse: one value for each source neuron.
class InputsOfPreTest {
  private static String network(String of, String given, String more) {
    return """
    neuron Bird {
      state pending : real = 0
      state own : real = 10 + self.index
      receive fire { pending = 1 }
      spike when pending > 0
      reset { pending = 0 }
    }
    neuron Cell {
      state heard : real = 0
      state own : real = 20 + self.index
      receive syn(w : real) { heard += w }
    }
    synapse Told {
      input gate : real %s
      weight w : real
      trace x of pre tau 1000000 s add gate
      on pre { deliver w }
      every 1 ms { w = gate + 100 * x }
    }
    synapse Shown { weight w : real; transmit w * pre.own }
    network Net {
      input train : spikes[2]
      input level : real[2]
      population bird : Bird[2]
      population cell : Cell[3]
      connect train -> bird.fire  one_to_one
      connect bird -> cell.syn as syn  all  weight 0.5  synapse Told%s
      %s
    }
    """
        .formatted(of, given, more);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "(gate: [7, 8]); ''; 7; 8",
        "(gate: bird.own); ''; 10; 11",
        "(gate: 2 * bird.own - 1); ''; 19; 21",
        "(gate: 4); ''; 4; 4",
        "''; connect bird -> syn.gate  one_to_one  weight 3  synapse Shown; 30; 33",
        "''; connect cell[1 ..< 3] -> syn.gate  one_to_one  weight 1  synapse Shown; 21; 22",
        "''; ''; 1.5; 1.5",
      })
  void eachSourceHasItsOwn(String given, String more, double first, double second) {
    String text = network("of pre = 1.5", given, more);
    Machine machine = Machine.of(text, "Net", Machine.Options.F64.step("1"));
    machine.spikes("train", 0, 0).runTo(4);
    for (int target = 0; target < 3; target++) {
      assertEquals(101 * first, machine.value("syn.w", target), 1e-6 * first);
      assertEquals(second, machine.value("syn.w", 3 + target));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"''; ([7, 8])", "of pre; ([7, 8, 9])", "of pre; (cell.own)", "of post; (bird.own)"})
  void shapesMustAgree(String of, String given) {
    String text = network(of, given.replace("(", "(gate: "), "");
    assertEquals(List.of("UNLIKE_SHAPES"), Machine.faults(text, "Net", Machine.Options.F64));
  }

  @Test
  void asManySourcesAsAreJoined() {
    String more = "connect cell -> syn.gate  one_to_one  weight 1  synapse Shown";
    var diagnostics = new Diagnostics();
    Machine.compile(network("of pre", "", more), "Net", Machine.Options.F64, diagnostics);
    String said = Machine.said(diagnostics);
    assertTrue(said.contains("joins 3 to 2 neurons"), said);
  }
}
