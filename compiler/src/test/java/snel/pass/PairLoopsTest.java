package snel.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import snel.ir.Program;
import snel.ir.verify.ProgramVerifier;
import snel.runtime.kernel.Network;
import snel.target.jvm.JvmTarget;

/// What a loop over pairs needs of a target is worked out once, rows that add nothing are left, and
/// the bits stay.
class PairLoopsTest {
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
      synapse Products {
        weight w : real
        trace n of pre window 2 ms
        on pre { deliver w }
        every 0.5 ms { w += 0.1 * (post.v - exp(post.v) / 3) * n }
      }
      synapse Clipped {
        weight w : real in 0 .. 1
        trace n of pre window 2 ms
        on pre { deliver w }
        every 0.5 ms { w += 0.1 * (post.v - 0.5) * n }
      }
      synapse Drifting {
        weight w : real
        trace n of pre window 2 ms
        on pre { deliver w }
        every 0.5 ms { w += 0.01 * n - 0.001 * sin(post.v) }
      }
      synapse Chosen {
        weight w : real
        on pre { deliver w }
        on presentation.end { if pre.count < post.count { w -= 0.1 * (exp(post.v) + w) } }
      }
      network Net {
        population A : Source[9]
        population B : Target[11]
        connect A -> B.syn as products  all  weight uniform(-1, 1)  synapse Products
        connect A -> B.syn as clipped   all  weight uniform(0, 1)   synapse Clipped
        connect A -> B.syn as drifting  all  weight uniform(-1, 1)  synapse Drifting
        connect A -> B.syn as chosen    all  weight uniform(-1, 1)  synapse Chosen
      }
      experiment e on Net { step 0.1 ms; seed 3; run 2 ms; report products.w, clipped.w, drifting.w, chosen.w }
      """;

  private static Program lowered() {
    return new HoistSums().apply(Lowered.of(TEXT));
  }

  @Test
  void whatATargetGivesIsWorkedOutOnceAndIdleRowsAreLeft() {
    Program after = new PairLoops().apply(lowered());
    ProgramVerifier.verify(after);
    String products = Lowered.text(after, "products:every 0.5 ms");
    assertEquals(1, products.split("exp\\(", -1).length - 1);
    assertTrue(products.indexOf("exp(") < products.indexOf("for i in"), products);
    assertTrue(products.contains("if products.n[i] != 0.0f"), products);
  }

  @Test
  void rowsThatDoMoreThanAddAProductOfTheirSourceStay() {
    Program after = new PairLoops().apply(lowered());
    for (String name :
        List.of("clipped:every 0.5 ms", "drifting:every 0.5 ms", "chosen:presentation.end")) {
      String kernel = Lowered.text(after, name);
      assertTrue(kernel.contains(".of_target"), kernel);
      assertFalse(kernel.contains(".n[i] != 0.0f"), kernel);
    }
  }

  @Test
  void theBitsStay() {
    Program before = lowered();
    Program after = new PairLoops().apply(before);
    for (JvmTarget.Code code : List.of(JvmTarget.Code.SCALAR, JvmTarget.Code.VECTOR)) {
      Network plain = new JvmTarget(code).build(before);
      Network changed = new JvmTarget(code).build(after);
      for (int step = 0; step < 200; step++) {
        plain.run(1);
        changed.run(1);
        assertEquals(plain.stateHash(), changed.stateHash(), "step " + step);
      }
    }
  }
}
