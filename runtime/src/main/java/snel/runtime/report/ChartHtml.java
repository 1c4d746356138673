package snel.runtime.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import snel.runtime.record.Json;

/// Charts as elements that carry their numbers in an attribute.
final class ChartHtml {
  private ChartHtml() {}

  static String raster(Figure.Raster raster) {
    int stride = Thinning.stride(raster);
    List<Map<String, Object>> populations =
        raster.populations().stream()
            .map(all -> Thinning.spikes(all, stride))
            .map(spikes -> {
              var map = new LinkedHashMap<String, Object>();
              map.put("name", spikes.name());
              map.put("first", spikes.first());
              map.put("neurons", spikes.neurons());
              map.put("times", Encoded.singles(spikes.times()));
              map.put("ids", Encoded.wholes(spikes.ids()));
              return (Map<String, Object>) map;
            })
            .toList();
    var chart = new LinkedHashMap<String, Object>();
    chart.put("horizontal", raster.horizontal());
    chart.put("from", raster.from());
    chart.put("to", raster.to());
    chart.put("populations", populations);
    long dots = raster.populations().stream().mapToLong(spikes -> spikes.times().length).sum();
    String note =
        stride == 1
            ? Html.counted(dots, "spike")
            : "every %s neuron shown, %s in all"
                .formatted(ordinal(stride), Html.counted(dots, "spike"));
    return chart("raster", raster.title(), note, chart);
  }

  static String lines(Figure.Lines figure) {
    if (figure.lines().stream()
        .flatMapToDouble(line -> Arrays.stream(line.y()))
        .noneMatch(Double::isFinite)) {
      boolean nothing = figure.lines().stream().allMatch(line -> line.y().length == 0);
      return FigureHtml.framed(
          "lines", figure.title(), nothing ? "nothing was sampled" : "no finite value", "");
    }
    List<Figure.Line> lines = figure.lines().stream().map(Thinning::line).toList();
    boolean shared = lines.stream().allMatch(line -> Arrays.equals(line.x(), lines.getFirst().x()));
    List<Map<String, Object>> encoded =
        lines.stream()
            .map(line -> {
              var map = new LinkedHashMap<String, Object>();
              map.put("name", line.name());
              map.put("x", shared && line != lines.getFirst() ? "" : Encoded.doubles(line.x()));
              boolean few = figure.marked();
              map.put("y", few ? Encoded.doubles(line.y()) : Encoded.singles(line.y()));
              return (Map<String, Object>) map;
            })
            .toList();
    var chart = new LinkedHashMap<String, Object>();
    chart.put("horizontal", figure.horizontal());
    chart.put("vertical", figure.vertical());
    chart.put("marked", figure.marked());
    chart.put("lines", encoded);
    return chart("lines", figure.title(), "", chart);
  }

  static String bars(Figure.Bars bars) {
    double[] counts = Arrays.stream(bars.counts()).asDoubleStream().toArray();
    var chart = new LinkedHashMap<String, Object>();
    chart.put("horizontal", bars.horizontal());
    chart.put("edges", Encoded.doubles(bars.edges()));
    chart.put("counts", Encoded.singles(counts));
    String note = Html.counted(Arrays.stream(bars.counts()).sum(), "value");
    return chart("bars", bars.title(), note, chart);
  }

  static String ranges(Figure.Ranges figure) {
    List<Figure.Range> ranges = figure.ranges();
    var chart = new LinkedHashMap<String, Object>();
    chart.put("horizontal", figure.horizontal());
    chart.put("names", ranges.stream().map(Figure.Range::name).toList());
    chart.put("values", doubles(ranges, Figure.Range::value));
    chart.put("lows", doubles(ranges, Figure.Range::low));
    chart.put("highs", doubles(ranges, Figure.Range::high));
    chart.put("references", doubles(ranges, Figure.Range::reference));
    return chart("ranges", figure.title(), "", chart);
  }

  static String points(Figure.Points figure) {
    List<Figure.Point> points = figure.points();
    var chart = new LinkedHashMap<String, Object>();
    chart.put("horizontal", figure.horizontal());
    chart.put("vertical", figure.vertical());
    chart.put("names", points.stream().map(Figure.Point::name).toList());
    chart.put("x", doubles(points, Figure.Point::x));
    chart.put("y", doubles(points, Figure.Point::y));
    return chart("points", figure.title(), "", chart);
  }

  private static <T> String doubles(List<T> items, ToDoubleFunction<T> value) {
    return Encoded.doubles(items.stream().mapToDouble(value).toArray());
  }

  private static String chart(String kind, String title, String note, Map<String, Object> chart) {
    return FigureHtml.framed(
        kind,
        title,
        note,
        ("<div class=\"chart\" role=\"img\" aria-label=\"%s\" data-kind=\"%s\""
                + " data-chart=\"%s\"></div>\n")
            .formatted(Html.escape(title), kind, Html.escape(Json.line(chart))));
  }

  private static String ordinal(int number) {
    int last = number % 10;
    boolean teen = number % 100 / 10 == 1;
    return number + (teen ? "th" : last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th");
  }
}
