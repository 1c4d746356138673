package snel.runtime.report;

import java.util.Locale;
import java.util.regex.Pattern;

/// Text on its way into HTML.
final class Html {
  private static final Pattern WHOLE_PART = Pattern.compile("(?<![\\w.])\\d{4,}");

  private Html() {}

  /// `text` as content or as a quoted attribute.
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /// A number for people: whole ones with thousands apart, others with about four digits.
  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return String.format(Locale.ROOT, "%,d", (long) value).replace(',', '\u202f');
    }
    double size = Math.abs(value);
    return size >= 1e-3 && size < 1e6
        ? trimmed(String.format(Locale.ROOT, "%.4g", value))
        : trimmed(String.format(Locale.ROOT, "%.3e", value));
  }

  /// A text of numbers with the thousands of their whole parts apart.
  static String grouped(String numbers) {
    return WHOLE_PART
        .matcher(numbers)
        .replaceAll(part -> part.group().replaceAll("\\B(?=(\\d{3})+$)", "\u202f"));
  }

  /// `1 spike`, `2 spikes`.
  static String counted(long number, String what) {
    return number(number) + " " + what + (number == 1 ? "" : "s");
  }

  private static String trimmed(String digits) {
    int exponent = digits.indexOf('e');
    String mantissa = exponent < 0 ? digits : digits.substring(0, exponent);
    String rest = exponent < 0 ? "" : digits.substring(exponent);
    return (mantissa.contains(".") ? mantissa.replaceAll("\\.?0+$", "") : mantissa) + rest;
  }
}
