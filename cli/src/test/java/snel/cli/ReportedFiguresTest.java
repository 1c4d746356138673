package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stands at the figures of a report.
class ReportedFiguresTest {
  @TempDir private Path folder = Path.of("");

  /// The report of an experiment on four times five and twelve clocks that spike every 10 ms.
  private String page(String body) throws IOException {
    Path program = folder.resolve("figures.snn");
    Files.writeString(
        program,
        """
        synapse Fixed { weight w : current; on pre { deliver w } }
        neuron Clock {
          state n : int = 0
          state v : voltage = 2 mV
          state i : current = 0 pA
          receive arrived(x : current) { i += x }
          every dt { n += 1 }
          spike when n >= 10
          reset { n = 0 }
        }
        network Net {
          population flat : Clock[4, 5]
          population cube : Clock[3, 2, 2]
          for kind in ["slow", "fast"] { population cell[kind] : Clock[2] }
          connect cube -> flat.arrived as feed  all  weight 20 pA  synapse Fixed
        }
        experiment e on Net {
          step 1 ms; seed 1
          record flat[1, ..].v, cube.v every 1 ms
          run 100 ms
          %s
        }
        """
            .formatted(body));
    CommandLineRun run =
        CommandLineRun.of(
            "run", program.toString(), "e", "--out", folder.toString(), "--format", "json");
    assertEquals(0, run.exit(), run.err() + run.out());
    try (Stream<Path> files = Files.walk(folder)) {
      return Files.readString(
          files.filter(file -> file.endsWith("report.html")).findFirst().orElseThrow());
    }
  }

  private static List<String> found(String page, String pattern) {
    return Pattern.compile(pattern).matcher(page).results().map(ReportedFiguresTest::text).toList();
  }

  private static String text(MatchResult match) {
    return match.group(1).replaceAll("<[^>]*>", "").replace("&lt;", "<");
  }

  private static List<String> titles(String page) {
    return found(page, "<figcaption>(.*?)</figcaption>");
  }

  private static List<String> names(String page) {
    return found(page, "name&quot;:&quot;(.*?)&quot;");
  }

  @Test
  void mapsAndGridsAreInTheUnitOfTheirValues() throws IOException {
    String page =
        page("report map_of(rate(flat)), map_of(flat.v), map_of(count(cube)), grid(feed.w, 1, 2)");
    assertEquals(
        List.of("100 Hz", "2 mV", "10", "20 pA"),
        found(page, "<div class=\"scale\"><span>.*?</span>.*?<span>(.*?)</span></div>")
            .subList(0, 4));
    assertEquals(
        List.of(
            "rate of flat 1 image of 4 × 5",
            "flat.v 1 image of 4 × 5",
            "count of cube 3 images of 2 × 2",
            "feed.w (and 18 more) 2 images of 6 × 2"),
        titles(page).subList(0, 4));
  }

  @Test
  void partsOfPopulationsAreNamed() throws IOException {
    String page =
        page(
            "report raster(flat[2, ..], cube, flat[1, 3]), traces(flat[1, 3].v, flat[1, 0 ..< 2].v)");
    assertEquals(List.of("flat[2, ..]", "cube", "flat[1, 3]"), names(page).subList(0, 3));
    assertEquals(
        List.of("flat[1, 3].v", "flat[1, 0].v", "flat[1, 1].v"), names(page).subList(6, 9));
    assertEquals("Spikes of flat[2, ..], cube, flat[1, 3] 180 spikes", titles(page).getFirst());
  }

  /// What is worked out of recordings is in its unit as well.
  @Test
  void tracesOfExpressionsHaveUnits() throws IOException {
    String page = page("report traces(cube[0, 1, 1].v + 1 V)");
    assertEquals(
        List.of("cube[0, 1, 1].v + 1 V (mV)"), found(page, "vertical&quot;:&quot;(.*?)&quot;"));
    assertEquals(List.of("cube[0, 1, 1].v + 1 V"), names(page));
  }

  @Test
  void figuresWithoutNamesAreToldInWords() throws IOException {
    String page =
        page(
            "for k in 0 ..< 2 { report curve(k, rate(flat)), table(k, 2 * k), over_time(flat[0, 1].v) }");
    assertEquals(
        List.of("rate(flat) (Hz)", "k, 2 * k", "flat[0, 1].v"), titles(page).subList(0, 3));
  }

  /// A loop that picks members of a family is many statements in a row, and one table.
  @Test
  void whatGrowsIsOneThoughItsLoopBeUnrolled() throws IOException {
    String page =
        page(
            """
            for kind in ["slow", "fast"] { report table(kind, count(cell[kind])) }
            for kind in ["slow", "fast"] { report named = table(kind, rate(cell[kind])) }
            """);
    assertEquals(List.of("kind, count(cell[kind])", "named"), titles(page).subList(0, 2));
    assertEquals(List.of("slow", "fast", "slow", "fast"), found(page, "<tr><td>(slow|fast)</td>"));
  }

  /// Reported once: rates in bins and what was recorded; reported twice or in a loop, a point each.
  @Test
  void whatIsReportedOnceIsDrawnWhole() throws IOException {
    String page =
        page(
            """
            report over_time(rate(flat[0, ..])), over_time(mean(cube.v)), over_time(cube[0, 0, 1].v)
            report over_time(rate(cube)), over_time(2 * sum(feed.w))
            for k in 0 ..< 2 { report over_time(max(cube.v)) }
            run 100 ms
            report over_time(rate(cube))
            """);
    assertEquals(
        List.of(
            "rate of flat[0, ..] in bins of 1 ms",
            "mean of cube.v",
            "cube[0, 0, 1].v",
            "rate of cube",
            "2 * sum(feed.w)",
            "max of cube.v"),
        titles(page).subList(0, 6));
    String whole = "time (ms)";
    String points = "simulated time (ms)";
    assertEquals(
        List.of(whole, whole, whole, points, points, points),
        found(page, "horizontal&quot;:&quot;(.*?)&quot;").subList(0, 6));
  }

  /// `flat[1, ..]` begins at neuron 5.
  @Test
  void recordedStatesAreOfTheNeuronsThatWereRecorded() throws IOException {
    List<String> names = names(page("report raster(flat)"));
    assertEquals(
        List.of("flat[1, 0].v", "flat[1, 1].v", "flat[1, 2].v", "flat[1, 3].v", "flat[1, 4].v"),
        names.stream().filter(name -> name.startsWith("flat[")).toList());
    assertEquals(7, names.stream().filter(name -> name.startsWith("cube[")).count());
  }
}
