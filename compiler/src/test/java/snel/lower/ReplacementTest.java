package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import snel.ir.Directory;

/// `grow replaced()`: as many synapses come as went, between pairs that have none.
class ReplacementTest {
  @TempDir private Path folder;

  private static final int SIDE = 60;

  /// What the synapses of the first sources weigh falls below 0 when they are told.
  private static final String MODELS =
      """
      neuron Sum { state total : real = 0; receive syn(w : real) { total += w } }
      synapse Mortal {
        weight w : real
        state age : real = 0
        on pre { deliver w; age += 1 }
        prune when w < 0
        receive kill(n : real) { if pre.index < n { w = -1 } }
      }
      """;

  private static Machine machine(String rule) {
    String network =
        """
        network Net {
          input train : spikes[%d]
          input killer : spikes[1]
          population cell : Sum[%d]
          connect train -> cell.syn as syn  %s  weight 2 + 0 * pre.index
            synapse Mortal  grow replaced() every 1 ms
          connect killer -> syn.kill  all  weight 20
        }
        """
            .formatted(SIDE, SIDE, rule);
    return Machine.of(MODELS + network, "Net", Machine.Options.F64);
  }

  private static Set<Integer> pairs(Machine machine) {
    Directory.Projection projection =
        machine.program.directory().projections().stream()
            .filter(p -> p.name().equals("syn"))
            .findFirst()
            .orElseThrow();
    String rows = projection.rowStart().orElseThrow().name();
    String targets = projection.targetIndex().orElseThrow().name();
    Set<Integer> pairs = new HashSet<>();
    for (int source = 0; source < SIDE; source++) {
      int before = -1;
      for (int k = (int) machine.element(rows, source);
          k < machine.element(rows, source + 1);
          k++) {
        int target = (int) machine.element(targets, k);
        assertTrue(target > before, "rows stay sorted");
        assertEquals(2, machine.value("syn.w", k));
        before = target;
        pairs.add(source * SIDE + target);
      }
    }
    return pairs;
  }

  @Test
  void asManyComeAsWent() {
    Machine machine = machine("bernoulli(0.3)");
    Set<Integer> before = pairs(machine.runTo(1));
    assertEquals(before, pairs(machine.runTo(12)));
    machine.spikes("killer", 0, 13).runTo(21);
    Set<Integer> after = pairs(machine);
    assertEquals(before.size(), after.size());
    Set<Integer> gone = new HashSet<>(before);
    gone.removeIf(pair -> pair >= 20 * SIDE);
    Set<Integer> kept = new HashSet<>(before);
    kept.removeAll(gone);
    assertTrue(after.containsAll(kept));
    Set<Integer> fresh = new HashSet<>(after);
    fresh.removeAll(kept);
    assertEquals(gone.size(), fresh.size());
    // each pair without a synapse is as likely: those of the first 20 sources are all free
    double free = SIDE * SIDE - kept.size();
    double wanted = fresh.size() * (20 * SIDE / free);
    long ofFirst = fresh.stream().filter(pair -> pair < 20 * SIDE).count();
    assertEquals(wanted, ofFirst, 5 * Math.sqrt(wanted));
    assertEquals(after, pairs(machine.runTo(31)));
  }

  @Test
  void newOnesStartAnew() {
    Machine machine = machine("bernoulli(0.3)");
    for (int source = 0; source < SIDE; source++) {
      machine.spikes("train", source, 3);
    }
    Set<Integer> before = pairs(machine.runTo(5));
    machine.spikes("killer", 0, 6).runTo(11);
    Set<Integer> after = pairs(machine);
    double young = 0;
    for (int k = 0; k < after.size(); k++) {
      young += machine.value("syn.age", k) == 0 ? 1 : 0;
    }
    long gone = before.stream().filter(pair -> pair < 20 * SIDE).count();
    assertEquals(gone, young);
  }

  @Test
  void nobodyGetsASynapseWithItself() {
    String network =
        """
        neuron Relay { state v : real = 0; receive syn(w : real) { v += w }; spike when v > 1e9; reset { v = 0 } }
        network Net {
          input killer : spikes[1]
          population cell : Relay[%d]
          connect cell -> cell.syn as syn  bernoulli(0.5) where pre != post  weight 2 + 0 * pre.index
            synapse Mortal  grow replaced() every 1 ms
          connect killer -> syn.kill  all  weight 60
        }
        """
            .formatted(SIDE);
    Machine machine = Machine.of(MODELS + network, "Net", Machine.Options.F64);
    int before = pairs(machine.runTo(1)).size();
    machine.spikes("killer", 0, 3).runTo(11);
    Set<Integer> after = pairs(machine);
    assertEquals(before, after.size());
    for (int k = 0; k < SIDE; k++) {
      assertFalse(after.contains(k * SIDE + k));
    }
  }

  /// Those that come obey the `where` of the connection, as those do that are there from the start.
  @ParameterizedTest
  @ValueSource(strings = {"replaced()", "bernoulli(0.3)"})
  void newOnesObeyTheCondition(String grow) {
    String network =
        """
        network Net {
          input train : spikes[%d]
          input killer : spikes[1]
          population cell : Sum[%d]
          connect train -> cell.syn as syn  bernoulli(0.2) where pre.index < post.index and uniform(0, 1) < 0.8
            weight 2 + 0 * pre.index  synapse Mortal  grow %s every 1 ms
          connect killer -> syn.kill  all  weight 20
        }
        """
            .formatted(SIDE, SIDE, grow);
    Machine machine = Machine.of(MODELS + network, "Net", Machine.Options.F64);
    Set<Integer> before = pairs(machine.runTo(1));
    machine.spikes("killer", 0, 13).runTo(21);
    Set<Integer> after = pairs(machine);
    assertTrue(after.stream().anyMatch(pair -> !before.contains(pair)));
    assertTrue(after.stream().allMatch(pair -> pair / SIDE < pair % SIDE));
    // what the condition draws is drawn once for each pair: of 60 * 59 / 2 a fifth never have one
    machine.runTo(1_001);
    if (grow.equals("replaced()")) {
      assertEquals(before.size(), pairs(machine).size());
    } else {
      assertEquals(0.8 * 1770, pairs(machine).size(), 5 * Math.sqrt(1770 * 0.8 * 0.2));
    }
  }

  @Test
  void theCTargetDrawsTheSame() throws Exception {
    String network =
        """
        neuron Random { spike at poisson(200 Hz) }
        synapse Dwindling {
          weight w : real
          on pre { deliver w; w -= 0.3 }
          prune when w < 0
        }
        network Net {
          population train : Random[20]
          population cell : Sum[10]
          connect train -> cell.syn  bernoulli(0.5)  weight uniform(0, 1)
            synapse Dwindling  grow replaced() every 1 ms
        }
        """;
    Machine machine = Machine.of(MODELS + network, "Net", Machine.Options.F32);
    new BothTargets(folder).sameStates(machine.program, 300);
  }

  @Test
  void synapsesThatShareTheirWeightsStay() {
    String network =
        """
        synapse Lasting { weight w : real; on pre { deliver w } }
        network Net {
          input train : spikes[1, 4, 4]
          input other : spikes[16]
          population cell : Sum[1, 4, 4]
          %s
        }
        """;
    String[] refused = {
      "connect train -> cell.syn  conv([3, 3], padding: 1)  weight 1  synapse Mortal",
      "connect train -> cell.syn  conv([3, 3], padding: 1)  weight 1  synapse Lasting"
          + "  grow bernoulli(0.1) every 1 ms",
      "connect other -> cell.syn as own  all  weight 1\n"
          + "connect other -> cell.syn  all  tied to own.w  grow bernoulli(0.1) every 1 ms",
    };
    for (String connect : refused) {
      String text = MODELS + network.formatted(connect);
      assertEquals(List.of("NO_MEANING_HERE"), Machine.faults(text, "Net", Machine.Options.F64));
    }
  }

  /// Spikes on their way to synapses that go, one by one, are refused; without a delay none are.
  @Test
  void aDelayToAPortThatDoesNotAddUpIsRefused() {
    String text =
        """
        neuron Odd { state x : real = 0; receive syn(w : real) { x = 2 * x + w } }
        neuron Sum { state x : real = 0; receive syn(w : real) { x += w } }
        synapse Weak { weight w : real; on pre { deliver w; w -= 1 }; prune when w < 0 }
        network Net {
          input train : spikes[3]
          population cell : %s[3]
          connect train -> cell.syn  bernoulli(0.5)  weight 2  %s  synapse Weak
        }
        """;
    assertEquals(
        List.of("DELAY_CONFLICT"),
        Machine.faults(text.formatted("Odd", "delay 0.1 ms"), "Net", Machine.Options.F64));
    assertEquals(List.of(), Machine.faults(text.formatted("Odd", ""), "Net", Machine.Options.F64));
    assertEquals(
        List.of(),
        Machine.faults(text.formatted("Sum", "delay 0.1 ms"), "Net", Machine.Options.F64));
  }
}
