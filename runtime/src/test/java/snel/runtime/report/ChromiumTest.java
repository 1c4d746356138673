package snel.runtime.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Opens the sample report in a headless browser and looks at what it drew.
class ChromiumTest {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");

  /// For each figure: its title, its size on the page and how many colours its canvas holds.
  private static final String PROBE =
      """
      <script>
      const found = [...document.querySelectorAll("figure, details")].map((figure) => {
        const box = figure.getBoundingClientRect();
        const canvas = figure.querySelector("canvas");
        const colours = new Set();
        if (canvas) {
          const context = canvas.getContext("2d");
          const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
          for (let i = 0; i < data.length; i += 4) colours.add(data.slice(i, i + 3).join());
        }
        const image = figure.querySelector("img");
        const title = figure.querySelector("figcaption, summary").firstChild.textContent.trim();
        const size = [Math.round(box.width), Math.round(box.height)];
        return [title, ...size, colours.size, image ? image.naturalWidth : 0].join("|");
      });
      const list = document.createElement("pre");
      list.id = "probe";
      list.textContent = found.join("\\n");
      document.body.append(list);
      </script>
      """;

  /// Keeps what is written on canvases.
  private static final String LISTENER =
      """
      <script>
      const written = [];
      const write = CanvasRenderingContext2D.prototype.fillText;
      CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
        written.push(text);
        return write.call(this, text, ...rest);
      };
      </script>
      """;

  @TempDir Path folder;

  private record Seen(int width, int height, int colours, int imageWidth) {}

  @Test
  void everyFigureIsVisible() throws IOException, InterruptedException {
    Map<String, Seen> seen = look(new SampleReport().report().toHtml());
    List<String> charts =
        List.of(
            "Spikes",
            "Rates",
            "Membrane potentials",
            "Accuracy over time",
            "Accuracy by duration",
            "Accuracy and energy",
            "E.theta");
    List<String> others =
        List.of(
            "feed.w: what each neuron looks at",
            "digit",
            "Rate (Hz)",
            "Rate of each cell",
            "Layers",
            "Operations",
            "Manifest");
    assertEquals(charts.size() + others.size() + 1, seen.size());
    assertTrue(java.util.Objects.requireNonNull(seen.get("Accuracy of each")).height() > 100);
    for (String title : charts) {
      Seen chart = seen.get(title);
      assertNotNull(chart, title);
      assertTrue(chart.width() > 500 && chart.height() > 200, title + ": " + chart);
      assertTrue(chart.colours() > 10, title + " drew nothing: " + chart);
    }
    for (String title : others) {
      Seen figure = seen.get(title);
      assertNotNull(figure, title);
      assertTrue(figure.width() > 500 && figure.height() > 30, title + ": " + figure);
    }
    Seen weights = seen.get("feed.w: what each neuron looks at");
    assertEquals(20 * 9 - 1, weights == null ? 0 : weights.imageWidth());
  }

  /// However close the numbers lie, or how large or small they are; what is counted has whole
  /// numbers at its axis.
  @Test
  void marksOfAnAxisAreDistinct() throws IOException, InterruptedException {
    double[] edges = {-53 - 2e-7, -53, -53 + 2e-7};
    double[] x = {0, 1e-12, 2e-12};
    double[] y = {1e9, 1e9 + 1, 1e9 + 2};
    String close = "-53.0000002|-53.00000015|-53.0000001|-53.00000005|-53|-52.99999995|";
    assertTrue(written(new Figure.Bars("", "", edges, new long[] {1, 1})).startsWith(close));
    String lines = written(new Figure.Lines("", "", "", List.of(new Figure.Line("y", x, y)), true));
    assertTrue(lines.startsWith("0|2e-13|4e-13|"), lines);
    assertTrue(
        lines.endsWith("1e9|1.0000000005e9|1.000000001e9|1.0000000015e9|1.000000002e9"), lines);
    var spikes = new Figure.Spikes("E", 0, 1, new double[] {1}, new int[] {0});
    String raster = written(new Figure.Raster("", "time (ms)", 0, 1, List.of(spikes)));
    assertTrue(raster.endsWith("neuron|0|1"), raster);
    var slice = new Figure.Spikes("E[1000 .. 1001]", 1_000, 2, new double[] {1}, new int[] {0});
    String part = written(new Figure.Raster("", "time (s)", 0, 1, List.of(slice)));
    assertTrue(part.endsWith("neuron|1\u202f000|1\u202f001|1\u202f002"), part);
  }

  private String written(Figure figure) throws IOException, InterruptedException {
    String html = new Report("marks", "").put("figure", figure).toHtml();
    String list =
        """
        <pre id="probe"></pre>
        <script>document.querySelector("#probe").textContent = written.join("|");</script>
        """;
    Path page = folder.resolve("marks.html");
    Files.writeString(
        page, html.replace("<body", LISTENER + "<body").replace("</body>", list + "</body>"));
    Matcher matcher = Pattern.compile("<pre id=\"probe\">(.*?)</pre>").matcher(dump(page));
    assertTrue(matcher.find(), "the page's script did not run to its end");
    return matcher.group(1);
  }

  private Map<String, Seen> look(String html) throws IOException, InterruptedException {
    Path page = folder.resolve("report.html");
    Files.writeString(page, html.replace("</body>", PROBE + "</body>"));
    String text = dump(page);
    Matcher matcher = Pattern.compile("(?s)<pre id=\"probe\">(.*?)</pre>").matcher(text);
    assertTrue(matcher.find(), "the page's script did not run to its end");
    Map<String, Seen> seen = new LinkedHashMap<>();
    for (String line : matcher.group(1).split("\n")) {
      String[] parts = line.split("\\|");
      seen.put(
          parts[0],
          new Seen(
              Integer.parseInt(parts[1]),
              Integer.parseInt(parts[2]),
              Integer.parseInt(parts[3]),
              Integer.parseInt(parts[4])));
    }
    return seen;
  }

  private String dump(Path page) throws IOException, InterruptedException {
    for (String browser : BROWSERS) {
      List<String> command = new ArrayList<>();
      command.add(browser);
      command.addAll(
          List.of(
              "--headless",
              "--no-sandbox",
              "--disable-gpu",
              "--disable-quic",
              "--no-first-run",
              "--disable-background-networking",
              "--disable-component-update",
              "--disable-sync",
              "--window-size=1100,5000",
              "--user-data-dir=" + folder.resolve("profile"),
              "--dump-dom",
              page.toUri().toString()));
      Path out = folder.resolve("dom.html");
      Process process;
      try {
        process =
            new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
      } catch (IOException _) {
        continue; // not installed under this name
      }
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return Files.readString(out, StandardCharsets.UTF_8);
    }
    Assumptions.abort("skipped, Chromium is not installed (apt-get install chromium)");
    return "";
  }
}
