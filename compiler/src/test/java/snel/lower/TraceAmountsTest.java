package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Traces whose time constant or jumps are no constants: they differ between neurons or synapses,
/// or follow what they are made of.
class TraceAmountsTest {
  private static String text(String items, String connect) {
    return """
    neuron Cell {
      param tau = 10 ms
      state level : real = 3
      receive syn(w : real) { level += 0 * w }
      spike when level > 10
      reset { level = 3 }
    }
    synapse Learns {
      param gain = 1, own = 10 ms
      weight w : real
      input reward : real
      %s
      on pre { deliver w }
      receive teacher of post { w += 0 }
      receive prize { w += 0 }
    }
    network Net {
      input train : spikes[2]
      input teacher : spikes[3]
      population pre_cell : Cell[2]
      population cell : Cell[3](tau: 5 ms + 5 ms * self.index)
      connect train -> cell.syn as p  %s
      connect teacher -> p.teacher  one_to_one
      connect teacher[0] -> p.prize  one_to_one
    }
    """
        .formatted(items, connect);
  }

  private static final String EACH =
      " weight 1  synapse Learns(gain: 1 + pre.index + 10 * post.index, own: 5 ms + 5 ms * post.index)";

  private static double decay(double tau, int steps) {
    return Math.exp(-0.1 * steps / tau);
  }

  @ParameterizedTest
  @CsvSource({
    "all, ''",
    "bernoulli(1), ''",
    "bernoulli(1), axonal delay 0.1 ms * post.index",
    "all where pre != post, ''"
  })
  void eachSynapseHasAHeightAndATimeOfItsOwn(String rule, String delay, @TempDir Path folder) {
    String items = "trace x of pre tau own add gain\n trace z of pre tau own set 2 * gain";
    Machine machine =
        Machine.of(text(items, rule + EACH + " " + delay), "Net", Machine.Options.F64);
    machine.spikes("train", 0, 10).spikes("train", 1, 10, 14).runTo(20);
    for (int pre = 0; pre < 2; pre++) {
      for (int post = 0; post < 3; post++) {
        int late = delay.isEmpty() ? 0 : post;
        double tau = 5 + 5 * post;
        double gain = 1 + pre + 10 * post;
        double last = decay(tau, 20 - (pre == 0 ? 10 : 14) - late);
        double before = pre == 0 ? 0 : decay(tau, 10 - late);
        assertEquals(gain * (before + last), machine.element("p.x", 3 * pre + post), 1e-13);
        assertEquals(2 * gain * last, machine.element("p.z", 3 * pre + post), 1e-13);
      }
    }
    new BothTargets(folder).sameStates(machine.program, 25);
  }

  /// One for each target neuron, with the bits of a constant.
  @Test
  void aNeuronsOwnTimeConstantStepsAsAConstant(@TempDir Path folder) {
    String items = "trace y of teacher tau post.tau\n trace v of teacher tau 15 ms add gain";
    Machine machine = Machine.of(text(items, "all" + EACH), "Net", Machine.Options.F32);
    machine.spikes("teacher", 2, 3, 5).runTo(40);
    String constant = "trace y of teacher tau 15 ms";
    Machine other = Machine.of(text(constant, "all" + EACH), "Net", Machine.Options.F32);
    other.spikes("teacher", 2, 3, 5).runTo(40);
    assertEquals(other.element("p.y", 2), machine.element("p.y", 2));
    assertEquals(22 * other.element("p.y", 2), machine.element("p.v", 5), 1e-4);
    assertEquals(0, machine.element("p.v", 4));
    new BothTargets(folder).sameStates(machine.program, 25);
  }

  /// Left limits: a jump of z is what is missing to 1, one of u is z before it.
  @Test
  void jumpsAreMadeOfWhatStoodBefore(@TempDir Path folder) {
    String items =
        """
        trace z of pre tau 5 ms add 1 - z
        trace u of pre tau 10 ms add z
        trace s of prize tau 10 ms add gain + reward
        """;
    Machine machine =
        Machine.of(text(items, "all  weight 1  synapse Learns"), "Net", Machine.Options.F64);
    machine.spikes("train", 0, 10, 20).spikes("teacher", 0, 10).runTo(21);
    assertEquals(decay(5, 1), machine.element("p.z", 0), 1e-14);
    assertEquals(decay(5, 10) * decay(10, 1), machine.element("p.u", 0), 1e-14);
    assertEquals(decay(10, 11), machine.element("p.s", 0), 1e-14);
    new BothTargets(folder).sameStates(machine.program, 25);
  }

  /// At the end of a presentation the spikes of its last instant count.
  @Test
  void hooksCountWhatIsStillToLand() {
    String items =
        """
        trace x of pre tau own add gain
        trace z of pre tau 5 ms add 1 - z
        on presentation.end { w = x + 1000 * z }
        """;
    String connect = "bernoulli(1)" + EACH + " axonal delay 0.1 ms * post.index";
    Machine machine = Machine.of(text(items, connect), "Net", Machine.Options.F64);
    machine.spikes("train", 0, 11).spikes("train", 1, 12).runTo(12);
    int[] list = (int[]) machine.network.array("train.spikes");
    int[] count = (int[]) machine.network.array("train.spikes.count");
    list[count[0]++] = 1;
    machine.program.presentationEnd().forEach(kernel -> machine.network.call(kernel.name()));
    // source 0, stamp 11: with delay 0 it has landed, with 1 it is pending, with 2 to come
    assertEquals(1001 * decay(5, 1) + decay(5, 1) - decay(5, 1), machine.value("p.w", 0), 1e-9);
    assertEquals(11 + 1000, machine.value("p.w", 1), 1e-9);
    assertEquals(0, machine.value("p.w", 2), 1e-9);
    // source 1, stamp 12: pending where there is no delay
    assertEquals(2 + 1000, machine.value("p.w", 3), 1e-9);
    assertEquals(0, machine.value("p.w", 4), 1e-9);
  }

  @Test
  void aWindowIsAWholeNumberOfStepsKnownWhenCompiled() {
    String connect = "all  weight 1  synapse Learns";
    assertEquals(
        List.of("CHANGES_IN_TIME"),
        Machine.faults(
            text("trace x of pre window own * reward", connect), "Net", Machine.Options.F64));
    assertEquals(
        List.of("OFF_THE_GRID"),
        Machine.faults(text("trace x of pre window 0.25 ms", connect), "Net", Machine.Options.F64));
  }
}
