package snel.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import snel.ir.Program;
import snel.ir.verify.ProgramVerifier;
import snel.runtime.kernel.Network;
import snel.target.jvm.JvmTarget;

/// What only few targets fulfil is done to them alone; the bits stay, whether few do or most, and
/// with threads, too.
class ChooseTargetsTest {
  private static final String TEXT =
      """
      neuron Cell {
        state v : real = uniform(0, 1)
        v' = (1.2 - v) / 10 ms
        receive syn(w : real) { v += w }
        spike when v > 1
        reset { v = 0 }
      }
      synapse Chosen {
        weight w : real
        on pre { deliver w }
        receive reward(r : real) { if post.v > 0.9 { w += r * post.v } }
      }
      synapse Asked {
        weight w : real
        on pre { deliver w }
        receive reward(r : real) { if w > 0.1 { w += r * post.v } }
      }
      network Net {
        population A : Cell[20]
        population B : Cell[48]
        connect A -> B.syn as chosen  all  weight uniform(0, 0.2)  synapse Chosen
        connect A -> B.syn as asked   all  weight uniform(0, 0.2)  synapse Asked
      }
      experiment e on Net {
        step 0.5 ms; seed 3
        send chosen.reward(0.01); send asked.reward(0.01)
        run 2 ms
        report chosen.w, asked.w
      }
      """;

  private static void send(Network network, int step) {
    for (String name : List.of("chosen", "asked")) {
      ((int[]) network.array(name + ".reward.sent"))[0] = 1;
      ((float[]) network.array(name + ".reward.sent.r"))[0] = 0.001f * (1 + step % 3);
    }
  }

  @Test
  void onlyWhatHangsOnTheTargetIsListed() {
    Program before = Lowered.of(TEXT);
    Program after = new ChooseTargets().apply(before);
    ProgramVerifier.verify(after);
    assertFalse(Lowered.text(before, "chosen.reward:sent").contains("collect"));
    assertTrue(Lowered.text(after, "chosen.reward:sent").contains("collect"));
    assertEquals(
        Lowered.text(before, "asked.reward:sent"), Lowered.text(after, "asked.reward:sent"));
  }

  @Test
  void theBitsStay() {
    Program before = Lowered.of(TEXT);
    Program after = new ChooseTargets().apply(before);
    Network plain = new JvmTarget(JvmTarget.Code.SCALAR).build(before);
    List<Network> changed = Lowered.inAllWays(after);
    int few = 0;
    int steps = 300;
    float first = ((float[]) plain.array("chosen.w"))[0];
    for (int step = 0; step < steps; step++) {
      few += above((float[]) plain.array("B.v")) * 8 < 48 ? 1 : 0;
      send(plain, step);
      plain.run(1);
      for (Network network : changed) {
        send(network, step);
        network.run(1);
        assertEquals(plain.stateHash(), network.stateHash(), "step " + step);
      }
    }
    assertNotEquals(first, ((float[]) plain.array("chosen.w"))[0]);
    assertTrue(few > 10 && few < steps - 10, "few fulfil it in " + few);
  }

  private static int above(float[] v) {
    int count = 0;
    for (float each : v) {
      count += each > 0.9f ? 1 : 0;
    }
    return count;
  }
}
