package snel.parallel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import snel.ir.Program;
import snel.ir.text.ProgramReader;
import snel.ir.verify.ProgramVerifier;
import snel.runtime.kernel.Crew;
import snel.runtime.kernel.Network;
import snel.target.jvm.JvmTarget;

class DividedUpdatesTest {
  private static final String UPDATE = "gradient:update:w";

  /// Pieces from the last to the first.
  private static final Crew BACKWARDS =
      (pieces, work) -> {
        for (int piece = pieces - 1; piece >= 0; piece--) {
          work.accept(piece);
        }
      };

  private static Program program(String name, int weights, String before) {
    Program program =
        ProgramReader.read(
            """
            program "p" step 1.0 real f32 seed 0
            buffers
              clock i64[5] clock
              halt i32[1] log
              fault i64[3] log
              rate f32[1] parameter
              w f32[WEIGHTS] plastic
            build
            demand
              kernel "NAME" on_demand {
                BEFORE
                let step = rate[0] + 0.5f
                each k in 0 ..< WEIGHTS {
                  let old = w[k]
                  w[k] = fma(f32(k), step, old)
                }
              }
            """
                .replace("NAME", name)
                .replace("WEIGHTS", Integer.toString(weights))
                .replace("BEFORE", before));
    ProgramVerifier.verify(program);
    return program;
  }

  private static int pieces(Program program) {
    return DividedUpdates.of(program).pieces().getOrDefault(UPDATE, List.of(UPDATE)).size();
  }

  @ParameterizedTest
  @ValueSource(ints = {131_072, 131_073, 200_001})
  void piecesInAnyOrderLeaveWhatTheKernelLeaves(int weights) {
    Program program = program(UPDATE, weights, "");
    ProgramVerifier.verify(DividedUpdates.of(program).program());
    assertEquals(8, pieces(program));
    Network network = new JvmTarget().build(program);
    network.call(UPDATE, BACKWARDS);
    network.call(UPDATE);
    var expected = new float[weights];
    for (int k = 0; k < weights; k++) {
      expected[k] = 0.5f * k + 0.5f * k;
    }
    assertArrayEquals(expected, (float[]) network.array("w"));
  }

  @Test
  void othersStayWhole() {
    assertEquals(1, pieces(program(UPDATE, 131_071, "")));
    assertEquals(1, pieces(program(UPDATE, 200_000, "rate[0] = 2.0f")));
    assertEquals(1, pieces(program(UPDATE, 200_000, "let largest = w[7]")));
    assertEquals(8, pieces(program(UPDATE, 200_000, "let other = rate[0]")));
    Program other = program("gradient:loss", 200_000, "");
    assertEquals(new DividedUpdates(other, Map.of()), DividedUpdates.of(other));
  }
}
