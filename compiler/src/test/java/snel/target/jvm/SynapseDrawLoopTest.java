package snel.target.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Stmt;
import snel.ir.text.ProgramReader;
import snel.ir.verify.ProgramVerifier;
import snel.runtime.kernel.Network;
import snel.runtime.numeric.F32;
import snel.runtime.rng.Philox;

/// Synapses that draw when a network is built, in all forms of rows.
class SynapseDrawLoopTest {
  private static final int SEED = 5;
  private static final int[] STARTS = {0, 3, 3, 40};
  private static final int SYNAPSES = 40;
  private static final int DENSE = 20;

  private static final String HEAD =
      """
      program "p" step 1.0 real f32 seed 5
      buffers
        clock i64[5] clock
        halt i32[1] log
        fault i64[3] log
        start i32[4] wiring
        narrow u16[40] wiring
        wide i32[40] wiring
        repeat i32[40] wiring
        w f32[40] state
        v f32[60] state
      build
        FillIntegers(buffer: @start, values: [0, 3, 3, 40])
        kernel fill build {
          each k in 0 ..< 40 {
            narrow[k] = k * 1601
            wide[k] = k * 100003
            repeat[k] = k & 3
          }
        }
      """;

  private static Network built(String kernels) {
    Program program = ProgramReader.read(HEAD + kernels + "step\n");
    ProgramVerifier.verify(program);
    boolean[] found = {false};
    for (Kernel kernel : program.kernels()) {
      Nodes.eachStatement(
          kernel.body(),
          stmt ->
              found[0] |= stmt instanceof Stmt.Loop loop && SynapseDrawLoop.of(loop).isPresent());
    }
    assertTrue(found[0], "no row is drawn before it is gone through");
    return new JvmTarget(JvmTarget.Code.SCALAR).build(program);
  }

  /// A network whose synapses do this, row by row.
  private static float[] inRows(String body) {
    String kernel =
        "kernel draw build { for i in 0 ..< 3 { for s in start[i] ..< start[i + 1] {\n%s} } }\n";
    return (float[]) built(kernel.formatted(body)).array("w");
  }

  private static int word(int stream, int target, int row, int repeat, int attempt) {
    return Philox.word(SEED, stream, target, row, repeat, attempt, 0);
  }

  private static int row(int synapse) {
    int row = 0;
    while (STARTS[row + 1] <= synapse) {
      row++;
    }
    return row;
  }

  @Test
  void rowsOfNarrowTargetsDrawAgainWhereANumberIsOutOfBounds() {
    float[] found =
        inRows(
            """
            var x = normal:f32(philox(77, narrow[s], i, repeat[s], 0, 0))
            var tries = 1
            while (x < 0.5f) & (tries < 3) {
              x = normal:f32(philox(77, narrow[s], i, repeat[s], tries, 0))
              tries = tries + 1
            }
            w[s] = x
            """);
    for (int s = 0; s < SYNAPSES; s++) {
      int target = s * 1601;
      float x = F32.normal(word(77, target, row(s), s & 3, 0));
      for (int tries = 1; x < 0.5f && tries < 3; tries++) {
        x = F32.normal(word(77, target, row(s), s & 3, tries));
      }
      assertEquals(x, found[s], "synapse " + s);
    }
  }

  @Test
  void wordsThatAreMoreThanNormalNumbersStayWords() {
    float[] found =
        inRows(
            """
            let x = normal:f32(philox(-3, wide[s], i + 9, 2, 1, 0))
            w[s] = x + uniform:f32(philox(-3, wide[s], i + 9, 2, 1, 0))
            """);
    for (int s = 0; s < SYNAPSES; s++) {
      int word = word(-3, s * 100_003, row(s) + 9, 2, 1);
      assertEquals(F32.normal(word) + F32.uniform(word), found[s], "synapse " + s);
    }
  }

  @Test
  void aRowThatHasAllTargetsDrawsByTheirNumbers() {
    Network network =
        built(
            """
              kernel draw build {
                for i in 0 ..< 3 {
                  each j in 0 ..< 20 {
                    v[i * 20 + j] = uniform:f32(philox(6, j, i, 0, 0, 0))
                  }
                }
              }
            """);
    float[] found = (float[]) network.array("v");
    for (int k = 0; k < 3 * DENSE; k++) {
      assertEquals(F32.uniform(word(6, k % DENSE, k / DENSE, 0, 0)), found[k], "synapse " + k);
    }
  }
}
