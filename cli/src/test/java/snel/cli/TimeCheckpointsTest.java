package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A sample whose steps are written down a segment at a time leaves the weights, to the last bit,
/// the counts and the recordings of one that is written down as a whole, and inputs as they were.
class TimeCheckpointsTest {
  private static final String CELLS =
      "import std.encode.Latency\n"
          + TrainedCells.TEXT.replace("spike when v > V_th", "spike when v > V_th; refractory 2 ms")
          + """
          neuron Current {
            state v : real = 0, i : real = 0
            v' = (4 * i - v) / 20 ms
            i' = -i / 5 ms
            receive syn(w : real) { i += w }
            spike when v > 1
            reset { v = 0 }
          }
          neuron Value { input x : real; state v : real = 0; every dt { v = x } }
          neuron Fed {
            input x : real
            state v : real = 0
            v' = x / 3 ms - v / 20 ms
            spike when v > 1
            reset { v -= 1 }
          }
          synapse Weighted { weight w : real; transmit w * pre.v }
          """;

  /// A network each, its weights, how a sample is shown, and the loss.
  private static final Map<String, String[]> NETWORKS =
      Map.of(
          "recurrent",
          new String[] {
            """
              input image : real[8, 8]
              population x : Poisson[8, 8](rate: image * 500 Hz)
              population h : Learner[30]
              population y : Leaky[10]
              connect x -> h as a  all           weight kaiming()
              connect h -> h as b  bernoulli(0.3)  weight uniform(0, 0.2)  delay to_step(uniform(1 ms, 4 ms))
              connect h -> y as c  all           weight kaiming()  instant
            """,
            "a.w, b.w, c.w, h.tau_m, h.V_th, h.v, count(h), rate(x)",
            "present image = batch.image for 15 ms",
            "cross_entropy(max_over_time(y.v), batch.label) + 1e-3 * rate_outside(h, 1 Hz .. 50 Hz)",
            "bptt(surrogate: fast_sigmoid(slope: 5) OPTION)"
          },
          "convolution",
          new String[] {
            """
              input image : real[8, 8]
              population x : Poisson[1, 8, 8](rate: image * 500 Hz)
              population c : Lif[16, 8, 8]
              population p : Lif[16, 4, 4]
              population h : NormalisedLif[12]
              population d : DroppedLif[20]
              population y : Leaky[10]
              connect x -> c as k  conv([3, 3], padding: 1)  weight kaiming()  instant
              connect c -> p       pool([2, 2])              weight 1          instant
              connect p -> h as a  all                       weight kaiming()  instant
              connect h -> d as b  all                       weight kaiming()  instant
              connect d -> y as e  all                       weight kaiming()  instant
            """,
            "k.w, a.w, b.w, e.w, count(c)",
            "present image = batch.image for 15 ms",
            "cross_entropy(mean_over_time(y.v), batch.label)",
            "bptt(truncate: 6 ms OPTION)"
          },
          "values",
          new String[] {
            """
              input row : real[8]
              population x : Value[8](x: row)
              population h : Fed[30]
              population y : Leaky[10]
              connect x -> h.x as a  all  weight normal(0, 1)  synapse Weighted
              connect h -> y as c  all  weight normal(0, 0.3)
            """,
            "a.w, c.w, h.v, count(h)",
            "present row = signal(batch.image, rate: 1 kHz) for 15 ms",
            "cross_entropy(mean_over_time(y.v, last: 3 ms), batch.label)",
            "bptt(through_reset: false OPTION)"
          },
          "held",
          new String[] {
            """
              input row : real[64]
              population x : Latency[64](value: row, window: 12 ms)
              population z : Fed[64](x: row / 2)
              population h : Learner[30]
              population y : Leaky[10]
              connect x -> h as a  all  weight kaiming()
              connect z -> h as b  all  weight kaiming()
              connect h -> y as c  all  weight kaiming()  instant
            """,
            "a.w, b.w, c.w, z.v, count(h)",
            "present row = flatten(batch.image) for 15 ms",
            "cross_entropy(max_over_time(y.v), batch.label)",
            "bptt(surrogate: fast_sigmoid(slope: 5) OPTION)"
          },
          "times",
          new String[] {
            """
              input x : spikes[64]
              population h : Current[20]
              population y : Current[10]
              connect x -> h as a  all  weight uniform(0, 0.2)
              connect h -> y as c  all  weight uniform(0, 0.6)  delay 1 ms
            """,
            "a.w, c.w, h.v, count(h)",
            "present x = at_times(to_step(flatten(14 * batch.image) * 1 ms)) for 15 ms",
            "cross_entropy(y.first_spike / 5 ms, batch.label)",
            "eventprop(wake: 0.1 OPTION)"
          });

  @TempDir private Path folder = Path.of("");

  private Path program(String name, String option) throws IOException {
    String[] parts = Objects.requireNonNull(NETWORKS.get(name));
    String method = parts[4].replaceAll(" ?OPTION", option.isEmpty() ? "" : ", " + option);
    String text =
        CELLS
            + "network Net {\n"
            + parts[0]
            + "}\n"
            + """
            experiment fit on Net {
              step 1 ms; seed 1
              train by METHOD with adam(1e-2), clip_norm(1)
              record h
              for epoch in 1 .. 2 {
                for batch in digits8x8_mixed.train | take(13) | shuffle | batch(5) {
                  reset all
                  SHOWN
                  minimise LOSS
                }
              }
              run 5 ms
              report WEIGHTS
            }
            """
                .replace("METHOD", method)
                .replace("SHOWN", parts[2])
                .replace("LOSS", parts[3])
                .replace("WEIGHTS", parts[1]);
    Path file = folder.resolve("net.snn");
    Files.writeString(file, text);
    return file;
  }

  /// Results, and what is recorded.
  private String fitted(String name, String option, int threads) throws IOException {
    Path out = Files.createTempDirectory(folder, "runs");
    CommandLineRun run =
        CommandLineRun.of(
            "run",
            program(name, option).toString(),
            "--fresh",
            "--format",
            "json",
            "--threads",
            String.valueOf(threads),
            "--out",
            out.toString());
    assertEquals(0, run.exit(), run.out() + run.err());
    String line =
        run.out().lines().filter(l -> l.contains("\"results\"")).findFirst().orElseThrow();
    return line.replaceAll("\"\\w+_ms\":[0-9.eE+-]+", "") + "\n" + recorded(out);
  }

  private static String recorded(Path runs) throws IOException {
    try (Stream<Path> all = Files.walk(runs)) {
      Path spikes = all.filter(path -> path.endsWith("spikes.csv")).findFirst().orElseThrow();
      return Files.readString(spikes);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "recurrent, 4, 1",
    "recurrent, 14, 2",
    "convolution, 7, 2",
    "convolution, 1, 1",
    "values, 5, 1",
    "held, 4, 1",
    "held, 7, 2",
    "times, 6, 1"
  })
  void leaveTheSame(String name, int steps, int threads) throws IOException {
    String whole = fitted(name, "", 1);
    assertTrue(whole.contains("\"loss\""), whole);
    assertEquals(whole, fitted(name, "checkpoint: " + steps + " ms", threads));
  }

  @Test
  void theyAreAdvisedWhereWhatIsWrittenDownDoesNotFit() throws IOException {
    String text = Files.readString(program("recurrent", ""));
    Path file = folder.resolve("long.snn");
    Files.writeString(
        file, text.replace("Learner[30]", "Learner[3000]").replace("for 15 ms", "for 100 s"));
    CommandLineRun run = CommandLineRun.of("run", file.toString(), "--out", folder + "/runs");
    assertTrue(run.err().contains("error[E0908]"), run.err());
    assertTrue(run.err().contains("`checkpoint: 317 ms`"), run.err());
  }

  @Test
  void thePlanTellsOfThem() throws IOException {
    CommandLineRun run =
        CommandLineRun.of("plan", program("recurrent", "checkpoint: 4 ms").toString(), "fit");
    assertTrue(run.out().contains("in pieces of 4 steps, which are done once more"), run.out());
  }
}
