package snel.diagnostics.render;

import java.util.ArrayList;
import java.util.List;
import snel.diagnostics.Severity;

/// One printed row below a source line, on which signs and texts are put at columns; it remembers
/// which cells belong to the primary label, so that they can be coloured.
final class Canvas {
  private final List<String> cells = new ArrayList<>();
  private final List<Boolean> primary = new ArrayList<>();

  void put(int column, String text, boolean isPrimary) {
    int[] points = text.codePoints().toArray();
    while (cells.size() < column + points.length) {
      cells.add(" ");
      primary.add(false);
    }
    for (int i = 0; i < points.length; i++) {
      cells.set(column + i, Character.toString(points[i]));
      primary.set(column + i, isPrimary);
    }
  }

  void fill(int from, int to, char sign, boolean isPrimary) {
    for (int column = from; column < to; column++) {
      put(column, String.valueOf(sign), isPrimary);
    }
  }

  boolean isBlank() {
    return cells.stream().allMatch(String::isBlank);
  }

  String painted(Palette palette, Severity severity) {
    var out = new StringBuilder();
    int from = 0;
    while (from < cells.size()) {
      int to = from;
      while (to < cells.size() && primary.get(to).equals(primary.get(from))) {
        to++;
      }
      String run = String.join("", cells.subList(from, to));
      out.append(primary.get(from) ? palette.severity(severity, run) : palette.quiet(run));
      from = to;
    }
    return out.toString();
  }
}
