package snel.runtime.record;

import java.util.List;
import java.util.stream.Collectors;

/// Tables as CSV (RFC 4180).
public final class CsvText {
  private CsvText() {}

  /// A line of texts, with its line break.
  public static String line(List<String> cells) {
    return cells.stream().map(CsvText::cell).collect(Collectors.joining(",", "", "\n"));
  }

  /// A number as the shortest text that reads back as itself, whole ones without a point.
  public static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /// A cell, quoted where it must be.
  static String cell(String text) {
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
