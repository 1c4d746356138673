package snel.runtime.report;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import snel.runtime.record.CsvText;
import snel.runtime.schedule.Drawing;
import snel.runtime.schedule.InUnit;
import snel.runtime.schedule.NumberText;
import snel.runtime.schedule.Value;

/// The cells of a row of a table: for people with few digits and the unit, for other programs with
/// all digits.
final class TableCells {
  private TableCells() {}

  static List<String> shown(Drawing.Row row) {
    return each(row, TableCells::shown);
  }

  static List<String> written(Drawing.Row row) {
    return each(row, TableCells::written);
  }

  private static List<String> each(
      Drawing.Row row, BiFunction<Value, Drawing.Column, String> text) {
    return IntStream.range(0, row.cells().size())
        .mapToObj(k -> text.apply(row.cells().get(k), row.columns().get(k)))
        .toList();
  }

  private static String shown(Value value, Drawing.Column column) {
    String unit = column.unit().isEmpty() ? "" : " " + column.unit();
    return switch (value) {
      case Value.Real(double stored) ->
          Html.grouped(NumberText.of(stored / column.factor())) + unit;
      case Value.Whole whole -> Html.grouped(whole.shown());
      case Value.Array(int[] _, double[] stored) ->
          Html.grouped(
                  NumberText.row(
                      Arrays.stream(stored).map(number -> number / column.factor()).toArray()))
              + unit;
      default -> value.shown();
    };
  }

  private static String written(Value value, Drawing.Column column) {
    return switch (value) {
      case Value.Real(double stored) -> CsvText.number(InUnit.of(stored, column.factor()));
      case Value.Array(int[] _, double[] stored) ->
          Arrays.stream(stored)
              .mapToObj(number -> CsvText.number(InUnit.of(number, column.factor())))
              .collect(Collectors.joining(", ", "[", "]"));
      case Value.Listing(var elements) ->
          elements.stream()
              .map(element -> written(element, column))
              .collect(Collectors.joining(", ", "[", "]"));
      default -> value.shown();
    };
  }
}
