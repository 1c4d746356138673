package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Parts of what a loss reads are those that the same words pick elsewhere.
class LossReadingsTest {
  private static final String TWO_AXES =
      """
      import std.neurons.unit.{Lif, Leaky}
      network Net {
        input trains : spikes[4]
        population h : Lif[6]
        population y : Leaky[2, 3]
        connect trains -> h as first  all  weight kaiming()  instant
        connect h -> y as last  all  weight kaiming()  instant
      }
      experiment fit on Net {
        step 1 ms; seed 1
        train by bptt() with adam(1e-2)
        for trial in 1 .. 3 {
          reset all
          present trains = [[1 ms], [2 ms], [3 ms], [4 ms]] for 10 ms
          minimise LOSS
        }
        report total = sum(first.w), squares = sum(last.w^2)
      }
      """;

  private static final String GRADED =
      """
      import std.neurons.unit.{Lif, Leaky}
      neuron Held { input u : real; state v : real = 0; every dt { v += u / 5 }; spike when v > 0.9; reset { v = 0 } }
      network Net {
        input gain : real
        population x : Held[3](u: gain)
        population h : Lif[6]
        population y : Leaky[3]
        connect x -> h as first  all  weight kaiming()  instant
        connect h -> y as last  all  weight kaiming()  instant
      }
      experiment fit on Net {
        step 1 ms; seed 1
        train by bptt() with adam(1e-2)
        gain = 1
        LOOP {
          LOSS
          minimise cross_entropy(max_over_time(y.v), mod(trial, 3))
        }
        report total = sum(first.w), squares = sum(last.w^2)
      }
      """;

  private static final String TIMES =
      """
      import std.neurons.unit.SpikePropHidden
      network Net {
        input trains : spikes[3]
        population y : SpikePropHidden[4]
        connect trains -> y.syn as first  all  weight uniform(1, 2)
      }
      experiment fit on Net {
        step 0.1 ms; seed 1
        train by spike_time_gradient(dv_min: 0.1 / 1 ms) with gradient_descent(0.1)
        for cycle in 1 .. 5 {
          reset all
          present trains = [[0 ms], [6 ms], [0 ms]] for 30 ms
          minimise LOSS
        }
        report total = sum(first.w), squares = sum(first.w^2)
      }
      """;

  @TempDir private Path folder = Path.of("");

  private String learnt(String program, String loss) throws IOException {
    Path file = folder.resolve("program.snn");
    Files.writeString(file, program.replace("LOSS", loss));
    Path out = Files.createTempDirectory(folder, "runs");
    CommandLineRun run =
        CommandLineRun.of("run", file.toString(), "--format", "json", "--out", out.toString());
    assertEquals(0, run.exit(), run.out() + run.err());
    String line = run.out().lines().toList().getLast();
    return line.substring(line.indexOf("\"total\""), line.indexOf('}', line.indexOf("\"total\"")));
  }

  /// What each of the losses teaches, which is the same.
  private String same(String program, String... losses) throws IOException {
    String first = learnt(program, losses[0]);
    for (int k = 1; k < losses.length; k++) {
      assertEquals(first, learnt(program, losses[k]), losses[k]);
    }
    return first;
  }

  /// One index picks rows of a population of two axes.
  @Test
  void rowsAreRead() throws IOException {
    String row =
        same(
            TWO_AXES,
            "sum((max_over_time(y[1, ..].v) - 1)^2)",
            "sum((max_over_time(y.v)[1 .. 1] - 1)^2)",
            "sum((max_over_time(y.v)[1] - 1)^2)");
    String all =
        same(
            TWO_AXES, "sum((max_over_time(y.v) - 1)^2)", "sum((max_over_time(y.v)[0 .. 1] - 1)^2)");
    assertNotEquals(row, all);
  }

  @Test
  void firstSpikesOfSomeNeuronsAreRead() throws IOException {
    String one =
        same(
            TIMES,
            "sum((y.first_spike[1 .. 1] / 1 ms - 12)^2)",
            "(y[1].first_spike / 1 ms - 12)^2",
            "(first_spike(y[1]) / 1 ms - 12)^2");
    String two =
        same(
            TIMES,
            "sum((y.first_spike[1 .. 2] / 1 ms - 12)^2)",
            "sum((y[1 .. 2].first_spike / 1 ms - 12)^2)");
    assertNotEquals(one, two);
  }

  @Test
  void neuronsApartAndColumnsAreRead() throws IOException {
    same(
        TWO_AXES,
        "sum((max_over_time(y[.., [0, 2]].v) - 1)^2)",
        "sum((max_over_time(y.v)[.., [0, 2]] - 1)^2)");
    same(
        TWO_AXES,
        "sum((max_over_time(y[1, [2, 0]].v) - 1)^2)",
        "sum((max_over_time(y.v)[1, [2, 0]] - 1)^2)");
    same(
        TIMES,
        "sum((y[[0, 2]].first_spike / 1 ms - 12)^2)",
        "sum((y.first_spike[[0, 2]] / 1 ms - 12)^2)");
  }

  /// Inputs that are assigned are shown by a `run`, as by `present` for as long.
  @ParameterizedTest
  @ValueSource(strings = {"for trial in 1 .. 6", "for trial in [1, 2, 3, 4, 5, 6] | batch(3)"})
  void aRunShowsWhatIsAssigned(String loop) throws IOException {
    String program = GRADED.replace("LOOP", loop);
    same(program, "reset all; present gain = 1 for 20 ms", "reset all; run 20 ms");
  }
}
