package snel.runtime.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import snel.runtime.record.CsvText;
import snel.runtime.schedule.Drawing;
import snel.runtime.schedule.Results;

/// The figures that are tables of numbers, as CSV for other programs: values over time, curves,
/// heat maps, tables and confusion matrices.
final class ReportedTables {
  private ReportedTables() {}

  /// The figure as CSV; empty for what is no table.
  static String csv(Results.Figure figure) {
    List<List<String>> lines = new ArrayList<>();
    Series series = Series.of(figure);
    for (int k = 0; k < figure.parts().size(); k++) {
      switch (figure.parts().get(k)) {
        case Drawing.Point point -> {
          if (k == 0) {
            lines.add(overTime(series));
          }
          lines.add(padded(overTime(figure.times().get(k), point), lines.getFirst().size()));
        }
        case Drawing.Curve curve ->
            add(lines, List.of(curve.xName(), curve.yName()), numbers(curve.x(), curve.y()));
        case Drawing.HeatPoint point ->
            add(
                lines,
                List.of(point.xName(), point.yName(), point.zName()),
                numbers(point.x(), point.y(), point.z()));
        case Drawing.Row row -> add(lines, headings(row), TableCells.written(row));
        case Drawing.Confusion confusion -> confusion(lines, confusion.counts());
        case Drawing.Raster _,
            Drawing.Traces _,
            Drawing.Course _,
            Drawing.Grid _,
            Drawing.Histogram _,
            Drawing.Map _,
            Drawing.Degrees _ -> {}
      }
    }
    return String.join("", lines.stream().map(CsvText::line).toList());
  }

  private static void add(List<List<String>> lines, List<String> header, List<String> line) {
    if (lines.isEmpty()) {
      lines.add(header);
    }
    lines.add(line);
  }

  private static void confusion(List<List<String>> lines, long[][] counts) {
    Stream<String> answers = IntStream.range(0, counts.length).mapToObj(String::valueOf);
    List<String> header =
        Stream.of(Stream.of("is"), answers, Stream.of("no_answer")).flatMap(part -> part).toList();
    for (int row = 0; row < counts.length; row++) {
      Stream<String> cells = Arrays.stream(counts[row]).mapToObj(String::valueOf);
      add(lines, header, Stream.concat(Stream.of(String.valueOf(row)), cells).toList());
    }
  }

  private static List<String> overTime(Series series) {
    List<String> headings = new ArrayList<>(List.of("time_ms"));
    series.names().forEach(name -> headings.add(named(name, series.unit())));
    return headings;
  }

  /// Where there were fewer values than at another time, the last cells are empty.
  private static List<String> padded(List<String> cells, int width) {
    return Stream.concat(cells.stream(), Collections.nCopies(width - cells.size(), "").stream())
        .toList();
  }

  private static List<String> overTime(double time, Drawing.Point point) {
    List<String> cells = new ArrayList<>(numbers(time));
    cells.addAll(numbers(point.values()));
    return cells;
  }

  private static List<String> headings(Drawing.Row row) {
    return row.columns().stream().map(column -> named(column.heading(), column.unit())).toList();
  }

  private static List<String> numbers(double... values) {
    return Arrays.stream(values).mapToObj(CsvText::number).toList();
  }

  private static String named(String name, String unit) {
    return unit.isEmpty() ? name : name + " (" + unit + ")";
  }
}
