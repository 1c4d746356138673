package snel.runtime.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import snel.runtime.measure.Histogram;
import snel.runtime.record.Manifest;
import snel.runtime.record.ResultLine;
import snel.runtime.report.Figure;
import snel.runtime.report.Report;
import snel.runtime.schedule.Drawing;
import snel.runtime.schedule.Results;

/// Makes the report page of a run from what the experiment reported.
final class ReportPages {
  private ReportPages() {}

  static void write(Path file, Manifest manifest, Results results, ResultLine line) {
    String subtitle =
        "%s, network %s, seed %d, step %s"
            .formatted(
                manifest.source(), manifest.network(), manifest.seed(), manifest.step());
    Report report = new Report(manifest.experiment(), subtitle);
    results.values().forEach((name, shown) -> report.result(name, shown.text()));
    results
        .figures()
        .forEach((key, figure) -> report.put(key, drawn(figure)));
    report.put("work", new Figure.Facts("Work done", work(line), false));
    report.put("manifest", new Figure.Facts("Manifest", manifest.toMap(), true));
    report.write(file);
  }

  private static Map<String, Object> work(ResultLine line) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("spikes", line.spikes());
    facts.put("synaptic operations", line.synapticOperations());
    facts.put("compile ms", line.times().compile());
    facts.put("build ms", line.times().build());
    facts.put("run ms", line.times().run());
    return facts;
  }

  private static Figure drawn(Results.Figure figure) {
    String title = figure.name();
    Drawing last = figure.parts().getLast();
    return switch (last) {
      case Drawing.Raster(var groups, double from, double to) ->
          new Figure.Raster(
              title, from, to, groups.stream().map(ReportPages::spikes).toList());
      case Drawing.Traces(String own, var traces) ->
          traces(own.isEmpty() ? title : own, traces);
      case Drawing.Grid(int _, int columns, int height, int width, double[][] images) ->
          new Figure.Images(title, columns, height, width, Arrays.asList(images));
      case Drawing.Histogram(double[] values, int bins, String unit) -> {
        Histogram counted = Histogram.of(values, bins);
        yield new Figure.Bars(title, unit, counted.edges(), counted.counts());
      }
      case Drawing.Point _ -> overTime(title, figure);
      case Drawing.Curve curve -> curve(title, curve, figure);
      case Drawing.HeatPoint point -> heatMap(title, point, figure);
      case Drawing.Row row ->
          new Figure.Table(
              title,
              row.headings(),
              figure.parts().stream().map(part -> ((Drawing.Row) part).cells()).toList());
      case Drawing.Map(int height, int width, double[] values, String _) ->
          new Figure.Images(title, 1, height, width, List.of(values));
      case Drawing.Confusion(long[][] counts) ->
          new Figure.Confusion(
              title,
              IntStream.range(0, counts.length).mapToObj(String::valueOf).toList(),
              counts);
      case Drawing.Degrees(int[] in, int[] out) -> degrees(title, in, out);
    };
  }

  private static Figure.Spikes spikes(Drawing.Group group) {
    int count = Arrays.stream(group.trains()).mapToInt(train -> train.length).sum();
    double[] all = new double[count];
    int[] neurons = new int[count];
    int at = 0;
    for (int i = 0; i < group.trains().length; i++) {
      for (double time : group.trains()[i]) {
        all[at] = time;
        neurons[at] = i;
        at++;
      }
    }
    Integer[] places = IntStream.range(0, count).boxed().toArray(Integer[]::new);
    Arrays.sort(places, (a, b) -> Double.compare(all[a], all[b]));
    double[] times = new double[count];
    int[] ids = new int[count];
    for (int k = 0; k < count; k++) {
      times[k] = all[places[k]];
      ids[k] = neurons[places[k]];
    }
    return new Figure.Spikes(group.name(), group.trains().length, times, ids);
  }

  private static Figure traces(String title, List<Drawing.Trace> traces) {
    List<Figure.Line> lines = new ArrayList<>();
    String unit = "";
    for (Drawing.Trace trace : traces) {
      unit = trace.unit();
      for (int row = 0; row < trace.rows().length; row++) {
        String name = trace.rows().length == 1 ? trace.name() : trace.name() + "[" + row + "]";
        lines.add(new Figure.Line(name, trace.times(), trace.rows()[row]));
      }
    }
    return new Figure.Lines(title, "time (ms)", unit, lines, false);
  }

  private static Figure overTime(String title, Results.Figure figure) {
    double[] x = figure.times().stream().mapToDouble(time -> time / 1000).toArray();
    double[] y =
        figure.parts().stream().mapToDouble(part -> ((Drawing.Point) part).value()).toArray();
    return new Figure.Lines(
        title, "simulated time (s)", "", List.of(new Figure.Line(title, x, y)), y.length < 50);
  }

  private static Figure curve(String title, Drawing.Curve last, Results.Figure figure) {
    double[] x =
        figure.parts().stream().mapToDouble(part -> ((Drawing.Curve) part).x()).toArray();
    double[] y =
        figure.parts().stream().mapToDouble(part -> ((Drawing.Curve) part).y()).toArray();
    return new Figure.Lines(
        title, last.xName(), last.yName(), List.of(new Figure.Line(last.yName(), x, y)), true);
  }

  private static Figure heatMap(String title, Drawing.HeatPoint last, Results.Figure figure) {
    List<Drawing.HeatPoint> points =
        figure.parts().stream().map(part -> (Drawing.HeatPoint) part).toList();
    double[] columns = distinct(points.stream().mapToDouble(Drawing.HeatPoint::x).toArray());
    double[] rows = distinct(points.stream().mapToDouble(Drawing.HeatPoint::y).toArray());
    double[][] sums = new double[rows.length][columns.length];
    int[][] counts = new int[rows.length][columns.length];
    for (Drawing.HeatPoint point : points) {
      int row = Arrays.binarySearch(rows, point.y());
      int column = Arrays.binarySearch(columns, point.x());
      sums[row][column] += point.z();
      counts[row][column]++;
    }
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < columns.length; column++) {
        sums[row][column] /= counts[row][column];
      }
    }
    return new Figure.HeatMap(
        title + ": " + last.zName(), last.xName(), columns, last.yName(), rows, sums);
  }

  private static double[] distinct(double[] values) {
    return new TreeSet<>(Arrays.stream(values).boxed().toList())
        .stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static Figure degrees(String title, int[] in, int[] out) {
    double[] all =
        IntStream.concat(Arrays.stream(in), Arrays.stream(out)).asDoubleStream().toArray();
    int most = (int) Arrays.stream(all).max().orElse(0);
    int bins = Math.clamp(most + 1, 1, 50);
    Histogram inward = Histogram.between(Arrays.stream(in).asDoubleStream().toArray(), 0, most + 1, bins);
    Histogram outward = Histogram.between(Arrays.stream(out).asDoubleStream().toArray(), 0, most + 1, bins);
    double[] x = Arrays.copyOf(inward.edges(), bins);
    return new Figure.Lines(
        title,
        "synapses of a neuron",
        "neurons",
        List.of(
            new Figure.Line("in", x, Arrays.stream(inward.counts()).asDoubleStream().toArray()),
            new Figure.Line("out", x, Arrays.stream(outward.counts()).asDoubleStream().toArray())),
        true);
  }
}
