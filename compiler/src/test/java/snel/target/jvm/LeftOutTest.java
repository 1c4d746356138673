package snel.target.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.testing.Programs;

/// Cells joined to all others but not to themselves.
class LeftOutTest {
  private static final String TEXT =
      """
      neuron Cell {
        input gap : real
        input s : real
        state v : real = uniform(0, 1)
        v' = (1.1 + gap + s - v) / 10 ms
        receive exc(w : real) { v += w }
        spike when v > 1
        reset { v = 0 }
      }
      synapse Gap {
        weight g : real
        transmit g * (pre.v - post.v)
      }
      synapse Learning {
        weight w : real in 0 .. 1
        trace x of pre tau 20 ms
        trace y of post tau 20 ms
        on pre { deliver w; w -= 0.02 * y }
        on post { w += 0.01 * x }
      }
      synapse Following {
        weight w : real
        state s : real = 0
        s' = (post.v * abs(s - pre.v) - s) / 5 ms
        transmit w * s
      }
      network Net {
        population A : Cell[CELLS]
        connect A -> A.gap all where pre != post  weight uniform(0, 0.002)  synapse Gap
        connect A -> A.exc all where pre != post  weight uniform(0, 0.02)   synapse Learning
        connect A -> A.s   all where pre != post  weight uniform(0, 0.02)   synapse Following
      }
      experiment e on Net { step 0.1 ms; seed 7; run 5 ms }
      """;

  private static Program program(int cells) {
    return Programs.compiled(TEXT.replace("CELLS", "" + cells)).program();
  }

  private static List<Stmt.Loop> loops(Program program, String kernel) {
    List<Stmt.Loop> loops = new ArrayList<>();
    List<Stmt> body =
        program.step().stream()
            .filter(each -> each.name().equals(kernel))
            .map(Kernel::body)
            .findFirst()
            .orElseThrow(() -> new AssertionError(kernel));
    Nodes.eachStatement(
        body,
        stmt -> {
          if (stmt instanceof Stmt.Loop loop && LeftOut.of(loop).isPresent()) {
            loops.add(loop);
          }
        });
    return loops;
  }

  @Test
  void isVectorsOnBothSides() {
    Stmt.Loop along = loops(program(100), "A->A.gap:transmit").getFirst();
    assertEquals(Optional.empty(), VectorPlan.of(along, "whole", 512));
    for (Stmt.Loop side : LeftOut.of(along).orElseThrow()) {
      assertTrue(VectorPlan.of(side, "side", 512).orElseThrow().parts().getFirst().vector());
    }
  }

  @Test
  void staysOneLoopWhereMoreThanOneIsLeftOut() {
    Stmt.Loop along = loops(program(100), "A->A.gap:transmit").getFirst();
    Stmt.If pairs = (Stmt.If) along.body().getLast();
    Expr index = new Expr.Read(along.index(), Scalar.I32);
    Expr half = new Expr.Compare(CompareOp.LT, index, Expr.i32(50));
    Expr itself = new Expr.Compare(CompareOp.NE, index, index);
    for (Expr condition : List.of(half, itself)) {
      Stmt other = new Stmt.If(condition, pairs.then(), List.of());
      assertEquals(
          Optional.empty(),
          LeftOut.of(
              new Stmt.Loop(
                  along.index(), along.from(), along.to(), along.order(), List.of(other))));
    }
    Stmt otherwise = new Stmt.If(pairs.condition(), pairs.then(), pairs.then());
    assertEquals(
        Optional.empty(),
        LeftOut.of(
            new Stmt.Loop(
                along.index(), along.from(), along.to(), along.order(), List.of(otherwise))));
  }

  @Test
  void givesTheSameBits() {
    for (int cells : new int[] {49, 64, 131}) {
      Program program = program(cells);
      assertEquals(
          Programs.hashes(program, JvmTarget.Code.SCALAR, 50, 400),
          Programs.hashes(program, JvmTarget.Code.VECTOR, 50, 400));
    }
  }
}
