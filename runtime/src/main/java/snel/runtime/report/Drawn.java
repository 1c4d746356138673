package snel.runtime.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import snel.runtime.measure.Histogram;
import snel.runtime.measure.Rates;
import snel.runtime.measure.SpikeTrains;
import snel.runtime.schedule.Drawing;
import snel.runtime.schedule.Results;

/// What a program reported, as figures of a page.
final class Drawn {
  private static final int MOST_LINES = 12;

  private Drawn() {}

  /// Puts everything that was reported under one name.
  static void put(Report report, String key, Results.Figure figure) {
    if (figure.parts().isEmpty()) {
      return;
    }
    String name = figure.name();
    // parts of one figure are of one kind: a report statement draws always the same
    switch (figure.parts().getLast()) {
      case Drawing.Raster raster -> raster(report, key, name, raster);
      case Drawing.Traces traces -> traces(report, key, name, traces);
      case Drawing.Course(var trace, double binMs, double beganMs) -> {
        String title = Titles.inBins(Titles.of(name), binMs);
        traces(report, key, name, new Drawing.Traces(title, List.of(trace), beganMs));
      }
      case Drawing.Grid grid ->
          report.put(
              key,
              new Figure.Images(
                  Titles.andMore(Titles.ofSubject("grid", name), grid.left()),
                  grid.columns(),
                  grid.height(),
                  grid.width(),
                  Arrays.asList(grid.images()),
                  grid.unit()));
      case Drawing.Histogram histogram ->
          report.put(key, histogram(Titles.of(Titles.ofSubject("histogram", name)), histogram));
      case Drawing.Point point -> report.put(key, overTime(Titles.of(name), figure, point.unit()));
      case Drawing.Curve curve -> report.put(key, curve(name, figure, curve));
      case Drawing.HeatPoint point -> report.put(key, heatMap(figure, point));
      case Drawing.Row row -> report.put(key, table(name, figure, row));
      case Drawing.Map map -> {
        List<double[]> images = map.images();
        report.put(
            key,
            new Figure.Images(
                Titles.of(Titles.ofSubject("map_of", name)),
                (int) Math.ceil(Math.sqrt(images.size())),
                map.height(),
                map.width(),
                images,
                map.unit()));
      }
      case Drawing.Confusion confusion ->
          report.put(
              key, new Figure.Confusion(Titles.of(name), classes(confusion), confusion.counts()));
      case Drawing.Degrees degrees -> {
        String title = Titles.of(name);
        report.put(key + " in", degrees(title + ": synapses onto a neuron", degrees.in()));
        report.put(key + " out", degrees(title + ": synapses from a neuron", degrees.out()));
      }
    }
  }

  /// The spikes, and under them the rate of each population over the same time.
  private static void raster(Report report, String key, String name, Drawing.Raster raster) {
    List<Figure.Spikes> populations = new ArrayList<>();
    List<Figure.Line> rates = new ArrayList<>();
    double bin = Rates.bin(raster.toMs() - raster.fromMs());
    TimeAxis axis = TimeAxis.upTo(raster.toMs());
    for (Drawing.Group group : raster.groups()) {
      populations.add(spikes(group, axis));
      SpikeTrains trains = SpikeTrains.of(raster.fromMs(), raster.toMs(), group.trains());
      double[] hertz =
          Arrays.stream(Rates.overTime(trains, bin)).map(perMs -> 1_000 * perMs).toArray();
      rates.add(new Figure.Line(group.name(), axis.of(Rates.middles(trains, bin)), hertz));
    }
    String whole = Titles.ofRaster(name, raster.groups());
    String time = time(axis, raster.beganMs());
    report.put(
        key,
        new Figure.Raster(
            whole, time, axis.of(raster.fromMs()), axis.of(raster.toMs()), populations));
    if (rates.stream().anyMatch(line -> line.x().length > 1)) {
      String title = "Rates, in bins of " + Html.number(bin) + " ms";
      report.put(key + " rates", new Figure.Lines(title, time, "rate (Hz)", rates, false));
    }
  }

  /// Says since when time counts, where it is not the beginning of the experiment.
  private static String time(TimeAxis axis, double beganMs) {
    if (beganMs == 0) {
      return axis.label("time");
    }
    return axis.label("time since the latest episode began, at " + TimeAxis.told(beganMs));
  }

  /// Trains as events in the order of time.
  private static Figure.Spikes spikes(Drawing.Group group, TimeAxis axis) {
    int count = Arrays.stream(group.trains()).mapToInt(train -> train.length).sum();
    double[] times = new double[count];
    int[] ids = new int[count];
    int at = 0;
    for (int i = 0; i < group.trains().length; i++) {
      for (double time : group.trains()[i]) {
        times[at] = axis.of(time);
        ids[at++] = i;
      }
    }
    return new Figure.Spikes(group.name(), group.first(), group.trains().length, times, ids);
  }

  /// One figure for each unit, since unlike things do not share an axis.
  private static void traces(Report report, String key, String name, Drawing.Traces traces) {
    Map<String, List<Figure.Line>> byUnit = new LinkedHashMap<>();
    Map<String, Integer> left = new LinkedHashMap<>();
    TimeAxis time =
        TimeAxis.upTo(
            traces.traces().stream()
                .flatMapToDouble(trace -> Arrays.stream(trace.times()))
                .max()
                .orElse(0));
    for (Drawing.Trace trace : traces.traces()) {
      List<Figure.Line> lines = byUnit.computeIfAbsent(trace.unit(), _ -> new ArrayList<>());
      for (int r = 0; r < trace.rows().length; r++) {
        if (lines.size() < MOST_LINES) {
          double[] times = time.of(trace.times());
          lines.add(new Figure.Line(trace.labels().get(r), times, trace.rows()[r]));
        } else {
          left.merge(trace.unit(), 1, Integer::sum);
        }
      }
    }
    byUnit.forEach((unit, lines) -> {
      String title =
          traces.title().isEmpty() ? Titles.ofTraces(name, traces, unit) : traces.title();
      String note = Titles.andMore(title, left.getOrDefault(unit, 0));
      String axis = Titles.axis(Titles.shared(lines), unit);
      report.put(
          key + " " + unit,
          new Figure.Lines(note, time(time, traces.beganMs()), axis, lines, false));
    });
  }

  private static Figure overTime(String name, Results.Figure figure, String unit) {
    double[] times = figure.times().stream().mapToDouble(Double::doubleValue).toArray();
    TimeAxis time = TimeAxis.upTo(times[times.length - 1]);
    double[] x = time.of(times);
    Series series = new Series(name, Series.of(figure).points());
    List<Figure.Line> lines =
        IntStream.range(0, series.count())
            .mapToObj(k -> new Figure.Line(series.names().get(k), x, series.values(k)))
            .toList();
    String axis = time.label("simulated time");
    return new Figure.Lines(name, axis, Titles.axis(name, unit), lines, x.length <= 100);
  }

  private static Figure curve(String name, Results.Figure figure, Drawing.Curve last) {
    List<Drawing.Curve> points = new ArrayList<>();
    for (Drawing part : figure.parts()) {
      if (part instanceof Drawing.Curve point) {
        points.add(point);
      }
    }
    List<Figure.Line> lines = lines(points, last.yName());
    return new Figure.Lines(
        Titles.unlessNamed("curve", name, last.yName()),
        last.xName(),
        last.yName(),
        lines,
        lines.getFirst().x().length <= 100);
  }

  /// One line; as many as there are points at each place, where a sweep varies more than the place.
  private static List<Figure.Line> lines(List<Drawing.Curve> points, String name) {
    Map<Double, List<Drawing.Curve>> byPlace = new TreeMap<>();
    points.forEach(p -> byPlace.computeIfAbsent(p.x(), _ -> new ArrayList<>()).add(p));
    int count = byPlace.values().iterator().next().size();
    if (count == 1 || byPlace.values().stream().anyMatch(at -> at.size() != count)) {
      return List.of(line(name, byPlace.values().stream().flatMap(List::stream).toList()));
    }
    return IntStream.range(0, count)
        .mapToObj(
            k -> line(name + " " + k, byPlace.values().stream().map(at -> at.get(k)).toList()))
        .toList();
  }

  private static Figure.Line line(String name, List<Drawing.Curve> points) {
    return new Figure.Line(
        name,
        points.stream().mapToDouble(Drawing.Curve::x).toArray(),
        points.stream().mapToDouble(Drawing.Curve::y).toArray());
  }

  private static Figure heatMap(Results.Figure figure, Drawing.HeatPoint last) {
    List<Drawing.HeatPoint> points = new ArrayList<>();
    for (Drawing part : figure.parts()) {
      if (part instanceof Drawing.HeatPoint point) {
        points.add(point);
      }
    }
    double[] columns =
        points.stream().mapToDouble(Drawing.HeatPoint::x).sorted().distinct().toArray();
    double[] rows = points.stream().mapToDouble(Drawing.HeatPoint::y).sorted().distinct().toArray();
    double[][] values = new double[rows.length][columns.length];
    for (double[] row : values) {
      Arrays.fill(row, Double.NaN);
    }
    for (Drawing.HeatPoint point : points) {
      int row = Arrays.binarySearch(rows, point.y());
      values[row][Arrays.binarySearch(columns, point.x())] = point.z();
    }
    return new Figure.HeatMap(last.zName(), last.xName(), columns, last.yName(), rows, values);
  }

  private static Figure table(String name, Results.Figure figure, Drawing.Row last) {
    List<List<String>> rows = new ArrayList<>();
    for (Drawing part : figure.parts()) {
      if (part instanceof Drawing.Row row) {
        rows.add(TableCells.shown(row));
      }
    }
    List<String> headings = last.columns().stream().map(Drawing.Column::heading).toList();
    return new Figure.Table(
        Titles.unlessNamed("table", Titles.of(name), String.join(", ", headings)), headings, rows);
  }

  private static List<String> classes(Drawing.Confusion confusion) {
    return IntStream.range(0, confusion.counts().length).mapToObj(String::valueOf).toList();
  }

  private static Figure degrees(String title, int[] degrees) {
    double[] values = Arrays.stream(degrees).asDoubleStream().toArray();
    int span =
        1 + (int) (Arrays.stream(values).max().orElse(0) - Arrays.stream(values).min().orElse(0));
    return bars(title, "synapses", values, Math.clamp(span, 1, 40));
  }

  private static Figure bars(String title, String axis, double[] values, int bins) {
    Histogram histogram = Histogram.of(values, bins);
    return new Figure.Bars(title, axis, histogram.edges(), histogram.counts());
  }

  private static Figure histogram(String title, Drawing.Histogram histogram) {
    String axis = Titles.axis(title, histogram.unit());
    return bars(title, axis, histogram.values(), histogram.bins());
  }
}
