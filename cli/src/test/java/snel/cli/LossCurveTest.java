package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The curve of the loss: a point for each update at first, later one for more and more of them,
/// and one at the end of each pass over the data.
class LossCurveTest {
  private static final String PROGRAM =
      """
      import std.data.digits8x8
      import std.neurons.unit.Rectified.{Linear, Shown, Weighted}
      network Net {
        input image : real[8, 8]
        population x : Shown[64](value: flatten(image))
        population y : Linear[10]
        connect x -> y.x  all  weight kaiming()  synapse Weighted
      }
      experiment fit on Net {
        step 1 ms; seed 7
        train by bptt() with gradient_descent(1e-2)
        for epoch in 1 .. EPOCHS {
          for sample in digits8x8.train | take(SAMPLES)STAGE {
            reset all
            present image = sample.image for 3 ms
            minimise cross_entropy(mean_over_time(y.v, last: 1 ms), sample.label)
          }
        }
      }
      """;

  @TempDir private Path folder = Path.of("");

  private record Point(double time, double loss) {}

  private record Curve(List<Point> points, double loss) {}

  private Curve of(int epochs, int samples, String stage, String... more) throws IOException {
    Path file = folder.resolve("program.snn");
    String text = PROGRAM.replace("EPOCHS", "" + epochs).replace("SAMPLES", "" + samples);
    Files.writeString(file, text.replace("STAGE", stage));
    Path out = Files.createTempDirectory(folder, "runs");
    List<String> arguments = List.of("run", file.toString(), "--out", out.toString());
    CommandLineRun run =
        CommandLineRun.of(
            Stream.concat(arguments.stream(), Stream.of(more)).toArray(String[]::new));
    assertEquals(0, run.exit(), run.out() + run.err());
    try (Stream<Path> runs = Files.list(out)) {
      Path fit = runs.filter(Files::isDirectory).findFirst().orElseThrow();
      String result = Files.readString(fit.resolve("result.json"));
      String loss = result.substring(result.indexOf("\"loss\":") + 7).split("[,}]")[0];
      List<Point> points =
          Files.readAllLines(fit.resolve("tables").resolve("loss.csv")).stream()
              .skip(1)
              .map(line -> line.split(","))
              .map(cells -> new Point(Double.parseDouble(cells[0]), Double.parseDouble(cells[1])))
              .toList();
      return new Curve(points, Double.parseDouble(loss.strip()));
    }
  }

  /// Updates that each point stands for.
  private static List<Long> updates(Curve curve, double milliseconds) {
    double[] before = {0};
    return curve.points.stream()
        .map(point -> {
          long count = Math.round((point.time - before[0]) / milliseconds);
          before[0] = point.time;
          return count;
        })
        .toList();
  }

  @Test
  void aPassHasManyPointsWhoseMeanIsTheLossOfThePass() throws IOException {
    Curve curve = of(1, 500, " | batch(5)");
    List<Long> updates = updates(curve, 15);
    assertEquals(100, updates.stream().mapToLong(count -> count).sum());
    assertEquals(1, updates.getFirst());
    assertEquals(1, updates.get(31));
    assertEquals(2, updates.get(32));
    assertEquals(3, updates.get(48));
    double sum = 0;
    for (int k = 0; k < updates.size(); k++) {
      sum += updates.get(k) * curve.points.get(k).loss;
    }
    assertEquals(curve.loss, sum / 100, 1e-12 * curve.loss);
    assertTrue(curve.points.getLast().loss < curve.points.getFirst().loss, curve.toString());
  }

  @Test
  void eachPassEndsWithAPoint() throws IOException {
    List<Long> updates = updates(of(12, 50, " | batch(10)"), 30);
    assertEquals(60, updates.stream().mapToLong(count -> count).sum());
    long passed = 0;
    long ends = 0;
    for (long count : updates) {
      passed += count;
      ends += passed % 5 == 0 ? 1 : 0;
    }
    assertEquals(12, ends, updates.toString());
  }

  @Test
  void samplesThatEachAreAnUpdateHaveOneToo() throws IOException {
    Curve curve = of(1, 40, "");
    assertEquals(36, curve.points.size());
    assertEquals(List.of(1L, 1L, 2L, 2L), updates(curve, 3).subList(30, 34));
  }

  @Test
  void threadsThatShareSamplesDrawTheSameCurve() throws IOException {
    Curve alone = of(1, 300, " | batch(20)", "--threads", "1");
    assertEquals(alone, of(1, 300, " | batch(20)", "--threads", "2"));
  }
}
