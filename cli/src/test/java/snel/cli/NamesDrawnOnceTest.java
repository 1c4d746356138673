package snel.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a file or network calls by a name is one number in a run, however often it is used. The
/// numbers are `uniform(0, 1)` of seed 1 by a Philox and FNV-1a written in Python for this test.
class NamesDrawnOnceTest {
  private static final double TOP = 2243200881.0 / (1L << 32);
  private static final double TOPS = 1453700549.0 / (1L << 32);
  private static final double G = 212367637.0 / (1L << 32);
  private static final double L = 4067724744.0 / (1L << 32);
  private static final double D = 2577635136.0 / (1L << 32);
  private static final double PART_S = 1122883573.0 / (1L << 32);
  private static final double GIVEN_S = 3210037324.0 / (1L << 32);
  private static final double FIRST_U = 340242799.0 / (1L << 32);
  private static final double SECOND_U = 297015295.0 / (1L << 32);
  private static final double OF_LAB = 1378579386.0 / (1L << 32);
  private static final double G_OF_SEED_4 = 4147248659.0 / (1L << 32);

  private static final String NETWORK =
      """
      let top = uniform(0, 1)
      let tops = [uniform(0, 1), 2]
      function plus(x : real) : real = x + top
      neuron Cell {
        param p = tops[0]
        state v : real = top
        state z : real = plus(p)
        receive exc(w : real) { v += w }
      }
      network Part {
        param s = uniform(0, 1)
        population cells : Cell[2](v: s)
      }
      network Net {
        param g = uniform(0, 1)
        let l = 3 * g + uniform(0, 1)
        input x : spikes[3]
        population b : Cell[3]
        population c : Cell[2](v: top)
        network p : Part
        network given : Part(s: uniform(2, 3))
        for k in 0 ..< 2 {
          let u = uniform(0, 1)
          population first[k] : Cell[1](v: u)
          population twice[k] : Cell[1](v: 2 * u)
        }
        connect x -> b.exc as f one_to_one weight g
        connect x -> b.exc as h one_to_one weight 2 * g
        connect x -> b.exc as i one_to_one weight l
      }
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void areTheSameInEveryUse() throws IOException {
    ProgramRun run =
        BothTargets.alike(
            folder,
            NETWORK
                + """
                experiment e on Net {
                  step 1 ms; seed 1; numerics f64
                  run 1 ms
                  report v = b.v, z = b.z, c = c.v, f = f.w, h = h.w, i = i.w
                  report p = p.cells.v, given = given.cells.v
                  report u0 = [first[0].v, twice[0].v], u1 = [first[1].v, twice[1].v]
                  report read = [top, plus(0), tops[0], g, l, p.s]
                }
                """);
    assertNumbers(run, "v", TOP, TOP, TOP);
    assertNumbers(run, "z", TOPS + TOP, TOPS + TOP, TOPS + TOP);
    assertNumbers(run, "c", TOP, TOP);
    assertNumbers(run, "f", G, G, G);
    assertNumbers(run, "h", 2 * G, 2 * G, 2 * G);
    assertNumbers(run, "i", 3 * G + L, 3 * G + L, 3 * G + L);
    assertNumbers(run, "p", PART_S, PART_S);
    assertNumbers(run, "given", 2 + GIVEN_S, 2 + GIVEN_S);
    assertNumbers(run, "u0", FIRST_U, 2 * FIRST_U);
    assertNumbers(run, "u1", SECOND_U, 2 * SECOND_U);
    assertNumbers(run, "read", TOP, TOP, TOPS, G, 3 * G + L, PART_S);
  }

  @Test
  void areTheSameInTheExperimentsOfAChain() throws IOException {
    ProgramRun run =
        BothTargets.alike(
            folder,
            NETWORK
                + """
                experiment before on Net { step 1 ms; seed 1; numerics f64; run 1 ms }
                experiment e on Net from before { run 1 ms; report v = b.v, read = [top, g] }
                """);
    assertNumbers(run, "v", TOP, TOP, TOP);
    assertNumbers(run, "read", TOP, G);
  }

  @Test
  void startTheStatesOfNetworks() throws IOException {
    ProgramRun run =
        BothTargets.alike(
            folder,
            """
            neuron Cell { state v : real = 0 }
            network Net {
              state d : real = 1 + uniform(0, 1)
              d' = -d / 10 ms
              population b : Cell[2]
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              let at_start = d
              run 1 ms
              let later = d
              reset all
              report d = [at_start, later, d]
            }
            """);
    assertNumbers(run, "d", 1 + D, (1 + D) * Math.exp(-0.1), 1 + D);
  }

  /// With truths, whole numbers and bounds, where a network must know them.
  @Test
  void areKnownWhenTheNetworkIsMade() throws IOException {
    ProgramRun run =
        BothTargets.alike(
            folder,
            """
            let n = 3 + binomial(4, 0.5)
            let odd = bernoulli(50 %)
            let late = normal(5 ms, 1 ms, min: 4 ms, max: 6 ms)
            neuron Cell { state v : real = 0; receive exc(w : real) { v += w } }
            network Net {
              let mean = lognormal(3, 1)
              param drawn = gamma(mean: mean, sd: exponential(2))
              input x : spikes[1]
              population b : Cell[n](v: drawn)
              if odd { population more : Cell[n](v: drawn) }
              connect x -> b.exc all weight 1 delay to_step(late)
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              run 1 ms
              report difference = sum(b.v) - n * drawn
              expect n in 3 .. 7
              expect late in 4 ms .. 6 ms
            }
            """);
    assertEquals(2, run.passed());
    assertEquals(List.of(0.0), run.results().get("difference"));
  }

  @Test
  void followTheSeedAndGiveWayToSettings() throws IOException {
    String program =
        NETWORK
            + """
            experiment e on Net { step 1 ms; seed 1; numerics f64; run 1 ms
              report f = f.w, g = [g, g] }
            """;
    ProgramRun other = onJvm(program, Map.of("e.seed", "4"));
    assertNumbers(other, "f", G_OF_SEED_4, G_OF_SEED_4, G_OF_SEED_4);
    assertNumbers(onJvm(program, Map.of("Net.g", "0.25")), "f", 0.25, 0.25, 0.25);
    assertNumbers(onJvm(program, Map.of("Net.g", "uniform(1, 2)")), "f", 1 + G, 1 + G, 1 + G);
    assertNumbers(onJvm(program, Map.of("Net.g", "uniform(1, 2)")), "g", 1 + G, 1 + G);
  }

  /// Constants of two files that have the same name are two numbers.
  @Test
  void differFromFileToFile() throws IOException {
    Path lab = Files.createDirectory(folder.resolve("lab"));
    Files.writeString(lab.resolve("consts.snn"), "let top = uniform(0, 1)\n");
    ProgramRun run =
        onJvm(
            """
            import lab.consts as k
            import lab.consts.{top as there}
            let top = uniform(0, 1)
            neuron Cell { state v : real = there }
            network Net { population b : Cell[2] }
            experiment e on Net { step 1 ms; seed 1; numerics f64; run 1 ms
              report v = b.v, read = [top, there, k.top] }
            """,
            Map.of());
    assertNumbers(run, "v", OF_LAB, OF_LAB);
    assertNumbers(run, "read", TOP, OF_LAB, OF_LAB);
  }

  @Test
  void needASeed() throws IOException {
    Path file = folder.resolve("program.snn");
    Files.writeString(
        file,
        """
        let top = uniform(0, 1)
        neuron Cell { state v : real = top }
        network Net { population b : Cell[2] }
        experiment e on Net { step 1 ms; run 1 ms; report v = b.v }
        """);
    CommandLineRun run = CommandLineRun.of("check", file.toString());
    assertTrue(run.err().contains("E0305"), run.err());
  }

  private ProgramRun onJvm(String program, Map<String, String> settings) throws IOException {
    Path file = Files.writeString(folder.resolve("program.snn"), program);
    return new JvmProgram(file, settings).runs("e").getLast();
  }

  private static void assertNumbers(ProgramRun run, String name, double... wanted) {
    List<?> found = (List<?>) Objects.requireNonNull(run.results().get(name), name);
    assertArrayEquals(wanted, found.stream().mapToDouble(x -> (double) x).toArray(), 1e-15, name);
  }
}
