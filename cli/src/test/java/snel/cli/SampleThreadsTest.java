package snel.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import snel.target.jvm.Threads;

/// Samples that are shown to several networks at a time leave the bytes that one network leaves:
/// weights, optimiser, counts, tallies, clock.
class SampleThreadsTest {
  private static final String HEAD = "import std.decode.MaxPotential\n" + TrainedCells.TEXT;

  private static final String EXPERIMENTS =
      """
      experiment fit on Net {
        step 1 ms; seed 1
        train by bptt(surrogate: fast_sigmoid(slope: 5)) with adam(1e-2), clip_norm(1)
        SETTINGS
        for epoch in 1 .. 2 {
          for batch in digits8x8_mixed.train | take(43) | shuffle | batch(10) {
            do show(batch.image)
            minimise cross_entropy(mean_over_time(y.v), batch.label) + 1e-3 * rate_outside(h, 1 Hz .. 50 Hz)
            score digit against batch.label
          }
          for batch in digits8x8_mixed.test | take(15) | batch(4) { do show(batch.image); score digit against batch.label }
          report over_time(accuracy(digit)), rate(h)
          keep best accuracy(digit)
        }
      }
      experiment evaluate on Net from fit {
        for sample in digits8x8_mixed.test | take(25) { do show(sample.image); score digit against sample.label }
        report accuracy(digit), rate(h)
      }
      """;

  private static final Map<String, String> NETWORKS =
      Map.of(
          "dense",
          """
            population x : Poisson[8, 8](rate: image * 500 Hz)
            population h : Lif[40]
            population y : Leaky[10]
            connect x -> h  all  weight kaiming()  instant
            connect h -> y  all  weight kaiming()  instant
          """,
          "convolution",
          """
            population x : Poisson[1, 8, 8](rate: image * 500 Hz)
            population c : Lif[16, 8, 8]
            population h : Lif[16, 4, 4]
            population y : Leaky[10]
            connect x -> c  conv([3, 3], padding: 1)  weight kaiming()  instant
            connect c -> h  pool([2, 2])              weight 1          instant
            connect h -> y  all                       weight kaiming()  instant
          """,
          "recurrent",
          """
            population x : Poisson[8, 8](rate: image * 500 Hz)
            population h : Learner[30]
            population y : Leaky[10]
            connect x -> h  all           weight kaiming()
            connect h -> h  bernoulli(0.3)  weight uniform(0, 0.2)  delay to_step(uniform(1 ms, 4 ms))
            connect h -> y  all           weight kaiming()  instant
          """,
          "together", // samples are gone back over eight at a time
          """
            population x : Poisson[8, 8](rate: image * 500 Hz)
            population h : Lif[256]
            population y : Leaky[10]
            connect x -> h  all  weight kaiming()        instant
            connect h -> h  all  weight 0.3 * kaiming()
            connect h -> y  all  weight kaiming()        instant
          """,
          "wide", // weights are changed by several threads
          """
            population x : Poisson[8, 8](rate: image * 500 Hz)
            population h : Lif[2_100]
            population y : Leaky[10]
            connect x -> h  all  weight kaiming()  instant
            connect h -> y  all  weight kaiming()  instant
          """,
          "dropout",
          """
            population x : Poisson[8, 8](rate: image * 500 Hz)
            population h : DroppedLif[30]
            population y : Leaky[10]
            connect x -> h  all  weight kaiming()  instant
            connect h -> y  all  weight kaiming()  instant
          """,
          "normalised",
          """
            population x : Poisson[8, 8](rate: image * 500 Hz)
            population h : NormalisedLif[30]
            population y : Leaky[10]
            connect x -> h  all  weight kaiming()  instant
            connect h -> y  all  weight kaiming()  instant
          """);

  @TempDir private Path folder = Path.of("");

  private Path program(String network) throws IOException {
    String text =
        HEAD
            + "network Net {\n  input image : real[8, 8]\n"
            + NETWORKS.get(network)
            + "  readout digit : MaxPotential(y)\n"
            + "  protocol show(picture : real[8, 8]) { reset all; present image = picture for 15 ms }\n}\n"
            + EXPERIMENTS.replace("SETTINGS", network.equals("dropout") ? "h.keep = 0.5" : "");
    Path file = folder.resolve(network + ".snn");
    Files.writeString(file, text);
    return file;
  }

  private static void assertSame(Path expected, Path found) throws IOException {
    Map<String, byte[]> one = content(expected);
    Map<String, byte[]> other = content(found);
    assertEquals(one.keySet(), other.keySet());
    one.forEach((name, bytes) -> assertArrayEquals(bytes, other.get(name), name));
    assertTrue(one.containsKey("state.snel"), one.keySet().toString());
  }

  /// Every file but those that tell how long it took.
  private static Map<String, byte[]> content(Path run) throws IOException {
    Map<String, byte[]> content = new TreeMap<>();
    try (Stream<Path> inside = Files.walk(run)) {
      for (Path file : inside.filter(Files::isRegularFile).toList()) {
        String name = run.relativize(file).toString();
        if (name.matches("state.snel|.*\\.npz|tables/.*")) {
          content.put(name, Files.readAllBytes(file));
        } else if (name.equals("result.json")) {
          String timeless = Files.readString(file).replaceAll("\"\\w+_ms\":[0-9.eE+-]+", "");
          content.put(name, timeless.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return content;
  }

  @ParameterizedTest
  @CsvSource({
    "dense, 2",
    "dense, 8",
    "convolution, 3",
    "recurrent, 2",
    "together, 2",
    "together, 3",
    "wide, 2",
    "wide, 3",
    "dropout, 3",
    "normalised, 2"
  })
  void anyNumberOfThreadsLeavesTheSame(String network, int threads) throws IOException {
    Path file = program(network);
    Path one = new StoppedRuns(file).whole("evaluate", folder.resolve("one"));
    Path several =
        new StoppedRuns(file, Threads.exactly(threads))
            .whole("evaluate", folder.resolve("several"));
    assertSame(one, several);
    Path fit = Path.of("fit-" + one.getFileName().toString().split("-")[1]);
    assertSame(beside(one, fit), beside(several, fit));
  }

  private static Path beside(Path run, Path other) throws IOException {
    try (Stream<Path> all = Files.list(run.getParent())) {
      return all.filter(path -> path.getFileName().toString().startsWith("fit"))
          .findFirst()
          .orElseThrow(() -> new AssertionError(other.toString()));
    }
  }

  /// The latest loop that scores is that which learns.
  @Test
  void whatAnAnswerTakesWhileANetworkLearnsIsTheSame() throws IOException {
    Path file = program("dense");
    String text =
        Files.readString(file).replaceAll("(?m)^.*digits8x8_mixed.test \\| take\\(15\\).*\\n", "");
    Files.writeString(file, text);
    Path one = new StoppedRuns(file).whole("fit", folder.resolve("one"));
    Path several =
        new StoppedRuns(file, Threads.exactly(2)).whole("fit", folder.resolve("several"));
    assertSame(one, several);
  }

  @Test
  void aRunThatIsStoppedAndTakenUpLeavesTheSame() throws IOException {
    Path file = program("dropout");
    Path one = new StoppedRuns(file).whole("fit", folder.resolve("one"));
    StoppedRuns runs = new StoppedRuns(file, Threads.exactly(2));
    Path several = runs.stopped("fit", folder.resolve("several"), 40);
    assertTrue(runs.lives() > 2, "only " + runs.lives() + " lives");
    assertSame(one, several);
  }

  @Test
  void thePlanTellsWhetherSamplesAreShownSideBySide() throws IOException {
    assertTrue(plan("dense").contains("samples of 2 loops are shown side by side"), plan("dense"));
    assertTrue(plan("together").contains("samples of 2 loops are shown side by side"));
    assertTrue(plan("normalised").contains("one after the other"), plan("normalised"));
  }

  private String plan(String network) throws IOException {
    CommandLineRun run = CommandLineRun.of("plan", program(network).toString(), "fit");
    assertEquals(0, run.exit(), run.err());
    return run.out();
  }

  @Test
  void whatGoesWrongInASampleIsToldAsByOneNetwork() throws IOException {
    String text =
        Files.readString(program("dense"))
            .replace("population h : Lif[40]", "population h : Lif[40](tau_m: 1 ms)")
            .replace("adam(1e-2), clip_norm(1)", "gradient_descent(1e38)");
    Path file = folder.resolve("wrong.snn");
    Files.writeString(file, text);
    String one = failure(file, "1");
    assertFalse(one.isEmpty());
    assertEquals(one, failure(file, "2"));
  }

  private String failure(Path file, String threads) {
    CommandLineRun run =
        CommandLineRun.of(
            "run",
            file.toString(),
            "fit",
            "--threads",
            threads,
            "--out",
            folder + "/out" + threads);
    assertEquals(1, run.exit(), run.out() + run.err());
    return run.err().replaceAll("out[0-9]", "out");
  }
}
