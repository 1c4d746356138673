package snel.diagnostics.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import snel.diagnostics.Severity;

/// The source lines of one file that the labels of a diagnostic lie on, with carets under them.
///
/// Labels over several lines are drawn as a bracket in a margin left of the text, one margin each.
final class Snippet {
  private static final int WIDEST = 140;
  private static final int SHOWN_WHOLE = 4;

  private final Lines lines;
  private final List<Mark> single;
  private final List<Mark> brackets;
  private final Palette palette;
  private final Severity severity;
  private final int gutter;

  Snippet(Lines lines, List<Mark> marks, Palette palette, Severity severity, int gutter) {
    this.lines = lines;
    this.single = marks.stream().filter(mark -> !mark.isMultiLine()).toList();
    this.brackets = marks.stream().filter(Mark::isMultiLine).toList();
    this.palette = palette;
    this.severity = severity;
    this.gutter = gutter;
  }

  void appendTo(StringBuilder out) {
    int previous = 0;
    for (int line : shownLines()) {
      if (skipsInsideBracket(previous, line)) {
        out.append(palette.quiet("...")).append('\n');
      }
      appendLine(out, line);
      previous = line;
    }
  }

  private TreeSet<Integer> shownLines() {
    var shown = new TreeSet<Integer>();
    for (Mark mark : single) {
      shown.add(mark.startLine());
    }
    for (Mark mark : brackets) {
      shown.add(mark.startLine());
      shown.add(mark.endLine());
      if (mark.endLine() - mark.startLine() < SHOWN_WHOLE) {
        for (int line = mark.startLine(); line < mark.endLine(); line++) {
          shown.add(line);
        }
      }
    }
    return shown;
  }

  private boolean skipsInsideBracket(int previous, int line) {
    return previous > 0
        && line > previous + 1
        && brackets.stream().anyMatch(m -> m.startLine() <= previous && m.endLine() >= line);
  }

  private void appendLine(StringBuilder out, int line) {
    var onLine =
        single.stream()
            .filter(mark -> mark.startLine() == line)
            .sorted(Comparator.comparingInt(Mark::startColumn))
            .toList();
    Window window = window(line, onLine);
    Canvas margin = margin(line, true);
    String text = Columns.shown(lines.text(line), window.from(), window.to()).stripTrailing();
    String ends = window.from() > 0 ? "…" + text.substring(Math.min(1, text.length())) : text;
    String number = String.valueOf(line);
    String bar = palette.quiet(" ".repeat(gutter - number.length()) + number + " |");
    String left = brackets.isEmpty() ? "" : margin.painted(palette, severity);
    out.append((bar + " " + left + ends).stripTrailing()).append('\n');
    for (Canvas row : rowsBelow(line, onLine, window)) {
      String below = palette.quiet(" ".repeat(gutter) + " |") + " ";
      out.append((below + row.painted(palette, severity)).stripTrailing()).append('\n');
    }
  }

  /// The part of a very long line that is shown.
  private record Window(int from, int to) {
    int place(int column) {
      return Math.max(0, Math.min(column, to) - from);
    }
  }

  private Window window(int line, List<Mark> onLine) {
    String text = lines.text(line);
    int width = Columns.at(text, text.length());
    if (width <= WIDEST) {
      return new Window(0, width + 1);
    }
    int first = onLine.isEmpty() ? 0 : primaryOrFirst(onLine).startColumn();
    int from = first < WIDEST / 2 ? 0 : first - WIDEST / 3;
    return new Window(from, from + WIDEST);
  }

  private static Mark primaryOrFirst(List<Mark> marks) {
    return marks.stream().filter(Mark::primary).findFirst().orElse(marks.getFirst());
  }

  private int marginWidth() {
    return 2 * brackets.size();
  }

  private boolean startsOnMargin(Mark mark) {
    String before = lines.text(mark.startLine());
    return Columns.at(before, before.length() - before.stripLeading().length())
        >= mark.startColumn();
  }

  /// The brackets that run beside `line` (or beside the rows below it).
  private Canvas margin(int line, boolean besideText) {
    var margin = new Canvas();
    margin.fill(0, marginWidth(), ' ', false);
    for (int i = 0; i < brackets.size(); i++) {
      Mark mark = brackets.get(i);
      boolean starts = line == mark.startLine();
      boolean inside = line > mark.startLine() && line <= mark.endLine();
      if (starts && startsOnMargin(mark)) {
        margin.put(2 * i, besideText ? "/" : "|", mark.primary());
      } else if (inside) {
        margin.put(2 * i, "|", mark.primary());
      }
    }
    return margin;
  }

  private List<Canvas> rowsBelow(int line, List<Mark> onLine, Window window) {
    var rows = new ArrayList<Canvas>();
    if (!onLine.isEmpty()) {
      rows.addAll(singleRows(line, onLine, window));
    }
    for (int i = 0; i < brackets.size(); i++) {
      Mark mark = brackets.get(i);
      if (mark.startLine() == line && !startsOnMargin(mark)) {
        rows.add(bracketEdge(line, i, mark, marginWidth() + window.place(mark.startColumn()), ""));
      } else if (mark.endLine() == line) {
        int end = marginWidth() + window.place(mark.endColumn() - 1);
        rows.add(bracketEdge(line, i, mark, end, mark.text()));
      }
    }
    return rows;
  }

  private Canvas bracketEdge(int line, int index, Mark mark, int column, String text) {
    Canvas row = margin(line, false);
    for (int i = 0; i < index; i++) {
      if (brackets.get(i).endLine() == line) {
        row.put(2 * i, " ", false);
      }
    }
    row.fill(2 * index + 1, column, '_', mark.primary());
    row.put(column, String.valueOf(mark.sign()), mark.primary());
    row.put(column + 1, text.isEmpty() ? "" : " " + text, mark.primary());
    return row;
  }

  /// Signs under all labels of a line; the text of the last beside them, the others hanging below.
  private List<Canvas> singleRows(int line, List<Mark> onLine, Window window) {
    var rows = new ArrayList<Canvas>();
    Canvas signs = margin(line, false);
    drawSigns(signs, onLine, window, false);
    drawSigns(signs, onLine, window, true);
    Mark last = onLine.getLast();
    int reach = onLine.stream().mapToInt(mark -> window.place(mark.endColumn())).max().orElse(0);
    boolean lastFits =
        reach == window.place(last.endColumn())
            && onLine.stream()
                .limit(onLine.size() - 1)
                .allMatch(m -> m.endColumn() <= last.startColumn());
    if (lastFits && !last.text().isEmpty()) {
      signs.put(marginWidth() + reach, " " + last.text(), last.primary());
    }
    rows.add(signs);
    var hanging = lastFits ? onLine.subList(0, onLine.size() - 1) : onLine;
    var texts = hanging.stream().filter(mark -> !mark.text().isEmpty()).toList();
    for (int i = texts.size() - 1; i >= 0; i--) {
      rows.add(hangingRow(line, texts.subList(0, i + 1), window, "|"));
      rows.add(hangingRow(line, texts.subList(0, i + 1), window, texts.get(i).text()));
    }
    return rows;
  }

  private void drawSigns(Canvas row, List<Mark> marks, Window window, boolean primary) {
    for (Mark mark : marks) {
      if (mark.primary() == primary) {
        int from = marginWidth() + window.place(mark.startColumn());
        int to = Math.max(from + 1, marginWidth() + window.place(mark.endColumn()));
        row.fill(from, to, mark.sign(), primary);
      }
    }
  }

  private Canvas hangingRow(int line, List<Mark> marks, Window window, String lastText) {
    Canvas row = margin(line, false);
    for (Mark mark : marks) {
      int column = marginWidth() + window.place(mark.startColumn());
      row.put(column, mark == marks.getLast() ? lastText : "|", mark.primary());
    }
    return row;
  }
}
