package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `numerics fast` gives up the bits of exponentials and logarithms in steps, and nothing else; the
/// level of a program and its integrators are told.
class NumericsTest {
  @TempDir private Path folder = Path.of("");

  /// One state a function, of arguments 0 .. 1 in 128 neurons; two steps of a rate that is drawn.
  private static String program(String numerics) {
    return """
    neuron All {
      param x = uniform(0, 1)
      state a : real = 0
      state b : real = 0
      state c : real = 0
      state d : real = 0
      state v : real = x
      state u : real = x
      v' = (exp(-v) - v) / 1 ms
      u' = -u / 5 ms
      every dt {
        a = exp(x); b = log(x) + exprel(x); c = tanh(x) + sigmoid(x); d = sin(x) * cos(x)
      }
    }
    network Net { population E : All[128] }
    experiment e on Net {
      step 0.1 ms; seed 1; numerics %s
      run 1 ms
      report a = E.a, b = E.b, c = E.c, d = E.d, v = E.v, x = E.x
      report y = E.u
    }
    """
        .formatted(numerics);
  }

  private Path written(String numerics) throws IOException {
    Path file = folder.resolve(numerics.replaceAll("\\W+", "_") + ".snn");
    Files.writeString(file, program(numerics));
    return file;
  }

  private static double[] numbers(ProgramRun run, String name) {
    return ((List<?>) Objects.requireNonNull(run.results().get(name)))
        .stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
  }

  @ParameterizedTest
  @CsvSource({"f32, 1e-6", "f64, 1e-15"})
  void whatIsNearIsAsNearAsTheTypeAllows(String type, double tolerance) throws IOException {
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
    Path file = written(type + ", fast");
    ProgramRun onJvm = new JvmProgram(file, java.util.Map.of()).runs("e").getFirst();
    CProgram made = CProgram.of(folder.resolve(type), "-O0", List.of(file.toString(), "e"));
    ProgramRun inC = made.runs().getFirst();
    double[] x = numbers(onJvm, "x");
    for (ProgramRun run : List.of(onJvm, inC)) {
      for (int k = 0; k < x.length; k++) {
        close(Math.exp(x[k]), numbers(run, "a")[k], tolerance);
        close(Math.log(x[k]) + Math.expm1(x[k]) / x[k], numbers(run, "b")[k], 4 * tolerance);
        double sigmoid = 1 / (1 + Math.exp(-x[k]));
        close(Math.tanh(x[k]) + sigmoid, numbers(run, "c")[k], tolerance);
        close(Math.sin(x[k]) * Math.cos(x[k]), numbers(run, "d")[k], tolerance);
      }
    }
    String text = Files.readString(made.folder().resolve("experiment_e.c"));
    assertTrue(text.contains(type.equals("f32") ? " expf(" : " exp("), text);
    ProgramRun strict = new JvmProgram(written(type), java.util.Map.of()).runs("e").getFirst();
    assertEquals(strict.results().get("x"), onJvm.results().get("x"));
    assertEquals(strict.results().get("y"), onJvm.results().get("y"));
  }

  private static void close(double wanted, double found, double tolerance) {
    assertEquals(wanted, found, tolerance * Math.max(1, Math.abs(wanted)));
  }

  @Test
  void theManifestAndThePlanTellTheLevel() throws IOException {
    for (String numerics : List.of("f32, strict", "f64, fast")) {
      Path file = written(numerics);
      Path runs = folder.resolve("runs" + numerics.charAt(1));
      CommandLineRun run = CommandLineRun.of("run", file.toString(), "--out", runs.toString());
      assertEquals(0, run.exit(), run.err());
      String manifest;
      try (Stream<Path> below = Files.walk(runs)) {
        Path found = below.filter(p -> p.endsWith("manifest.json")).findFirst().orElseThrow();
        manifest = Files.readString(found).replaceAll("\\s+", " ");
      }
      String level = numerics.endsWith("fast") ? "stat" : "bit";
      for (String fact :
          List.of(
              "\"numerics\":\"" + numerics + "\"",
              "\"level\":\"" + level + "\"",
              "\"E.u\":\"exact propagator, because linear with constant coefficients\"",
              "\"E.v\":\"Runge-Kutta of order 4, because not linear\"")) {
        assertTrue(manifest.contains(fact), manifest);
      }
      CommandLineRun plan = CommandLineRun.of("plan", file.toString());
      assertTrue(plan.out().contains("\nlevel " + level), plan.out());
      assertEquals(level.equals("stat"), plan.out().contains("because of `numerics fast`"));
      CommandLineRun lowered =
          CommandLineRun.of("compile", "--dump", "after=near-functions", file.toString());
      assertEquals(level.equals("stat"), lowered.out().contains("near_exp("), lowered.out());
    }
    assertNotEquals(0, CommandLineRun.of("run", written("f16").toString()).exit());
  }
}
