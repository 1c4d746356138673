package snel.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Stmt;
import snel.runtime.kernel.Network;
import snel.target.jvm.JvmTarget;

/// Sums over all neurons are done once for all of them where they are the same for all, with the
/// same bits, and only there.
class HoistSumsTest {
  private static final String TEXT =
      """
      neuron Same {
        state u : real = uniform(0, 1)
        state s : real = 0
        u' = -u / 10 ms
        every dt { s = u + sum(exp(peers.u)) }
      }
      neuron Nested {
        state u : real = uniform(0, 1)
        state s : real = 0
        u' = -u / 10 ms
        every dt { s = u / sum(exp(peers.u) / (1 + sum(exp(peers.u)))) }
      }
      neuron Own {
        state u : real = uniform(0, 1)
        state s : real = 0
        u' = -u / 10 ms
        every dt { s = sum(exp(peers.u - u) / (1 + max(peers.u))) }
      }
      neuron Rarely {
        state u : real = uniform(0, 1)
        state s : real = 0
        every dt { if u > 2 { s = sum(peers.u) } }
      }
      neuron Votes {
        state u : real = uniform(0, 1)
        u' = -u / 10 ms
        spike when u > max(peers.u) - 0.01
        reset { u -= 0.5 }
      }
      network Net {
        population A : Same[13]
        population B : Nested[13]
        population C : Own[13]
        population E : Rarely[13]
        population F : Votes[13]
      }
      experiment e on Net { step 0.1 ms; seed 3; run 2 ms; report A.s, B.s, C.s, E.s, F.u }
      """;

  private static Program lowered() {
    return Lowered.of(TEXT);
  }

  private static Kernel kernel(Program program, String name) {
    return program.step().stream().filter(k -> k.name().equals(name)).findFirst().orElseThrow();
  }

  /// Reductions within loops of a kernel.
  private static int inLoops(Kernel kernel) {
    int[] count = {0};
    for (Stmt stmt : kernel.body()) {
      if (!(stmt instanceof Stmt.Let)) {
        Nodes.eachExpression(List.of(stmt), e -> count[0] += e instanceof Expr.Reduce ? 1 : 0);
      }
    }
    return count[0];
  }

  @Test
  void whatIsTheSameForAllIsDoneOnce() {
    Program before = lowered();
    Program after = new HoistSums().apply(before);
    assertEquals(1, inLoops(kernel(before, "A:every 0.1 ms")));
    assertEquals(0, inLoops(kernel(after, "A:every 0.1 ms")));
    assertEquals(2, inLoops(kernel(before, "B:every 0.1 ms")));
    assertEquals(0, inLoops(kernel(after, "B:every 0.1 ms")));
    assertEquals(2, inLoops(kernel(before, "C:every 0.1 ms")));
    assertEquals(1, inLoops(kernel(after, "C:every 0.1 ms")));
    assertEquals(0, inLoops(kernel(after, "F:threshold")));
    assertEquals(kernel(before, "E:every 0.1 ms"), kernel(after, "E:every 0.1 ms"));
  }

  @Test
  void theBitsStay() {
    Program before = lowered();
    Program after = new HoistSums().apply(before);
    assertFalse(before.equals(after));
    for (JvmTarget.Code code : List.of(JvmTarget.Code.SCALAR, JvmTarget.Code.VECTOR)) {
      Network plain = new JvmTarget(code).build(before);
      Network hoisted = new JvmTarget(code).build(after);
      for (int step = 0; step < 20; step++) {
        plain.run(1);
        hoisted.run(1);
        assertEquals(plain.stateHash(), hoisted.stateHash(), "step " + step);
      }
    }
  }
}
