package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is clipped to `a ..< b` stays below b, on the JVM and in C.
class OpenEndsTest {
  private static final String NETWORK =
      """
      neuron Cell {
        param list : real[3] = [10, 20, 30]
        param top = 1
        state place : int in 0 ..< 3 = 0
        state sum : real = 0
        state start : real in 0 ..< 0.7 = 5
        state x : real in 0 ..< 1 = 0
        state y : real in 0 ..< top = 0
        state n : real in -3 ..< -2 = -2.5
        state raw : fixed(4, 4) in 0 ..< 1 = 0
        every dt { sum += list[place]; place += 1; x += 0.6; y += 0.6; n += 0.6; raw += 0.6 }
        receive exc(w : real) {}
      }
      synapse Growing { weight w : real in 0 ..< 1; on pre { deliver w; w += 0.4 } }
      network Net {
        input s : spikes[1]
        population A : Cell[3](top: 0.25 + self.index / 4)
        connect s -> A.exc as f all weight 0.5 synapse Growing
        connect s -> A.exc as g all weight 1 synapse Growing
      }
      experiment e on Net {
        step 1 ms; seed 1; NUMERICS
        report made = g.w
        present s = [[0 ms, 2 ms, 3 ms]] for 6 ms
        report sum = A.sum, start = A.start, x = A.x, y = A.y, n = A.n, raw = A.raw, w = f.w
      }
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void areTheNumberBeforeInDoublePrecision() throws IOException {
    ProgramRun run = alike("numerics f64");
    assertAll(run, "sum", 150); // 10 + 20 + 4 * 30
    assertAll(run, "raw", 15 / 16.0);
    assertAll(run, "start", Math.nextDown(0.7));
    assertAll(run, "x", Math.nextDown(1.0));
    assertAll(run, "n", Math.nextDown(-2.0));
    assertAll(run, "w", Math.nextDown(1.0));
    assertAll(run, "made", Math.nextDown(1.0));
    List<Double> tops = List.of(Math.nextDown(0.25), Math.nextDown(0.5), Math.nextDown(0.75));
    assertEquals(tops, run.results().get("y"));
  }

  @Test
  void areTheNumberBeforeInSinglePrecision() throws IOException {
    ProgramRun run = alike("numerics f32");
    assertAll(run, "sum", 150);
    assertAll(run, "raw", 15 / 16.0);
    assertAll(run, "start", Math.nextDown(0.7f));
    assertAll(run, "x", Math.nextDown(1f));
    assertAll(run, "n", Math.nextDown(-2f));
    assertAll(run, "w", Math.nextDown(1f));
    assertAll(run, "made", Math.nextDown(1f));
    List<Double> tops =
        List.of(
            (double) Math.nextDown(0.25f),
            (double) Math.nextDown(0.5f),
            (double) Math.nextDown(0.75f));
    assertEquals(tops, run.results().get("y"));
  }

  private static void assertAll(ProgramRun run, String name, double wanted) {
    Double[] all = new Double[3];
    Arrays.fill(all, wanted);
    assertEquals(List.of(all), run.results().get(name), name);
  }

  private ProgramRun alike(String numerics) throws IOException {
    return BothTargets.alike(folder, NETWORK.replace("NUMERICS", numerics));
  }
}
