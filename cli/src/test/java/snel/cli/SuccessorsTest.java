package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
}
