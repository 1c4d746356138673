package snel.diagnostics.render;

/// How wide characters stand on a terminal: tabs go to the next multiple of four, East Asian wide
/// characters and emoji take two columns, combining marks none.
final class Columns {
  private static final int TAB = 4;

  private Columns() {}

  /// The column, from 0, at which the code unit `offset` of `line` is shown.
  static int at(String line, int offset) {
    int column = 0;
    for (int i = 0; i < Math.min(offset, line.length()); ) {
      int point = line.codePointAt(i);
      column += width(point, column);
      i += Character.charCount(point);
    }
    return column;
  }

  /// What stands in the columns `from` (inclusive) to `to` (exclusive) of `line`: tabs as spaces,
  /// control characters as `\uFFFD`.
  static String shown(String line, int from, int to) {
    var out = new StringBuilder();
    int column = 0;
    for (int i = 0; i < line.length() && column < to; ) {
      int point = line.codePointAt(i);
      int width = width(point, column);
      if (column >= from && column + width <= to) {
        if (point == '\t') {
          out.repeat(' ', width);
        } else {
          out.appendCodePoint(isPrintable(point) ? point : 0xFFFD);
        }
      } else if (column + width > from) {
        out.repeat(' ', Math.min(column + width, to) - Math.max(column, from));
      }
      column += width;
      i += Character.charCount(point);
    }
    return out.toString();
  }

  private static int width(int point, int column) {
    if (point == '\t') {
      return TAB - column % TAB;
    }
    if (point < 0x300) {
      return 1;
    }
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
      default -> isWide(point) ? 2 : 1;
    };
  }

  private static boolean isPrintable(int point) {
    return !Character.isISOControl(point)
        && switch (Character.getType(point)) {
          case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
          case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
          default -> true;
        };
  }

  /// The blocks that Unicode TR 11 calls wide, in ranges.
  private static boolean isWide(int point) {
    return point >= 0x1100 && point <= 0x115F
        || point >= 0x2E80 && point <= 0x303E
        || point >= 0x3041 && point <= 0xA4CF
        || point >= 0xA960 && point <= 0xA97C
        || point >= 0xAC00 && point <= 0xD7A3
        || point >= 0xF900 && point <= 0xFAFF
        || point >= 0xFE30 && point <= 0xFE6F
        || point >= 0xFF00 && point <= 0xFF60
        || point >= 0xFFE0 && point <= 0xFFE6
        || point >= 0x1F300 && point <= 0x1F64F
        || point >= 0x1F680 && point <= 0x1F6FF
        || point >= 0x1F900 && point <= 0x1F9FF
        || point >= 0x20000 && point <= 0x3FFFD;
  }
}
