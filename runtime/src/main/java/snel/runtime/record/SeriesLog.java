package snel.runtime.record;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// A table that grows line by line, such as an accuracy over time, as CSV. One thread writes.
public final class SeriesLog {
  private final List<String> columns;
  private final GrowingFile file;

  SeriesLog(List<String> columns, GrowingFile file) {
    this.columns = List.copyOf(columns);
    this.file = file;
    if (file.length() == 0) {
      append(columns.stream().map(SeriesLog::cell));
    }
  }

  public List<String> columns() {
    return columns;
  }

  /// Appends a line of numbers, one a column.
  public void append(double... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(values.length + " values for the columns " + columns);
    }
    append(java.util.Arrays.stream(values).mapToObj(SeriesLog::number));
  }

  GrowingFile file() {
    return file;
  }

  private void append(java.util.stream.Stream<String> cells) {
    String line = cells.collect(Collectors.joining(",")) + "\n";
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    file.room(bytes.length).put(bytes);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /// A cell quoted as RFC 4180 wants it.
  static String cell(String text) {
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
