package snel.runtime.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void theFileAsksForNothing() {
    String html = new SampleReport().report().toHtml();
    assertTrue(html.contains("default-src 'none'"));
    assertFalse(html.matches("(?s).*(src|href)=\"(?!data:).*"), "something is fetched");
    assertFalse(html.contains("@import"));
    assertFalse(html.matches("(?s).*url\\((?!data:).*"), "a style fetches something");
  }

  @Test
  void textsAreNoMarkup() {
    String html =
        new Report("<b>&", "it's \"so\"")
            .result("<i>", "1 < 2")
            .put("t", new Figure.Table("<u>", List.of("<h>"), List.of(List.of("</table>"))))
            .put("f", new Figure.Facts("<s>", Map.of("<k>", "<v>"), false))
            .toHtml();
    for (String tag : List.of("<b>&", "<i></", "<u>", "<h>", "<s>", "<k>", "<v>")) {
      assertFalse(html.contains(tag), tag);
    }
    assertTrue(html.contains("&lt;b&gt;&amp;"));
    assertTrue(html.contains("it&#39;s &quot;so&quot;"));
    assertTrue(html.contains("<td>&lt;/table&gt;</td>"));
  }

  @Test
  void aFigurePutAgainTakesTheOldOnesPlace() {
    Report report =
        new Report("r", "")
            .put("a", new Figure.Table("the first figure", List.of(), List.of()))
            .put("b", new Figure.Table("the second figure", List.of(), List.of()))
            .put("a", new Figure.Table("the third figure", List.of(), List.of()));
    String html = report.toHtml();
    assertFalse(html.contains("the first figure"));
    assertTrue(html.indexOf("the third figure") < html.indexOf("the second figure"));
    assertEquals("the third figure", report.figure("a").orElseThrow().title());
  }

  @Test
  void numbersAreWrittenForPeople() {
    assertEquals("12\u202f345\u202f678", Html.number(12_345_678));
    assertEquals("0.0125", Html.number(0.0125));
    assertEquals("-49", Html.number(-49));
    assertEquals("1.235e-05", Html.number(0.000012345678));
    assertEquals("86.53", Html.number(86.531986));
    assertEquals("100.5", Html.number(100.5));
  }

  @Test
  void longLinesAreThinnedWithoutLosingAPeak() {
    double[] x = IntStream.range(0, 1_000_000).mapToDouble(i -> i).toArray();
    double[] y = new double[x.length];
    y[777_777] = 5;
    y[123_456] = -3;
    Figure.Line thin = Thinning.line(new Figure.Line("v", x, y));
    assertEquals(Thinning.MOST_POINTS, thin.y().length);
    assertEquals(5, Arrays.stream(thin.y()).max().orElseThrow());
    assertEquals(-3, Arrays.stream(thin.y()).min().orElseThrow());
    double[] sorted = thin.x().clone();
    Arrays.sort(sorted);
    assertArrayEquals(sorted, thin.x());
  }

  @Test
  void aCrowdedRasterShowsWholeNeurons() {
    int dots = 150_000;
    int[] ids = IntStream.range(0, dots).map(e -> e % 1_000).toArray();
    double[] times = IntStream.range(0, dots).mapToDouble(e -> e * 0.001).toArray();
    var spikes = new Figure.Spikes("E", 0, 1_000, times, ids);
    var raster = new Figure.Raster("Spikes", "time (ms)", 0, 150, List.of(spikes));
    assertEquals(3, Thinning.stride(raster));
    Figure.Spikes shown = Thinning.spikes(spikes, 3);
    assertEquals(50_100, shown.times().length); // 334 neurons of 150 spikes
    assertTrue(Arrays.stream(shown.ids()).allMatch(id -> id % 3 == 0));
    assertTrue(
        new Report("r", "")
            .put("s", raster)
            .toHtml()
            .contains("every 3rd neuron shown, 150\u202f000 spikes in all"));
  }

  @Test
  void aLineOfManyPixelsIsNotThin() {
    String line = PictureHtml.images(images(1, 200));
    assertTrue(line.contains("style=\"width:800px;height:16px\""), line);
    assertFalse(PictureHtml.images(images(8, 8)).contains("style=\"width"));
  }

  private static Figure.Images images(int height, int width) {
    return new Figure.Images("f", 1, height, width, List.of(new double[height * width]), "");
  }

  @Test
  void picturesAreReadByOthers() throws IOException {
    ColourMap colours = new ColourMap(0, 1, false);
    Png png = new Png(3, 2);
    png.set(0, 0, colours.level(0));
    png.set(2, 1, colours.level(1));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png.toBytes(colours)));
    assertEquals(3, image.getWidth());
    assertEquals(2, image.getHeight());
    assertEquals(0xff440154, image.getRGB(0, 0));
    assertEquals(0, image.getRGB(1, 0) >>> 24, "pixels that are not set are clear");
    assertEquals(0xff, image.getRGB(2, 1) >>> 24);
    assertTrue((image.getRGB(2, 1) >> 8 & 0xff) > 0xe0, "the top of viridis is yellow");
  }

  @Test
  void valuesOfBothSignsHaveZeroInTheMiddle() {
    ColourMap both = ColourMap.spanning(List.of(new double[] {-1, 3, Double.NaN}));
    assertTrue(both.diverging());
    assertEquals(-3, both.low());
    assertEquals("#f7f7f6", both.css(0)); // white, as near as 256 levels come
    ColourMap one = ColourMap.spanning(List.of(new double[] {2, 5}));
    assertFalse(one.diverging());
    assertEquals(0, one.level(2));
    assertEquals(255, one.level(5));
  }
}
