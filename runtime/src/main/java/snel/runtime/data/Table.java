package snel.runtime.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import snel.runtime.data.Column.NumberColumn;
import snel.runtime.data.Column.TextColumn;
import snel.runtime.kernel.ProblemKind;

/// A table as read from a file: columns, their names if the file had a header, and where each row
/// stood in the file.
///
/// @param names one a column, or none
/// @param lines the line of the file on which each row began
public record Table(String file, List<String> names, List<Column> columns, int[] lines) {
  public Table {
    names = List.copyOf(names);
    columns = List.copyOf(columns);
  }

  public int rows() {
    return lines.length;
  }

  /// The position of the column called `name`.
  public int column(String name) {
    int at = names.indexOf(name);
    if (at >= 0) {
      return only(at, name);
    }
    throw new DataProblem(
        ProblemKind.COLUMN_MISSING,
        "%s has no column \"%s\"%s%s"
            .formatted(file, name, names.isEmpty() ? unnamed() : named(), separatorHint()));
  }

  private String named() {
    return "; its columns are " + listed(names) + " (by its first line, taken for a header)";
  }

  private String unnamed() {
    List<String> first =
        IntStream.range(0, columns.size()).mapToObj(column -> text(0, column)).toList();
    if (rows() == 1) {
      return ": it has one line only (%s), taken for a record; if that is its header, it has no record"
          .formatted(listed(first));
    }
    return ": its first line (%s) was not taken for a header, which `header: true` makes of it"
        .formatted(listed(first));
  }

  /// Whole lines are the cells of a table whose cells other signs than commas separate.
  private String separatorHint() {
    return columns.size() == 1
        ? CsvOptions.separatorHint(names.isEmpty() ? text(0, 0) : names.getFirst())
        : "";
  }

  private int only(int first, String name) {
    int last = names.lastIndexOf(name);
    if (last == first) {
      return first;
    }
    throw new DataProblem(
        ProblemKind.COLUMN_MISSING,
        "%s has more than one column \"%s\"; write the number of the one that is meant,"
                .formatted(file, name)
            + " `column(%d)` or `column(%d)`".formatted(first, last));
  }

  /// The cells of column number `column`.
  public Column cells(int column) {
    if (column < 0 || column >= columns.size()) {
      throw new DataProblem(
          ProblemKind.COLUMN_MISSING,
          "%s has %s; there is no column %d%s"
              .formatted(
                  file,
                  columns.size() == 1
                      ? "one column, number 0"
                      : columns.size() + " columns, numbered from 0 to " + (columns.size() - 1),
                  column,
                  separatorHint()));
    }
    return columns.get(column);
  }

  /// The number in a cell, or a problem that names the line.
  public double number(int row, int column) {
    return switch (cells(column)) {
      case NumberColumn numbers -> numbers.values()[row];
      case TextColumn texts -> {
        String cell = texts.values().get(row);
        if (!CellText.reads(cell)) {
          throw notNumber(row, column, cell);
        }
        yield CellText.number(cell);
      }
    };
  }

  /// The text in a cell; numbers as the shortest text that reads back as themselves.
  public String text(int row, int column) {
    return switch (cells(column)) {
      case NumberColumn numbers -> CellText.text(numbers.values()[row]);
      case TextColumn texts -> texts.values().get(row);
    };
  }

  private DataProblem notNumber(int row, int column, String cell) {
    String where =
        names.isEmpty()
            ? "column " + column
            : "column \"" + names.get(column) + "\" (" + column + ")";
    boolean mayBeName =
        CsvOptions.separatorHint(cell).isEmpty() && !CellText.isWrittenElsewise(cell);
    String hint =
        CellText.isDecimal(cell)
            ? ", which a double does not hold"
            : row == 0 && names.isEmpty() && mayBeName
                ? rows() == 1
                    ? " (is its only line a header? then it has no record)"
                    : " (is the first line a header? then `header: true`)"
                : "";
    return DataProblem.found(
        ProblemKind.BAD_SAMPLE,
        file + ", line " + lines[row] + ", " + where,
        "a number",
        CellText.shown(cell) + hint);
  }

  private static String listed(List<String> cells) {
    var shown = new ArrayList<>(cells.subList(0, Math.min(cells.size(), 12)));
    if (cells.size() > shown.size()) {
      shown.add("… (" + cells.size() + " in all)");
    }
    return String.join(", ", shown);
  }
}
