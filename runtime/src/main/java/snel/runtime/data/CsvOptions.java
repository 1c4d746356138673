package snel.runtime.data;

import java.util.Arrays;

/// How a CSV file is to be read.
public record CsvOptions(Header header, char separator) {
  /// Whether the first line names the columns.
  public enum Header {
    PRESENT,
    ABSENT,
    /// Present if the first line holds no number and the second holds one.
    GUESSED
  }

  public static CsvOptions guessed() {
    return new CsvOptions(Header.GUESSED, ',');
  }

  public static CsvOptions withHeader() {
    return new CsvOptions(Header.PRESENT, ',');
  }

  public static CsvOptions withoutHeader() {
    return new CsvOptions(Header.ABSENT, ',');
  }

  public CsvOptions separatedBy(char other) {
    return new CsvOptions(header, other);
  }

  /// What to write about a text that holds cells between other signs than commas; else nothing.
  static String separatorHint(String cell) {
    return cell.indexOf('\t') >= 0
        ? " (are cells separated by tabs? then `separator: \"\\t\"`)"
        : cell.indexOf(';') >= 0
            ? " (are cells separated by semicolons? then `separator: \";\"`)"
            : isNumbersBetweenSpaces(cell)
                ? " (are cells separated by spaces? then `separator: \" \"`)"
                : "";
  }

  private static boolean isNumbersBetweenSpaces(String cell) {
    return cell.indexOf(' ') >= 0 && Arrays.stream(cell.split(" ")).allMatch(CellText::isDecimal);
  }
}
