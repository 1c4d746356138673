package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Weights of a convolution that learn (semantics.md §5): all changes of one instant are made of
/// the old value, summed, and applied and clipped once. Target j gets source j by w0, j + 1 by w1.
class SharedWeightsTest {
  private static Machine machine(String bounds, String rule) {
    String text =
        """
        neuron Cell {
          state total : real = 0
          state v : real = 0
          receive syn(w : real) { total += w }
          receive kick(w : real) { v += w }
          spike when v > 1
          reset { v = 0 }
        }
        synapse Learns {
          weight w : real %s
          trace x of pre tau 10 ms
          %s
        }
        network Net {
          input train : spikes[1, 1, 4]
          input force : spikes[3]
          population cell : Cell[1, 1, 3]
          connect train -> cell.syn as c  conv([1, 2])  weight 1  synapse Learns
          connect force -> cell.kick  one_to_one  weight 5
        }
        """
            .formatted(bounds, rule);
    return Machine.of(text, "Net", Machine.Options.F64);
  }

  private static Machine all(Machine machine, long step) {
    for (int k = 0; k < 4; k++) {
      machine.spikes("train", k, step);
    }
    return machine;
  }

  private static void weights(Machine machine, double w0, double w1) {
    assertEquals(w0, machine.value("c.w", 0));
    assertEquals(w1, machine.value("c.w", 1));
  }

  @Test
  void allChangesAreMadeOfTheOldValue(@TempDir Path folder) {
    Machine machine = all(machine("", "on pre { w += 0.5 * w; deliver w }"), 1).runTo(2);
    weights(machine, 2.5, 2.5);
    assertEquals(2, machine.value("cell.total", 0));
    new BothTargets(folder).sameStates(machine.program, 6);
  }

  @Test
  void theSumIsClippedOnce(@TempDir Path folder) {
    String rule = "on pre { deliver w; w += if pre.index == 0 then 3 else -1 }";
    Machine machine = all(machine("in 0 .. 2", rule), 1).runTo(2);
    weights(machine, 2, 0);
    new BothTargets(folder).sameStates(machine.program, 6);
  }

  /// A spike of target 0 and one of source 0 of the same instant: neither sees the other's change.
  @Test
  void bothEndsOfAnInstantAreOne(@TempDir Path folder) {
    Machine machine = machine("", "on pre { deliver w; w += w }\n on post { w += w }");
    machine.spikes("force", 0, 4).spikes("train", 0, 5).runTo(6);
    weights(machine, 3, 2);
    assertEquals(1, machine.value("cell.total", 0));
    machine.runTo(8);
    weights(machine, 3, 2);
    new BothTargets(folder).sameStates(machine.program, 6);
  }

  /// Raw q8.8: w0 has three synapses of targets and each adds half of the old weight 1, so 2.5, not
  /// 1.5^3; a sum beyond what the bits hold is cut off once.
  @ParameterizedTest
  @CsvSource({
    "'fixed(8, 8)', w += 0.5 * w, 640",
    "'fixed(8, 8)', w += 100, 32767",
    "'fixed(8, 8, overflow: wrap)', w += 100, 11520",
    "int, w += 2 * w, 7",
    "int in 0 .. 5, w += if pre.index == 0 then 9 else -1, 5",
  })
  void wholeAndFixedPointWeightsToo(String kind, String change, double w0, @TempDir Path folder) {
    String number = kind.replaceAll(" in .*", "");
    String text =
        """
        neuron Cell {
          state total : %1$s = 0
          receive syn(w : %1$s) { total += w }
        }
        neuron Clock {
          state n : int = 0
          every dt { n += 1 }
          spike when n == 2
        }
        synapse Learns {
          weight w : %2$s
          on pre { %3$s; deliver w }
        }
        network Net {
          population train : Clock[1, 1, 4]
          population cell : Cell[1, 1, 3]
          connect train -> cell.syn as c  conv([1, 2])  weight 1  synapse Learns
        }
        """
            .formatted(number, kind, change);
    Machine machine = Machine.of(text, "Net", Machine.Options.F32).runTo(4);
    assertEquals(w0, machine.value("c.w", 0));
    new BothTargets(folder).sameStates(machine.program, 4);
  }

  /// Two synapses of target 0 and those of w0 at an `every`; a hook counts what is pending.
  @Test
  void everyAndHooksSumToo(@TempDir Path folder) {
    Machine machine =
        machine(
            "", "on pre { deliver w }\n every 0.2 ms { w += 1 }\n on presentation.end { w += w }");
    machine.runTo(2);
    machine.program.presentationEnd().forEach(kernel -> machine.network.call(kernel.name()));
    weights(machine, 4 + 3 * 4, 4 + 3 * 4);
    weights(machine.runTo(3), 16, 16);
    new BothTargets(folder).sameStates(machine.program, 6);
  }

  /// Three synapses of each weight: 3 * 0.1 ms * x, x after one spike of each source.
  @Test
  void anEquationAddsUpOverAllPlaces(@TempDir Path folder) {
    Machine machine = all(machine("", "on pre { deliver w }\n w' = x / 1 ms"), 1).runTo(3);
    assertEquals(1 + 3 * 0.1, machine.value("c.w", 0), 1e-14);
    new BothTargets(folder).sameStates(machine.program, 6);
  }
}
