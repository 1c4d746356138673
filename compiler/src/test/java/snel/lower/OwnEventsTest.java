package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `on EVENT` of a neuron for its own events: after all of them were tested on the integrated
/// state, and before any reset (semantics.md §2, phase 3).
class OwnEventsTest {
  private static Machine machine(String items, String competition) {
    String text =
        """
        neuron Cell {
          state v : real = 0
          state heard : real = 0
          state seen : real = -1
          receive syn(w : real) { v += w }
          %s
          spike when v > 1
          reset { v = 0 }
        }
        network Net {
          input train : spikes[3]
          population cell : Cell[3](v: if self.index == 1 then 0 else 2 + self.index)%s
          connect train -> cell.syn  one_to_one  weight 2 + pre.index
        }
        """
            .formatted(items, competition);
    return Machine.of(text, "Net", Machine.Options.F64);
  }

  private static Machine driven(Machine machine) {
    return machine.spikes("train", 2, 3).runTo(4);
  }

  private static void heard(Machine machine, double... expected) {
    for (int k = 0; k < expected.length; k++) {
      assertEquals(expected[k], machine.value("cell.heard", k), "neuron " + k);
    }
  }

  @Test
  void itRunsBeforeTheReset(@TempDir Path folder) {
    String items = "event burst when v > 3\n on burst { heard += 1; seen = v }";
    Machine machine = driven(machine(items, ""));
    heard(machine, 0, 0, 2);
    assertEquals(4, machine.value("cell.seen", 2));
    assertEquals(0, machine.value("cell.v", 2));
    new BothTargets(folder).sameStates(machine.program, 4);
  }

  @Test
  void itFollowsTheEventsOwnBody(@TempDir Path folder) {
    String items = "on burst { heard = 10 * heard + 2 }\n event burst when v > 3 { heard += 1 }";
    heard(driven(machine(items, "")), 0, 0, (10 + 2 + 1) * 10 + 2);
    new BothTargets(folder).sameStates(machine(items, "").program, 4);
  }

  /// The first event's body lowers v below the second's bound: it is raised all the same, and the
  /// threshold had been passed before.
  @Test
  void allEventsAreTestedOnTheSameState(@TempDir Path folder) {
    String items = "event a when v > 1 { v = 0 }\n event b when v > 1 { heard += 1 }";
    Machine machine = driven(machine(items, ""));
    heard(machine, 1, 0, 2);
    new BothTargets(folder).sameStates(machine.program, 4);
  }

  /// Neurons 0 and 2 spike at once, 2 further beyond its threshold: it alone wins, once a
  /// presentation.
  @Test
  void whoWinsHearsIt(@TempDir Path folder) {
    Machine machine = driven(machine("on win { heard += 1; seen = v }", " winners first(1)"));
    heard(machine, 0, 0, 1);
    assertEquals(4, machine.value("cell.seen", 2));
    new BothTargets(folder).sameStates(machine.program, 4);
  }

  private static String encoder(String items) {
    return """
    neuron Given {
      state heard : int = 0
      state u : real = 0
      spike at 0.2 ms + 0.1 ms * self.index
      %s
    }
    network Net { population cell : Given[3] }
    """
        .formatted(items);
  }

  /// Spikes given at 2, 3 and 4 steps: each neuron resets itself, and hears all three.
  @Test
  void neuronsOfGivenTimesActToo(@TempDir Path folder) {
    String items = "reset { u += 1 }; on spike { u = 10 * u }; on peers.spike { heard += 1 }";
    Machine machine = Machine.of(encoder(items), "Net", Machine.Options.F64);
    machine.network.presentationStart();
    machine.runTo(2);
    assertEquals(0, machine.value("cell.u", 0));
    machine.runTo(3);
    assertEquals(10, machine.value("cell.u", 0));
    assertEquals(0, machine.value("cell.u", 1));
    machine.runTo(6);
    for (int k = 0; k < 3; k++) {
      assertEquals(10, machine.value("cell.u", k));
      assertEquals(3, machine.value("cell.heard", k));
    }
    new BothTargets(folder).sameStates(machine.program, 6);
  }

  @Test
  void givenTimesKnowNoRefractoriness() {
    String after = encoder("refractory 1 ms");
    String before =
        after.replace("  refractory 1 ms\n", "").replace("  spike", "  refractory 1 ms\n  spike");
    for (String text : List.of(after, before)) {
      assertEquals(
          List.of("NO_MEANING_HERE"), Machine.faults(text, "Net", Machine.Options.F64), text);
    }
  }
}
