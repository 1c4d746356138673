package snel.pass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import snel.ir.Program;
import snel.ir.text.ProgramPrinter;
import snel.ir.verify.ProgramVerifier;
import snel.runtime.kernel.Network;
import snel.target.jvm.JvmTarget;

/// Loops along synapses that are split by whether weights are frozen do the same, frozen or not.
class SplitFrozenTest {
  private static final String TEXT =
      """
      neuron Source {
        state u : real = uniform(0, 1)
        u' = 100 Hz * (1 + u)
        spike when u > 2
        reset { u = 0 }
      }
      neuron Target {
        state v : real = uniform(0, 1)
        v' = (1 - v) / 10 ms
        receive syn(w : real) { v += 0.1 * w }
        spike when v > 0.9
        reset { v = 0 }
      }
      synapse Learning {
        weight w : real in 0 .. 1
        trace x of pre tau 20 ms
        trace y of post tau 20 ms
        on pre { deliver w; w -= 0.01 * y }
        on post { w += 0.02 * x }
      }
      network Net {
        population A : Source[20]
        population B : Target[30]
        connect A -> B.syn as learnt  bernoulli(0.5)  weight uniform(0, 1)  delay 0.5 ms  synapse Learning
      }
      experiment e on Net { step 0.1 ms; seed 3; freeze learnt; run 2 ms; report learnt.w }
      """;

  private static Program lowered() {
    return Lowered.of(TEXT);
  }

  @Test
  void weightsStandWhereTheyAreFrozenAndMoveWhereNot() {
    Program before = lowered();
    Program after = new SplitFrozen().apply(before);
    ProgramVerifier.verify(after);
    String text = ProgramPrinter.print(after);
    assertTrue(
        text.contains("if !(learnt.w:frozen[0] != 0)")
            || text.contains("if !(\"learnt.w:frozen\"[0] != 0)"),
        text);
    for (JvmTarget.Code code : List.of(JvmTarget.Code.SCALAR, JvmTarget.Code.VECTOR)) {
      Network plain = new JvmTarget(code).build(before);
      Network split = new JvmTarget(code).build(after);
      float[] weights = ((float[]) split.array("learnt.w"));
      for (int part = 0; part < 10; part++) {
        float[] then = weights.clone();
        ((int[]) plain.array("learnt.w:frozen"))[0] = part % 2;
        ((int[]) split.array("learnt.w:frozen"))[0] = part % 2;
        plain.run(150);
        split.run(150);
        assertEquals(plain.stateHash(), split.stateHash(), "part " + part);
        if (part % 2 == 1) {
          assertArrayEquals(then, weights);
        } else {
          assertNotEquals(sum(then), sum(weights));
        }
      }
    }
  }

  private static double sum(float[] all) {
    double sum = 0;
    for (float one : all) {
      sum += one;
    }
    return sum;
  }
}
