package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// An experiment that goes on from another is as one that does both, also where only one of the two
/// looks at weights, which need not be stored otherwise, or adds to what would be counted.
class SuccessorsTest {
  private static final String NETWORK =
      """
      neuron Cell {
        input I : real
        state v : real = 0
        v' = (I - v) / 10 ms
        receive syn(w : real) { v += w }
        spike when v > 1
        reset { v = 0 }
      }
      network Net {
        population A : Cell[200](v: uniform(0, 1))
        connect A -> A.syn as p  %s
      }
      """;

  private static final String FIRST = "present A.I = 1.2 for 20.3 ms";
  private static final String SECOND = "%s; present A.I = 1.1 for 20 ms; report n = count(A)";

  @TempDir private Path folder = Path.of("");

  private static Stream<Arguments> connections() {
    List<Arguments> all = new ArrayList<>();
    for (String rule : List.of("bernoulli(10 %)", "fixed_outdegree(20)", "all")) {
      for (String weight : List.of("0.01", "uniform(0, 0.02)")) {
        String connect = rule + "  weight " + weight + "  delay ";
        all.add(Arguments.of(connect + "to_step(uniform(0 ms, 4 ms))", "p.w = 0.02", ""));
        all.add(Arguments.of(connect + "3 ms", "p.w = 2 * p.w", ""));
        all.add(Arguments.of(connect + "3 ms", "rest 0.5 ms", "report m = mean(p.w)"));
      }
    }
    return all.stream();
  }

  private double spikes(String program, String experiment, String name) throws IOException {
    Path file = folder.resolve(name + ".snn");
    Files.writeString(file, program);
    CommandLineRun run =
        CommandLineRun.of(
            "run", file.toString(), experiment, "--format", "json", "--out", folder + "/" + name);
    assertEquals(0, run.exit(), run.out() + run.err());
    String line = run.out().lines().toList().getLast();
    return Double.parseDouble(line.replaceAll(".*\"n\":([0-9]+).*", "$1"));
  }

  @ParameterizedTest
  @MethodSource("connections")
  void whatIsOnItsWayArrives(String connect, String change, String look) throws IOException {
    String begin = " on Net { step 0.1 ms; seed 3; " + FIRST;
    String end = SECOND.formatted(change) + "; " + look;
    String whole = NETWORK.formatted(connect) + "experiment both" + begin + "; " + end + " }";
    String apart =
        NETWORK.formatted(connect)
            + ("experiment first" + begin + " }\n")
            + ("experiment second on Net from first { " + end + " }");
    double expected = spikes(whole, "both", "whole");
    assertTrue(expected > 100, "hardly a spike");
    assertEquals(expected, spikes(apart, "second", "apart"));
    // the one before asks, the one after does not
    String asks = apart.replaceFirst("20.3 ms", "20.3 ms; report before = mean(p.w)");
    assertEquals(expected, spikes(asks, "second", "asks"));
  }

  /// Parameters that only the second one assigns, of what keeps something of the past.
  private static Stream<Arguments> assigned() {
    String held =
        """
        neuron Cell {
          param tref = 2 ms
          input I : real = 1.5
          state v : real = 0
          v' = (I - v) / 10 ms
          spike when v > 1
          reset { v = 0 }
          refractory tref holding v
        }
        network Net { population B : Cell[3](I: [1.5, 1.7, 2.0]) }
        """;
    String decays =
        """
        import std.neurons.Parrot
        synapse Kept {
          param T = 20 ms
          weight w : real
          state e : real = 0
          e' = -e / T
          on pre { deliver w; w = e; e += 1 }
        }
        network Net {
          input i : spikes[1]
          population P : Parrot[1]
          connect i -> P.syn as f  all  weight 0  synapse Kept
        }
        """;
    String traced =
        """
        neuron Cell {
          state v : real = 0
          v' = (1.5 - v) / 10 ms
          receive syn(w : real) { v += w }
          spike when v > 1
          reset { v = 0 }
        }
        synapse Stdp {
          param tau_x = 20 ms
          weight w : real in 0 .. 1
          trace x of pre tau tau_x
          on pre { deliver w }
          on post { w += 0.01 * x }
        }
        network Net {
          population A : Cell[2]
          population B : Cell[3]
          connect A -> B as f  all  weight 0.1  delay post.index * 1 ms  synapse Stdp
        }
        """;
    return Stream.of(
        Arguments.of(held, "run 12 ms", "B.tref = 5 ms; run 12 ms; report n = B.v"),
        Arguments.of(
            decays,
            "present i = [[3 ms]] for 10 ms",
            "f.T = 10 ms; present i = [[5 ms]] for 10 ms; report n = f.w"),
        Arguments.of(traced, "run 30 ms", "f.tau_x = 10 ms; run 30 ms; report n = f.w"));
  }

  @ParameterizedTest
  @MethodSource("assigned")
  void whatIsKeptIsUnderstood(String network, String first, String second) throws IOException {
    String begin = " on Net { step 1 ms; seed 1; numerics f64; " + first;
    ProgramRun whole =
        BothTargets.alike(
            Files.createDirectory(folder.resolve("whole")),
            network + "experiment e" + begin + "; " + second + " }\n");
    ProgramRun apart =
        BothTargets.alike(
            Files.createDirectory(folder.resolve("apart")),
            network
                + ("experiment first" + begin + " }\n")
                + ("experiment e on Net from first { " + second + " }\n"));
    assertEquals(whole.results().get("n"), apart.results().get("n"));
  }

  /// A test goes on as an experiment does.
  @Test
  void testsGoOnToo() throws IOException {
    String connect = "bernoulli(10 %)  weight 0.01  delay 3 ms";
    String begin = " on Net { step 0.1 ms; seed 3; " + FIRST;
    String second = SECOND.formatted("p.w = 0.02");
    double expected =
        spikes(
            NETWORK.formatted(connect) + "experiment both" + begin + "; " + second + " }",
            "both",
            "whole");
    Path file = folder.resolve("tested.snn");
    Files.writeString(
        file,
        NETWORK.formatted(connect)
            + ("experiment first" + begin + " }\n")
            + ("test \"goes on\" on Net from first { " + second.split("report")[0])
            + ("expect count(A) == " + (int) expected + " }"));
    CommandLineRun run = CommandLineRun.of("test", file.toString());
    assertEquals(0, run.exit(), run.out() + run.err());
  }

  /// In other steps nothing is on its way; what was learnt is there, and it runs as in a network
  /// that was given these weights.
  @Test
  void anotherStepBeginsWithWhatWasLearnt() throws IOException {
    String network =
        """
        neuron Cell {
          state v : real = 0
          v' = (1.5 - v) / 10 ms
          receive syn(w : real) { v += w }
          spike when v > 1
          reset { v = 0 }
          refractory 2 ms holding v
        }
        synapse Stdp {
          weight w : real in 0 .. 1
          trace x of pre tau 20 ms
          on pre { deliver w }
          on post { w += 0.01 * x }
        }
        network Net {
          population A : Cell[2](v: [0.2, 0.7])
          population B : Cell[3](v: [0, 0.3, 0.5])
          connect A -> B as f  all  weight 0.1  delay post.index * 3 ms + 1 ms  synapse Stdp
        }
        experiment before on Net { step 0.1 ms; seed 1; run 50 ms; report f.w }
        """;
    ProgramRun after =
        BothTargets.alike(
            folder,
            network
                + """
                experiment e on Net from before {
                  step 0.25 ms
                  reset all
                  record B.v
                  report begun = f.w
                  run 50 ms
                  report f.w, B.v
                }
                """);
    Object left = Objects.requireNonNull(after.results().get("begun"));
    String given =
        network
            + """
            experiment e on Net {
              step 0.25 ms; seed 1
              record B.v
              f.w = [%s]
              report begun = f.w
              run 50 ms
              report f.w, B.v
            }
            """
                .formatted(rows(left));
    ProgramRun alone = BothTargets.alike(Files.createDirectory(folder.resolve("given")), given);
    assertEquals(alone.results(), after.results());
    assertNotEquals(List.of(0.1, 0.1, 0.1, 0.1, 0.1, 0.1), left);
  }

  private static String rows(Object weights) {
    List<?> all = (List<?>) weights;
    return all.subList(0, 3) + ", " + all.subList(3, 6);
  }
}
