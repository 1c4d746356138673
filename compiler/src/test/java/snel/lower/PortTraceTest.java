package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Traces of the ports of synapses: every handler of an instant reads the left limit, then the
/// jumps of the instant land.
class PortTraceTest {
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
      synapse Taught {
        weight w : real
        trace z of reward tau 10 ms
        trace q of teacher tau 10 ms
        trace n of reward window 0.3 ms
        state at_reward : real = -1
        state at_teacher : real = -1
        state z_at_pre : real = -1
        state q_at_pre : real = -1
        state n_at_pre : real = -1
        state q_at_end : real = -1
        state z_at_end : real = -1
        on pre { deliver w; z_at_pre = z; q_at_pre = q; n_at_pre = n }
        receive teacher of post { at_teacher = q }
        receive reward(r : real) { at_reward = z }
        on presentation.end { q_at_end = q; z_at_end = z }
      }
      network Net {
        input train : spikes[2]
        input prize : spikes[1]
        input command : spikes[2]
        population master : Parrot[2]
        population cell : Parrot[2]
        connect command -> master.fire  one_to_one  weight 1
        connect train -> cell.syn as syn  all  weight 0.5  %s  synapse Taught
        connect prize -> syn.reward  all  weight 2  %s
        connect master -> syn.teacher  one_to_one
      }
      """;

  private static Machine bench(String instant, String delay) {
    return Machine.of(BENCH.formatted(instant, delay), "Net", Machine.Options.F64);
  }

  /// Synapse 2 * i + j joins source i to target j.
  @ParameterizedTest
  @ValueSource(strings = {"", "instant"})
  void aBroadcastIsOneForAll(String instant) {
    Machine machine = bench(instant, "");
    machine.spikes("prize", 0, 100, 200).spikes("train", 1, 100);
    machine.runTo(101);
    for (int synapse = 0; synapse < 4; synapse++) {
      assertEquals(0, machine.value("syn.at_reward", synapse));
    }
    assertEquals(0, machine.value("syn.z_at_pre", 2));
    assertEquals(0, machine.value("syn.z_at_pre", 3));
    machine.spikes("train", 0, 150).spikes("train", 1, 200).runTo(201);
    double tenLater = Math.exp(-1);
    for (int synapse = 0; synapse < 4; synapse++) {
      assertEquals(tenLater, machine.value("syn.at_reward", synapse), 1e-13);
    }
    assertEquals(Math.exp(-0.5), machine.value("syn.z_at_pre", 0), 1e-13);
    assertEquals(Math.exp(-0.5), machine.value("syn.z_at_pre", 1), 1e-13);
    assertEquals(tenLater, machine.value("syn.z_at_pre", 2), 1e-13);
    assertEquals(tenLater, machine.value("syn.z_at_pre", 3), 1e-13);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "instant"})
  void aDelayedBroadcastJumpsWhenItArrives(String instant) {
    Machine machine = bench(instant, "delay 5 ms");
    machine.spikes("prize", 0, 100).spikes("train", 0, 150).spikes("train", 1, 160).runTo(161);
    assertEquals(0, machine.value("syn.z_at_pre", 0));
    assertEquals(Math.exp(-0.1), machine.value("syn.z_at_pre", 2), 1e-13);
  }

  /// The teacher of target 1 spikes at 10 and 20 ms.
  @ParameterizedTest
  @ValueSource(strings = {"", "instant"})
  void aTeacherHasOneForEachTarget(String instant) {
    Machine machine = bench(instant, "");
    machine.spikes("command", 1, 99, 199).spikes("train", 0, 100).spikes("train", 1, 200);
    machine.runTo(101);
    assertEquals(0, machine.value("syn.at_teacher", 1));
    assertEquals(0, machine.value("syn.q_at_pre", 1));
    machine.runTo(201);
    assertEquals(-1, machine.value("syn.at_teacher", 2));
    assertEquals(Math.exp(-1), machine.value("syn.at_teacher", 3), 1e-13);
    assertEquals(0, machine.value("syn.q_at_pre", 2));
    assertEquals(Math.exp(-1), machine.value("syn.q_at_pre", 3), 1e-13);
  }

  /// Rewards at 10 and 10.1 ms.
  @ParameterizedTest
  @ValueSource(strings = {"", "instant"})
  void aWindowCountsWhatCameBefore(String instant) {
    double[] wanted = {0, 1, 2, 1, 0};
    for (int k = 0; k < wanted.length; k++) {
      Machine machine = bench(instant, "");
      machine.spikes("prize", 0, 100, 101).spikes("train", 0, 100 + k).runTo(120);
      assertEquals(wanted[k], machine.value("syn.n_at_pre", 1), "after " + k + " steps");
    }
  }

  /// A presentation that ends at 10 ms counts what is stamped with its end.
  @ParameterizedTest
  @ValueSource(strings = {"", "instant"})
  void theEndOfAPresentationCountsTheJumpsOfItsInstant(String instant) {
    Machine machine = bench(instant, "delay 2 ms");
    machine.spikes("command", 1, 99).spikes("prize", 0, 80).runTo(100);
    machine.network.presentationEnd();
    assertEquals(0, machine.value("syn.q_at_end", 2));
    assertEquals(1, machine.value("syn.q_at_end", 3));
    assertEquals(1, machine.value("syn.z_at_end", 0));
    machine.runTo(110);
    machine.network.presentationEnd();
    assertEquals(Math.exp(-0.1), machine.value("syn.q_at_end", 3), 1e-13);
    assertEquals(Math.exp(-0.1), machine.value("syn.z_at_end", 0), 1e-13);
  }

  @Test
  void whatAProtocolSendsJumpsAfterTheHandlersToo() {
    Needs needs =
        new Needs(
            Set.of("syn.reward", "syn.teacher"), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
    Machine machine = Machine.of(BENCH.formatted("", ""), "Net", Machine.Options.F64.needs(needs));
    int[] reward = (int[]) machine.network.array("syn.reward.sent");
    int[] teacher = (int[]) machine.network.array("syn.teacher.sent");
    machine.spikes("train", 0, 100).spikes("train", 1, 200).runTo(100);
    reward[0] = 1;
    teacher[1] = 1;
    machine.runTo(101);
    assertEquals(0, machine.value("syn.at_reward", 3));
    assertEquals(0, machine.value("syn.z_at_pre", 1));
    assertEquals(0, machine.value("syn.q_at_pre", 1));
    machine.runTo(201);
    assertEquals(Math.exp(-1), machine.value("syn.z_at_pre", 2), 1e-13);
    assertEquals(0, machine.value("syn.q_at_pre", 2));
    assertEquals(Math.exp(-1), machine.value("syn.q_at_pre", 3), 1e-13);
  }

  /// Sent at 10, 10.1 and 10.3 ms and counted for 0.3 ms: as what a projection brings.
  @Test
  void aWindowForgetsWhatTheProtocolSent(@TempDir Path folder) {
    String text =
        """
        neuron Sum { state total : real = 0; receive syn(w : real) { total += w } }
        synapse Learns {
          weight w : real
          trace n of reward window 0.3 ms
          trace m of teacher window 0.3 ms
          on pre { deliver w }
          receive reward { w += 1 }
          receive teacher of post { w += 1 }
        }
        network Net {
          input train : spikes[2]
          population cell : Sum[3]
          connect train -> cell.syn as syn  all  weight 1  synapse Learns
        }
        """;
    Needs needs =
        new Needs(
            Set.of("syn.reward", "syn.teacher"), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
    Machine machine = Machine.of(text, "Net", Machine.Options.F64.needs(needs));
    int[] reward = (int[]) machine.network.array("syn.reward.sent");
    int[] teacher = (int[]) machine.network.array("syn.teacher.sent");
    machine.runTo(100);
    // after step n the traces are those of instant n + 1: stamps above n + 1 - 3 count
    int[] wanted = {1, 2, 1, 1, 1, 0, 0};
    for (int k = 0; k < wanted.length; k++) {
      if (k == 0 || k == 1 || k == 3) {
        reward[0] = 1;
        teacher[1] = 1;
      }
      machine.runTo(101 + k);
      assertEquals(wanted[k], machine.element("syn.n", 0), "step " + k);
      assertEquals(wanted[k], machine.element("syn.m", 1), "step " + k);
      assertEquals(0, machine.element("syn.m", 0), "step " + k);
    }
    new BothTargets(folder).sameStates(machine.program, 5);
  }
}
