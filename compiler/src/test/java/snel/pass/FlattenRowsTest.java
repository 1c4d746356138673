package snel.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import snel.ir.Program;
import snel.ir.verify.ProgramVerifier;
import snel.parallel.DividedStep;

/// Equations that know their synapse alone are done in one loop, others row by row; the bits stay,
/// with threads, too.
class FlattenRowsTest {
  private static final String TEXT =
      """
      neuron Cell {
        input s : real
        state v : real = uniform(0, 1)
        v' = (0.4 + s - v) / 10 ms
        spike when v > 1
        reset { v = 0 }
      }
      synapse Gating {
        weight w : real
        state x : real = 0
        state s : real = 0
        x' = -x / 2 ms
        s' = -s / 50 ms + 0.5 ms^-1 * x * (1 - s)
        on pre { x += 1 }
        transmit w * s
      }
      synapse Noisy {
        weight w : real
        state s : real = 0
        noise xi
        s' = (0.1 * sqrt(50 ms) * xi - s) / 50 ms
        transmit w * s
      }
      synapse Following {
        weight w : real
        state s : real = 0
        s' = (post.v * abs(s - pre.v) - s) / 50 ms
        transmit w * s
      }
      network Net {
        population A : Cell[30]
        population B : Cell[40]
        connect A -> B.s as drawn     bernoulli(0.3)               synapse Gating     weight uniform(0, 0.2)
        population C : Cell[70]
        connect A -> C.s as wide      all                          synapse Gating     weight 0.02
        connect A -> B.s as dense     all                          synapse Gating     weight 0.02
        connect A -> A.s as others    all where pre.index != post.index  synapse Gating  weight 0.01
        connect A -> B.s as noisy     bernoulli(0.3)               synapse Noisy      weight 0.1
        connect A -> B.s as following bernoulli(0.3)               synapse Following  weight 0.1
      }
      experiment e on Net { step 0.5 ms; seed 3; run 2 ms; report drawn.w }
      """;

  @Test
  void onlyWhatKnowsItsSynapseAloneIsDoneInOneLoop() {
    Program before = Lowered.of(TEXT);
    Program after = new FlattenRows().apply(before);
    ProgramVerifier.verify(after);
    assertBegins("each s in 0 ..< drawn.synapses.row_start[30] {", after, "drawn:synapse");
    assertBegins("each s in 0 ..< 1200 {", after, "dense:synapse");
    assertBegins("let own = wide.x[(i * 70) + j]", after, "wide:synapse");
    for (String name : List.of("noisy:synapse", "following:synapse", "drawn:transmit")) {
      assertEquals(Lowered.text(before, name), Lowered.text(after, name));
    }
  }

  private static void assertBegins(String loop, Program program, String kernel) {
    String text = Lowered.text(program, kernel);
    assertTrue(text.lines().anyMatch(line -> line.strip().equals(loop)), text);
  }

  @Test
  void theBitsStay() {
    Program before = Lowered.of(TEXT);
    Program after = new FlattenRows().apply(before);
    assertTrue(DividedStep.of(after, 3, 2).isPresent());
    Lowered.assertSameBits(before, after);
  }
}
