package snel.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snel.ir.Program;
import snel.target.c.CPrograms;
import snel.target.jvm.JvmTarget;

/// Many populations and projections of one kind, which share methods on the JVM and none in C.
class ManyProjectionsTest {
  private static final String LAYERS =
      """
      neuron Cell {
        param tau = 10 ms
        state v : real = uniform(0, 1)
        v' = (1.2 - v) / tau
        receive syn(w : real) { v += w }
        spike when v > 1
        reset { v = 0 }
      }
      network Layers {
        for k in 0 ..< 4 { population pop[k] : Cell[50 + 7 * k](tau: (8 + k) * 1 ms) }
        for k in 0 ..< 4 {
          for l in 0 ..< 4 {
            connect pop[k] -> pop[l].syn  fixed_total(200 + 10 * k + l, multapses)
              weight normal(0.01 * (k + 1), 0.001 * (l + 1), min: 0)
              delay to_step(uniform(0.1 ms, (k + l + 2) * 0.1 ms))
          }
        }
      }
      experiment e on Layers { step 0.1 ms; seed 1; run 100 ms }
      """;

  @Test
  void givesTheSameStatesEverywhere(@TempDir Path folder) {
    Program program = RandomNetworksTest.whole(LAYERS);
    List<Move> moves = Move.of("b" + "s".repeat(100));
    List<String> scalar = Move.hashes(program, moves, JvmTarget.Code.SCALAR);
    assertTrue(new HashSet<>(scalar).size() > 90, "states that change");
    assertEquals(scalar, Move.hashes(program, moves, JvmTarget.Code.VECTOR));
    assumeTrue(CPrograms.isPresent("gcc"), "gcc is not installed: C was not compared");
    CPrograms all = new CPrograms(folder, "gcc", "-O0");
    assertEquals(List.of(scalar), all.hashes(List.of(program), moves));
  }
}
