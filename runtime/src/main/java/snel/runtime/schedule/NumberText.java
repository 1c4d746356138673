package snel.runtime.schedule;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Numbers as people read them: six significant digits, no trailing zeros.
public final class NumberText {
  private static final int SHOWN = 8;

  private NumberText() {}

  public static String of(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "not a number" : value > 0 ? "infinity" : "-infinity";
    }
    double size = Math.abs(value);
    String text = String.format(Locale.ROOT, size < 1e-4 || size >= 1e9 ? "%.5e" : "%.6g", value);
    return trimmed(text);
  }

  /// For a glance: three significant digits, whole numbers from a thousand on.
  static String brief(double value) {
    if (!Double.isFinite(value)) {
      return of(value);
    }
    double size = Math.abs(value);
    return of(
        size >= 1_000
            ? Math.rint(value)
            : new BigDecimal(value).round(new MathContext(3)).doubleValue());
  }

  /// The first numbers of a row, and how many there are if not all are shown.
  public static String row(double[] elements) {
    String first =
        Arrays.stream(elements)
            .limit(SHOWN)
            .mapToObj(NumberText::of)
            .collect(Collectors.joining(", "));
    return elements.length <= SHOWN
        ? "[" + first + "]"
        : "[" + first + ", … " + elements.length + " in all]";
  }

  private static String trimmed(String text) {
    int exponent = text.indexOf('e');
    String digits = exponent < 0 ? text : text.substring(0, exponent);
    if (digits.indexOf('.') >= 0) {
      digits = digits.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
    return exponent < 0 ? digits : digits + text.substring(exponent);
  }
}
