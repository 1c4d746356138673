package snel.diagnostics.render;

import snel.diagnostics.Label;

/// A label placed on the grid of lines (from 1) and display columns (from 0, the end exclusive).
record Mark(
    int startLine, int startColumn, int endLine, int endColumn, String text, boolean primary) {

  static Mark of(Label label, Lines lines, boolean primary) {
    int start = label.span().start();
    int end = Math.max(start, label.span().end());
    int startLine = lines.line(start);
    int endLine = lines.line(end > start ? end - 1 : end);
    int startColumn = column(lines, startLine, start);
    int endColumn = column(lines, endLine, end);
    boolean empty = startLine == endLine && endColumn <= startColumn;
    int shownEnd = empty ? startColumn + 1 : Math.max(1, endColumn);
    return new Mark(startLine, startColumn, endLine, shownEnd, label.text(), primary);
  }

  boolean isMultiLine() {
    return endLine > startLine;
  }

  char sign() {
    return primary ? '^' : '-';
  }

  private static int column(Lines lines, int line, int offset) {
    return Columns.at(lines.text(line), offset - lines.start(line));
  }
}
