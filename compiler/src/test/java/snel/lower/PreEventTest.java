package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `on pre.EVENT`: user events of the source reach its synapses after the axonal delay, as spikes
/// do, and may be delivered.
class PreEventTest {
  private static final String TEXT =
      """
      neuron Source {
        state v : real = 0
        receive kick(w : real) { v += w }
        event burst when v > 0.5 { v = 0 }
        spike when v > 10
        reset { v = 0 }
      }
      neuron Sum { state total : real = 0; receive digit(w : real) { total += w } }
      neuron Digits { state total : real = 0; receive digit(w : real) { total = 10 * total + w } }
      synapse Both {
        weight w : real
        state spikes_seen : real = 0
        state bursts_seen : real = 0
        OWN
        trace x of pre.burst tau 10 ms
        on pre { deliver w; spikes_seen += 1 }
        on pre.burst { deliver w + 1; bursts_seen += 1 }
      }
      network Net {
        input weak : spikes[2]
        input strong : spikes[2]
        population source : Source[2]
        population cell : CELL[2]
        connect weak -> source.kick    one_to_one  weight 1
        connect strong -> source.kick  one_to_one  weight 20
        connect source -> cell.digit as p  RULE  weight 2 + pre.index  DELAY  synapse Both
      }
      """;

  private static Machine machine(String cell, String rule, String own, String delay) {
    String text =
        TEXT.replace("CELL", cell)
            .replace("RULE", rule)
            .replace("OWN", own)
            .replace("DELAY", delay);
    return Machine.of(text, "Net", Machine.Options.F64);
  }

  /// A weak kick of step 10 makes a burst stamped 11, a strong one of step 12 both events at 13.
  @ParameterizedTest
  @CsvSource({
    "all, '', '', 0, 0",
    "all, '', axonal delay 0.2 ms, 2, 0",
    "bernoulli(1), '', axonal delay 0.1 ms  dendritic delay 0.3 ms, 1, 3",
    "bernoulli(1), '', axonal delay 0.1 ms + 0.1 ms * 0 * post.index, 1, 0",
    "all, delay d : time in 0 ms .. 1 ms, delay 0.2 ms, 2, 0",
    "one_to_one, '', axonal delay 0.2 ms, 2, 0"
  })
  void eventsOfTheSourceRunTheirHandler(
      String rule, String own, String delay, int axonal, int dendritic, @TempDir Path folder) {
    Machine machine = machine("Sum", rule, own, delay);
    machine.spikes("weak", 0, 10).spikes("strong", 0, 12).runTo(11 + axonal);
    assertEquals(0, machine.value("p.bursts_seen"));
    machine.runTo(12 + axonal);
    assertEquals(1, machine.value("p.bursts_seen"));
    assertEquals(0, machine.value("p.spikes_seen"));
    assertEquals(1, machine.element("p.x", 0) / StrictMath.exp(-0.01), 1e-15);
    machine.runTo(12 + axonal + dendritic);
    assertEquals(3, machine.value("cell.total"));
    machine.runTo(14 + axonal + dendritic);
    assertEquals(2, machine.value("p.bursts_seen"));
    assertEquals(1, machine.value("p.spikes_seen"));
    assertEquals(3 + 2 + 3, machine.value("cell.total"));
    new BothTargets(folder).sameStates(machine.program, 20);
  }

  @ParameterizedTest
  @CsvSource({
    "all, ''",
    "all, axonal delay 0.2 ms",
    "bernoulli(1), axonal delay 0.1 ms  dendritic delay 0.3 ms",
    "all, axonal delay 0.1 ms * post.index  dendritic delay 0.1 ms"
  })
  void eachIsDeliveredOneByOneInTheOrderOfTheText(String rule, String delay, @TempDir Path folder) {
    Machine machine = machine("Digits", rule, "", delay);
    machine.spikes("weak", 0, 10).spikes("strong", 0, 12).runTo(25);
    assertEquals(323, machine.value("cell.total"));
    new BothTargets(folder).sameStates(machine.program, 20);
  }

  /// In a projection of an event, `pre` is that event, to handlers and traces alike.
  @Test
  void preIsWhatTheProjectionCarries(@TempDir Path folder) {
    String text =
        TEXT.replace("connect source ->", "connect source.burst ->")
            .replace("CELL", "Sum")
            .replace("RULE", "all")
            .replace("OWN", "trace y of pre tau 10 ms")
            .replace("DELAY", "");
    Machine machine = Machine.of(text, "Net", Machine.Options.F64);
    machine.spikes("weak", 0, 10).runTo(13);
    assertEquals(1, machine.value("p.spikes_seen"));
    assertEquals(1, machine.value("p.bursts_seen"));
    assertEquals(machine.element("p.x", 0), machine.element("p.y", 0));
    new BothTargets(folder).sameStates(machine.program, 20);
  }
}
