package snel.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Inputs that follow what changes, on the JVM and in C.
class FollowedInputsTest {
  private static final String NETWORK =
      """
      neuron L { input I : current; state v : voltage = 0 mV; v' = (100 MOhm * I - v) / 10 ms }
      network Net {
        input a : current = 3 pA
        input b : current = 3 pA
        population A : L[1](I: a)
        population B : L[1](I: b)
      }
      """;

  @TempDir private Path folder = Path.of("");

  /// 100 pA drive v to 10 mV (1 - exp(-n / 10)) after n steps: above 1 mV after the second.
  @Test
  void statesAreFollowedWhilePresented() throws IOException {
    var samples =
        alike(
            NETWORK
                + """
                experiment e on Net {
                  step 1 ms; numerics f64
                  record A.I, B.I
                  present a = if A[0].v > 1 mV then 0 pA else 100 pA,
                    b = (if B[0].v > 1 mV then 0 pA else 100 pA) + 0 pA * t / 1 ms for 6 ms
                }
                """);
    double[] cut = {0.1, 0.1, 0, 0, 0, 0};
    assertArrayEquals(cut, samples(samples, "A.I"), 1e-15);
    assertArrayEquals(cut, samples(samples, "B.I"), 1e-15);
  }

  @Test
  void variablesThatATimerAssignsAreFollowed() throws IOException {
    var samples =
        alike(
            NETWORK
                + """
                experiment e on Net {
                  step 1 ms; numerics f64
                  record A.I, B.I
                  var ok = 0
                  after 5 ms { ok = 1 }
                  every 2 ms { ok += 2 }
                  let before = ok
                  present a = ok * 1 nA, b = before * 1 nA for 7 ms
                }
                """);
    assertArrayEquals(new double[] {0, 0, 2, 2, 4, 1, 3}, samples(samples, "A.I"), 1e-15);
    assertArrayEquals(new double[7], samples(samples, "B.I"), 1e-15);
  }

  /// With `t` and without it: one number for the presentation, and the input as it was before.
  @Test
  void drawsAndTheInputItselfStayWhatTheyWere() throws IOException {
    var samples =
        alike(
            NETWORK
                + """
                function twice(x : current) : current = x + x
                experiment e on Net {
                  step 1 ms; numerics f64; seed 1
                  record A.I, B.I
                  present a = a + twice(uniform(1 nA, 2 nA)) + 0 nA * A[0].v / 1 mV, b = 2 * b + 1 nA * t / 1 ms for 4 ms
                  present a = normal(1 nA, 1 nA) + 1 nA * t / 1 ms for 2 ms
                  present a = normal(1 nA * t / 1 ms, 1 nA) - 1 nA * t / 1 ms for 2 ms
                }
                """);
    double[] a = samples(samples, "A.I");
    assertEquals(a[0], a[3], 0);
    assertEquals(1, a[5] - a[4], 1e-12);
    assertNotEquals(a[6], a[7], "drawn around what changes with time");
    assertArrayEquals(
        new double[] {0.006, 1.006, 2.006, 3.006, 0.003, 0.003, 0.003, 0.003},
        samples(samples, "B.I"),
        1e-12);
  }

  private static double[] samples(ProgramRun run, String path) {
    return Objects.requireNonNull(run.samples().get(path)).stream()
        .mapToDouble(line -> line.get(1))
        .toArray();
  }

  private ProgramRun alike(String text) throws IOException {
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
    Path file = folder.resolve("program.snn");
    Files.writeString(file, text);
    List<ProgramRun> onJvm = new JvmProgram(file, Map.of()).runs("e");
    List<String> arguments = List.of(file.toString(), "e");
    assertEquals(onJvm, CProgram.of(folder.resolve("c"), "-O0", arguments).runs());
    return onJvm.getLast();
  }
}
