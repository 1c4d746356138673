package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import snel.ir.Directory;

/// Axonal, dendritic and backprop delays that differ between the synapses of one projection
/// (semantics.md §3).
class SynapseDelaysTest {
  @TempDir private Path folder;

  private static final String MODELS =
      """
      neuron Sum {
        state total : real = 0
        receive syn(w : real) { total += w }
      }
      synapse Learning {
        weight w : real
        on pre { deliver w; w += 5 }
      }
      """;

  /// The arrival of the only spike, stamped 10, at target j.
  private static int slot(Machine machine, int target) {
    int step = 10;
    while (machine.value("cell.total", target) == 0) {
      machine.runTo(++step);
    }
    return step - 1;
  }

  private static Machine spread(String delays, String synapse) {
    String text =
        MODELS
            + """
            network Net {
              input train : spikes[1]
              population cell : Sum[3]
              connect train -> cell.syn  all  weight 1 + 0 * post.index  %s  %s
            }
            """
                .formatted(delays, synapse);
    return Machine.of(text, "Net", Machine.Options.F64).spikes("train", 0, 10);
  }

  @Test
  void bothDelaysCountOnce() {
    String[] delays = {
      "axonal delay to_step(0.1 ms * post.index)  dendritic delay 0.4 ms",
      "axonal delay 0.4 ms  dendritic delay to_step(0.1 ms * post.index)",
      "axonal delay to_step(0.1 ms * post.index)  dendritic delay to_step(0.4 ms + 0 * post.index)",
    };
    for (String delay : delays) {
      for (String synapse : new String[] {"", "synapse Learning"}) {
        for (int target = 0; target < 3; target++) {
          assertEquals(14 + target, slot(spread(delay, synapse), target), delay + synapse);
        }
      }
    }
  }

  /// A single target of index 0 has no delay, though an expression says so.
  @Test
  void aDelayThatIsAlwaysNothing() {
    String text =
        MODELS
            + """
            network Net {
              input train : spikes[1]
              population cell : Sum[1]
              connect train -> cell.syn  all  weight 1
                axonal delay to_step(0.1 ms * post.index)
                dendritic delay to_step(min(0.2 ms * post.index, 1 ms))
                synapse Learning
            }
            """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64).spikes("train", 0, 10);
    assertEquals(10, slot(machine, 0));
  }

  /// Two uniform draws from one stream would always be equal.
  @Test
  void drawnDelaysAreIndependent() {
    String text =
        MODELS
            + """
            network Net {
              input train : spikes[1]
              population cell : Sum[200]
              connect train -> cell.syn  all  weight 1
                axonal    delay to_step(uniform(0 ms, 2 ms))
                dendritic delay to_step(uniform(0 ms, 2 ms))
                synapse Learning
            }
            """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64).spikes("train", 0, 10);
    int odd = 0;
    double[] before = new double[200];
    for (int step = 11; step <= 51; step++) {
      machine.runTo(step);
      for (int k = 0; k < 200; k++) {
        double now = machine.value("cell.total", k);
        if (now != before[k] && (step - 11) % 2 == 1) {
          odd++;
        }
        before[k] = now;
      }
    }
    for (int k = 0; k < 200; k++) {
      assertEquals(1, before[k]);
    }
    assertNotEquals(0, odd);
    assertEquals(100, odd, 5 * Math.sqrt(200 * 0.25));
  }

  private static final String RULES =
      """
      neuron Parrot {
        state told : real = 0
        state heard : real = 0
        receive fire(w : real) { told += w }
        receive syn(w : real) { heard = 0.99 * heard + w }
        spike when told > 0
        reset { told = 0 }
      }
      synapse Triplet {
        weight w : real
        trace r1 of pre  tau 16.8 ms
        trace r2 of pre  tau 101 ms
        trace o1 of post tau 33.7 ms
        trace o2 of post tau 125 ms
        trace n of pre  window 2 ms
        trace m of post window 1 ms
        state e : real = 0
        e' = -e / 50 ms
        on pre  { deliver w * (1 + e); w -= o1 * (7e-3 + 2e-3 * r2) + 1e-3 * m; e += 0.1 * o2 }
        on post {
          w += r1 * (5e-3 + 6e-3 * o2) + 1e-3 * n
          if pre.spiked and since(pre) < 1 s { e -= 10 * since(pre) / 1 s }
        }
        on presentation.end { w += 0.01 * r1 + 0.02 * o1 }
      }
      """;

  private static final long[] PRE = {3, 10, 11, 12, 40, 57, 58, 90, 91, 97};
  private static final long[] POST = {5, 9, 13, 30, 44, 45, 60, 88, 95, 98};

  private static Machine trained(String network) {
    Machine machine = Machine.of(RULES + network, "Net", Machine.Options.F64);
    machine.spikes("train", 0, PRE).spikes("train", 1, POST);
    for (int target = 0; target < 3; target++) {
      machine.spikes("teacher", target, POST);
    }
    machine.runTo(100);
    machine.network.presentationEnd();
    return machine.runTo(130);
  }

  /// Every synapse of a projection with delays of its own learns as it does in a projection that
  /// has these delays for all.
  @ParameterizedTest
  @ValueSource(strings = {"axonal", "dendritic", "backprop", "none"})
  void delaysOfTheirOwnTeachAsConstantOnes(String same) {
    String each = "axonal delay to_step(0.2 ms * post.index) dendritic delay %s backprop delay %s";
    String dendritic = "to_step(0.5 ms - 0.1 ms * post.index)";
    String backprop = "to_step(if post.index == 1 then 0.7 ms else 0.1 ms)";
    String own =
        switch (same) {
          case "axonal" -> each.replace("to_step(0.2 ms * post.index)", "0.2 ms");
          default -> each;
        };
    own =
        own.formatted(
            same.equals("dendritic") ? "0.3 ms" : dendritic,
            same.equals("backprop") ? "0.2 ms" : backprop);
    Machine machine =
        trained(
            """
            network Net {
              input train : spikes[2]
              input teacher : spikes[3]
              population cell : Parrot[3]
              connect teacher -> cell.fire  one_to_one  weight 1
              connect train -> cell.syn as syn  all  weight 0.5 + 0 * pre.index  %s  synapse Triplet
            }
            """
                .formatted(own));
    for (int target = 0; target < 3; target++) {
      String constant =
          "axonal delay %s  dendritic delay %s  backprop delay %s"
              .formatted(
                  same.equals("axonal") ? "0.2 ms" : "0.%d ms".formatted(2 * target),
                  same.equals("dendritic") ? "0.3 ms" : "0.%d ms".formatted(5 - target),
                  same.equals("backprop") ? "0.2 ms" : target == 1 ? "0.7 ms" : "0.1 ms");
      Machine alone =
          trained(
              """
              network Net {
                input train : spikes[2]
                input teacher : spikes[3]
                population cell : Parrot[3]
                connect teacher -> cell.fire  one_to_one  weight 1
                connect train -> cell.syn as syn  all  weight 0.5  %s  synapse Triplet
              }
              """
                  .formatted(constant));
      assertEquals(
          alone.value("cell.heard", target),
          machine.value("cell.heard", target),
          "heard " + target);
      for (int source = 0; source < 2; source++) {
        double wanted = alone.value("syn.w", 3 * source + target);
        assertEquals(wanted, weight(machine, source, target), "w " + source + " " + target);
        assertTrue(Math.abs(wanted) < 10 && wanted != 0.5, "learned " + wanted);
      }
    }
  }

  /// The weight from `source` to `target`, wherever its row has it.
  private static double weight(Machine machine, int source, int target) {
    Directory.Projection projection =
        machine.program.directory().projections().stream()
            .filter(p -> p.name().equals("syn"))
            .findFirst()
            .orElseThrow();
    String rows = projection.rowStart().orElseThrow().name();
    String targets = projection.targetIndex().orElseThrow().name();
    for (int k = (int) machine.element(rows, source); ; k++) {
      if (machine.element(targets, k) == target) {
        return machine.value("syn.w", k);
      }
    }
  }

  /// Two rules look into the past of one population to different depths.
  @Test
  void delaysOfOneSourceDoNotDisturbEachOther() {
    String text =
        MODELS
            + """
            network Net {
              input train : spikes[1]
              population cell : Sum[3]
              connect train -> cell[0].syn  all  weight 1  delay 0.3 ms  synapse Learning
              connect train -> cell[1].syn  all  weight 1  delay 4 ms    synapse Learning
              connect train -> cell[2].syn  all  weight 1  delay 0.7 ms  synapse Learning
            }
            """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64).spikes("train", 0, 10);
    assertEquals(13, slot(machine, 0));
    assertEquals(17, slot(machine, 2));
    assertEquals(50, slot(machine, 1));
    assertEquals(1, machine.runTo(200).value("cell.total", 0));
  }

  @Test
  void theCTargetKeepsTheSameDelays() throws Exception {
    String text =
        RULES
            + """
            neuron Random { spike at poisson(200 Hz) }
            neuron Squares { state v : real = 0; receive syn(w : real) { v = 0.9 * v + w * w } }
            network Net {
              population train : Random[20]
              population cell : Parrot[10]
              population other : Squares[10]
              connect train -> cell.fire  bernoulli(0.2)  weight 1
              connect train -> cell.syn as syn  bernoulli(0.5)  weight uniform(0, 1)
                axonal delay to_step(uniform(0 ms, 2 ms))
                dendritic delay to_step(uniform(0 ms, 1 ms))
                backprop delay to_step(uniform(0 ms, 3 ms))
                synapse Triplet
              connect train -> other.syn  bernoulli(0.5)  weight uniform(0, 1)
                delay to_step(uniform(0 ms, 2 ms))
              connect cell -> other.syn  all  weight uniform(0, 1)
                axonal delay to_step(uniform(0 ms, 2 ms))
                dendritic delay to_step(uniform(0 ms, 1 ms))
                synapse Triplet
            }
            """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F32);
    new BothTargets(folder).sameStates(machine.program, 300);
  }

  /// The source's spikes of 1.0 and 1.2 ms reach the synapse at 1.5 and 1.7 ms. What has not come
  /// yet, or comes at the instant itself, does not count (semantics.md §2).
  @ParameterizedTest
  @CsvSource({"15, 0, -1", "16, 1, 0.1", "17, 1, 0.2", "18, 1, 0.1", "20, 1, 0.3"})
  void timesAreThoseOfTheSynapsesClock(int post, int spiked, double since) {
    for (String delay : new String[] {"0.5 ms", "to_step(0.5 ms + 0 * post.index)"}) {
      String text =
          """
          neuron Parrot {
            state told : real = 0
            receive fire(w : real) { told += w }
            receive syn(w : real) { }
            spike when told > 0
            reset { told = 0 }
          }
          neuron Relay extends Parrot { }
          synapse Clock {
            weight w : real
            state seen : real = -1
            state came : real = -1
            on pre  { deliver w }
            on post {
              seen = if pre.spiked then 1 else 0
              if since(pre) < 1 s { came = since(pre) / 1 ms }
            }
          }
          network Net {
            input first : spikes[1]
            input teacher : spikes[1]
            population source : Relay[1]
            population cell : Parrot[1]
            connect first -> source.fire  all  weight 1
            connect teacher -> cell.fire  all  weight 1
            connect source -> cell.syn as syn  all  weight 1  delay %s  synapse Clock
          }
          """
              .formatted(delay);
      Machine machine = Machine.of(text, "Net", Machine.Options.F64);
      machine.spikes("first", 0, 9, 11).spikes("teacher", 0, post - 1).runTo(30);
      assertEquals(spiked, machine.value("syn.seen"), delay);
      assertEquals(since, machine.value("syn.came"), 1e-12, delay);
    }
  }
}
