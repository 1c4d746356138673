package snel.runtime.data;

/// What a cell of a table says when it is read as a number.
public final class CellText {
  /// So many digits without an exponent are too few to leave the range of a double.
  private static final int SURELY_HELD = 300;

  private CellText() {}

  /// A cell that is no number, as messages show it.
  public static String shown(String cell) {
    if (cell.isEmpty()) {
      return "an empty cell";
    }
    String hint = isWrittenElsewise(cell) ? " (numbers are written as `1234.5`)" : "";
    return "\"" + cell + "\"" + CsvOptions.separatorHint(cell) + hint;
  }

  /// Whether `cell` is a number with a decimal comma, or with marks between its thousands.
  static boolean isWrittenElsewise(String cell) {
    return !isDecimal(cell) && isDecimal(cell.replaceAll("[,_']", ""));
  }

  /// Whether a column may be taken for numbers because of `cell`: `007` is rather a text.
  static boolean isNumber(String cell) {
    int from = cell.isEmpty() || "+-".indexOf(cell.charAt(0)) < 0 ? 0 : 1;
    return reads(cell) && !(digits(cell, from) - from > 1 && cell.charAt(from) == '0');
  }

  /// Whether `cell` is a decimal number as people write it, one that a double holds; `1f`, `NaN`
  /// and `0x10` are not, nor `1e400`.
  public static boolean reads(String cell) {
    return isDecimal(cell) && isHeld(cell);
  }

  /// Few cells need to be parsed to know.
  private static boolean isHeld(String decimal) {
    int exponent = Math.max(decimal.indexOf('e'), decimal.indexOf('E'));
    if (exponent < 0 && decimal.length() < SURELY_HELD) {
      return true;
    }
    double number = Double.parseDouble(decimal);
    return !Double.isInfinite(number) && (number != 0 || isZero(decimal, exponent));
  }

  private static boolean isZero(String decimal, int exponent) {
    String digits = exponent < 0 ? decimal : decimal.substring(0, exponent);
    return digits.chars().noneMatch(c -> c >= '1' && c <= '9');
  }

  /// Whether `cell` is a decimal number, of whatever size.
  static boolean isDecimal(String cell) {
    int end = cell.length();
    int at = end > 0 && "+-".indexOf(cell.charAt(0)) >= 0 ? 1 : 0;
    int whole = digits(cell, at);
    boolean some = whole > at;
    at = whole;
    if (at < end && cell.charAt(at) == '.') {
      int fraction = digits(cell, at + 1);
      some |= fraction > at + 1;
      at = fraction;
    }
    if (some && at < end && "eE".indexOf(cell.charAt(at)) >= 0) {
      int sign = at + 1 < end && "+-".indexOf(cell.charAt(at + 1)) >= 0 ? at + 2 : at + 1;
      int exponent = digits(cell, sign);
      some = exponent > sign;
      at = exponent;
    }
    return some && at == end;
  }

  public static double number(String cell) {
    return Double.parseDouble(cell);
  }

  /// A number as the shortest text that reads back as itself, whole ones without a point.
  static String text(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  private static int digits(String cell, int from) {
    int at = from;
    while (at < cell.length() && cell.charAt(at) >= '0' && cell.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
