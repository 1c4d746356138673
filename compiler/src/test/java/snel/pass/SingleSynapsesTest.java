package snel.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import snel.ir.Program;
import snel.ir.verify.ProgramVerifier;
import snel.parallel.DividedStep;

/// Rows of one synapse are not looked up, others are, and the bits stay, with threads, too.
class SingleSynapsesTest {
  private static final String TEXT =
      """
      neuron Cell {
        state v : real = uniform(0, 1)
        v' = (1.2 - v) / 10 ms
        receive syn(w : real) { v += w }
        spike when v > 1
        reset { v = 0 }
      }
      synapse Learning {
        weight w : real
        trace x of pre tau 20 ms
        trace y of post tau 20 ms
        on pre { deliver w; w -= 0.01 * y }
        on post { w += 0.02 * x }
      }
      network Net {
        population A : Cell[2, 8, 12]
        population B : Cell[2, 4, 6]
        connect A -> B.syn as tiled    pool([2, 2])             weight 0.1
        connect A -> B.syn as drawn    pool([2, 2])             weight uniform(0, 0.2)  delay 3 ms
        connect A -> B.syn as spread   pool([2, 2])             weight 0.1              delay to_step(uniform(1 ms, 4 ms))
        connect A -> B.syn as learning pool([2, 2])             weight uniform(0, 0.2)  synapse Learning
        population C : Cell[2, 7, 11]
        connect A -> C.syn as lapping  pool([2, 2], stride: 1)  weight 0.05
      }
      experiment e on Net { step 0.5 ms; seed 3; run 2 ms; report learning.w }
      """;

  private static Program lowered() {
    return Lowered.of(TEXT);
  }

  @Test
  void onlyRowsOfOneSynapseAreNotLookedUp() {
    Program before = lowered();
    Program after = new SingleSynapses().apply(before);
    ProgramVerifier.verify(after);
    for (String name : List.of("tiled:pre", "drawn:pre", "learning:pre")) {
      assertTrue(Lowered.text(before, name).contains(".row_start["), Lowered.text(before, name));
      assertFalse(Lowered.text(after, name).contains(".row_start["), Lowered.text(after, name));
    }
    assertEquals(Lowered.text(before, "lapping:pre"), Lowered.text(after, "lapping:pre"));
  }

  @Test
  void theBitsStay() {
    Program before = lowered();
    Program after = new SingleSynapses().apply(before);
    assertTrue(DividedStep.of(after, 3, 2).isPresent());
    Lowered.assertSameBits(before, after);
  }
}
