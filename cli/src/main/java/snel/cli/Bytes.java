package snel.cli;

import java.util.Locale;

/// Amounts of memory as people say them.
final class Bytes {
  private Bytes() {}

  static String words(long bytes) {
    if (bytes < 10_000) {
      return bytes + " B";
    }
    String[] units = {"kB", "MB", "GB", "TB", "PB", "EB"};
    double amount = bytes / 1e3;
    int unit = 0;
    while (amount >= 1000 && unit < units.length - 1) {
      amount /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, amount < 10 ? "%.1f %s" : "%.0f %s", amount, units[unit]);
  }
}
