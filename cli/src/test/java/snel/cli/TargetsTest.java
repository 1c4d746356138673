package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Targets of a squared loss: the same numbers teach the same, however they are written.
class TargetsTest {
  private static final String PROGRAM =
      """
      import std.neurons.unit.Leaky
      network N {
        input x : spikes[1]
        population y : Leaky[2]
        connect x -> y as b  all  weight uniform(0.5, 1)
      }
      experiment fit on N {
        step 1 ms; seed 1
        numerics f64
        train by bptt() with gradient_descent(0.1)
        var q = 0.3
        repeat 3 times {
          reset all
          present x = [[1 ms]] for 40 ms
          minimise sum((LOSS)^2)
        }
        report w = b.w
      }
      """;

  @TempDir private Path folder = Path.of("");

  private String weights(String loss) throws IOException {
    Path file = folder.resolve("program.snn");
    Files.writeString(file, PROGRAM.replace("LOSS", loss));
    Path out = Files.createTempDirectory(folder, "runs");
    CommandLineRun run = CommandLineRun.of("run", file.toString(), "--out", out.toString());
    assertEquals(0, run.exit(), run.out() + run.err());
    try (Stream<Path> runs = Files.list(out)) {
      Path fit = runs.filter(Files::isDirectory).findFirst().orElseThrow();
      String result = Files.readString(fit.resolve("result.json"));
      int at = result.indexOf("\"w\":");
      assertTrue(at >= 0, result);
      return result.substring(at, result.indexOf(']', at));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[q, 2 * q]", "[0.3, 2 * q]", "[q + 0, 0.6]"})
  void aListMayHaveElementsThatOnlyTheRunKnows(String list) throws IOException {
    assertEquals(
        weights("max_over_time(y.v) - [0.3, 0.6]"), weights("max_over_time(y.v) - " + list));
  }

  @Test
  void readingsOfAllNeuronsArePickedOrNot() throws IOException {
    assertEquals(
        weights("max_over_time(y.v) - 2 * max_over_time(y.v)"),
        weights("max_over_time(y.v) - 2 * max_over_time(y.v)[0 ..< 2]"));
  }
}
