package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `since` and `spiked` of the two neurons of a synapse follow its clock: an event counts when it
/// has reached the synapse, and an event of the present instant does not count yet.
class SynapseClockTest {
  private static final String BENCH =
      """
      neuron Parrot {
        state told : real = 0
        state heard : real = 0
        receive fire(w : real) { told += w }
        receive syn(w : real) { heard += w }
        spike when told > 0
        reset { told = 0 }
      }
      synapse Watching {
        weight w : real
        state after_pre : time = -1 ms
        state after_post : time = -1 ms
        state pre_was : real = -1
        on pre { deliver w; after_post = since(post) }
        on post {
          after_pre = since(pre)
          pre_was = if pre.spiked then 1 else 0
        }
      }
      synapse Ending {
        weight w : real
        trace x of pre tau 20 ms
        state after_pre : time = -1 ms
        state after_post : time = -1 ms
        state pre_was : real = -1
        state x_was : real = -1
        on pre { deliver w }
        on presentation.end {
          after_pre = since(pre)
          after_post = since(post)
          pre_was = if pre.spiked then 1 else 0
          x_was = x
        }
      }
      network Net {
        input train : spikes[2]
        input teacher : spikes[1]
        population cell : Parrot[1]
        connect teacher -> cell.fire  all  weight 1
        connect train -> cell.syn as syn  all  weight 0.5  %s  synapse %s
      }
      """;

  private static Machine bench(String delays, String synapse) {
    return Machine.of(BENCH.formatted(delays, synapse), "Net", Machine.Options.F64);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 10, Infinity, 0",
    "'', 11, 1, 1",
    "'', 18, 8, 1",
    "'', 19, 1, 1",
    "axonal delay 5 ms, 12, Infinity, 0",
    "axonal delay 5 ms, 15, Infinity, 0",
    "axonal delay 5 ms, 16, 1, 1",
    "axonal delay 5 ms, 20, 5, 1",
    "axonal delay 5 ms, 23, 8, 1",
    "axonal delay 5 ms, 24, 1, 1",
    "axonal delay 1 ms + 4 ms * pre.index, 12, Infinity, 0",
    "axonal delay 1 ms + 4 ms * pre.index, 15, Infinity, 0",
    "axonal delay 1 ms + 4 ms * pre.index, 16, 1, 1",
    "axonal delay 1 ms + 4 ms * pre.index, 20, 5, 1",
    "axonal delay 1 ms + 4 ms * pre.index, 23, 8, 1",
    "axonal delay 1 ms + 4 ms * pre.index, 24, 1, 1",
  })
  void preSpikesInFlightDoNotCount(String delays, int post, double since, double spiked) {
    Machine machine = bench(delays, "Watching");
    machine.spikes("train", 1, 100, 180).spikes("teacher", 0, 10L * post - 1).runTo(300);
    assertEquals(since, machine.value("syn.after_pre", 1), 1e-12);
    assertEquals(spiked, machine.value("syn.pre_was", 1));
    assertEquals(Double.POSITIVE_INFINITY, machine.value("syn.after_pre", 0));
    assertEquals(0, machine.value("syn.pre_was", 0));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 10, Infinity",
    "'', 12, 2",
    "dendritic delay 3 ms, 12, Infinity",
    "dendritic delay 3 ms, 13, Infinity",
    "dendritic delay 3 ms, 14, 1",
    "dendritic delay 3 ms  backprop delay 0 ms, 14, 4",
  })
  void postSpikesOnTheirWayBackDoNotCount(String delays, int pre, double since) {
    Machine machine = bench(delays, "Watching");
    machine.spikes("teacher", 0, 99).spikes("train", 0, 10L * pre).runTo(300);
    assertEquals(since, machine.value("syn.after_post"), 1e-12);
  }

  /// The hook counts what reaches the synapse at its own instant, as it does for traces.
  @ParameterizedTest
  @CsvSource({
    "axonal delay 5 ms, 149, Infinity, 0, 0",
    "axonal delay 5 ms, 150, 0, 1, 1",
    "axonal delay 5 ms, 160, 1, 1, 0.951229424500714",
    "axonal delay 1 ms + 4 ms * pre.index, 149, Infinity, 0, 0",
    "axonal delay 1 ms + 4 ms * pre.index, 150, 0, 1, 1",
    "axonal delay 1 ms + 4 ms * pre.index, 160, 1, 1, 0.951229424500714",
  })
  void aHookAloneMayAsk(String delays, long end, double since, double spiked, double x) {
    Machine machine = bench(delays, "Ending");
    machine.spikes("train", 1, 100).spikes("teacher", 0, 119).runTo(end);
    machine.network.presentationEnd();
    assertEquals(since, machine.value("syn.after_pre", 1), 1e-12);
    assertEquals(spiked, machine.value("syn.pre_was", 1));
    assertEquals(x, machine.value("syn.x_was", 1), 1e-13);
    assertEquals(Double.POSITIVE_INFINITY, machine.value("syn.after_pre", 0));
    assertEquals((end - 120) / 10.0, machine.value("syn.after_post", 1), 1e-12);
  }

  /// `reset all` forgets what came before.
  @Test
  void aResetForgets() {
    Machine machine = bench("", "Ending");
    machine.spikes("train", 1, 100).runTo(150);
    machine.network.reset();
    machine.network.presentationEnd();
    assertEquals(Double.POSITIVE_INFINITY, machine.value("syn.after_pre", 1));
  }
}
