package snel.target.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import snel.ir.Program;
import snel.ir.Stmt;
import snel.testing.Programs;

/// Cells whose equations fill several loops.
class StripsTest {
  private static Program program(String numerics, int cells) {
    String text =
        """
        import std.neurons.TraubMiles
        network Net { population E : TraubMiles[%d](v: normal(-65 mV, 5 mV), g_exc: normal(40 nS, 15 nS, min: 0 nS)) }
        experiment e on Net { step 0.1 ms; seed 7; numerics %s
          record E.v
          run 5 ms
        }
        """
            .formatted(cells, numerics);
    return Programs.compiled(text).program();
  }

  private static Optional<Integer> strip(Program program, int bits) {
    Stmt.Loop integrate =
        program.step().stream()
            .filter(kernel -> kernel.name().equals("E:integrate"))
            .flatMap(kernel -> kernel.body().stream())
            .map(Stmt.Loop.class::cast)
            .findFirst()
            .orElseThrow();
    VectorPlan plan = VectorPlan.of(integrate, "test", bits).orElseThrow();
    assertTrue(plan.parts().size() >= 3, plan.parts().size() + " parts");
    return Strips.of(plan.parts().stream().map(VectorPlan.Part::loop).toList(), bits);
  }

  @Test
  void giveTheSameBits() {
    Program program = program("f32", 333);
    assertEquals(Optional.of(128), strip(program, 512));
    assertEquals(
        Programs.hashes(program, JvmTarget.Code.SCALAR, 20, 30),
        Programs.hashes(program, JvmTarget.Code.VECTOR, 20, 30));
  }

  @Test
  void areMadeWhereTheyPay() {
    assertEquals(Optional.empty(), strip(program("f64", 333), 512));
    assertEquals(Optional.empty(), strip(program("f32", 333), 256));
    assertEquals(Optional.of(128), strip(program("f32", 33_333), 256));
  }
}
