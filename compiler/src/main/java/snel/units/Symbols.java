package snel.units;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The unit symbols of language.md §4 with their dimension and size in coherent units.
final class Symbols {
  private static final List<String> PREFIXES = List.of("f", "p", "n", "u", "m", "c", "k", "M", "G");
  private static final Map<String, Integer> POWERS =
      Map.of("f", -15, "p", -12, "n", -9, "u", -6, "m", -3, "c", -2, "k", 3, "M", 6, "G", 9);
  private static final Map<String, Unit> KNOWN = table();

  private Symbols() {}

  static Optional<Unit> of(String symbol) {
    return Optional.ofNullable(KNOWN.get(symbol));
  }

  /// Every symbol, prefixes included.
  static List<String> all() {
    return List.copyOf(KNOWN.keySet());
  }

  private static Map<String, Unit> table() {
    var table = new TreeMap<String, Unit>();
    prefixed(table, "V", Dimension.VOLTAGE, 3);
    prefixed(table, "A", Dimension.CURRENT, 9);
    prefixed(table, "S", Dimension.CONDUCTANCE, 6);
    prefixed(table, "F", Dimension.CAPACITANCE, 9);
    prefixed(table, "C", Dimension.CHARGE, 12);
    prefixed(table, "Hz", Dimension.FREQUENCY, -3);
    prefixed(table, "Ohm", Dimension.RESISTANCE, -6);
    prefixed(table, "s", Dimension.TIME, 3);
    prefixed(table, "m", Dimension.LENGTH, 6);
    prefixed(table, "M", Dimension.CONCENTRATION, 3);
    prefixed(table, "g", Dimension.MASS, 6);
    prefixed(table, "J", Dimension.ENERGY, 15);
    prefixed(table, "W", Dimension.POWER, 12);
    prefixed(table, "mol", Dimension.AMOUNT, 18);
    single(table, "min", Dimension.TIME, Rational.of(60_000));
    single(table, "h", Dimension.TIME, Rational.of(3_600_000));
    single(table, "K", Dimension.TEMPERATURE, Rational.ONE);
    single(table, "B", Dimension.INFORMATION, Rational.ONE);
    single(table, "KiB", Dimension.INFORMATION, Rational.of(1L << 10));
    single(table, "MiB", Dimension.INFORMATION, Rational.of(1L << 20));
    single(table, "GiB", Dimension.INFORMATION, Rational.of(1L << 30));
    single(table, "%", Dimension.PLAIN, Rational.of(1, 100));
    return Map.copyOf(table);
  }

  /// `power` is that of ten by which the bare unit exceeds the coherent one.
  private static void prefixed(Map<String, Unit> table, String symbol, Dimension d, int power) {
    single(table, symbol, d, Rational.of(10).power(power));
    for (String prefix : PREFIXES) {
      int total = power + POWERS.getOrDefault(prefix, 0);
      single(table, prefix + symbol, d, Rational.of(10).power(total));
    }
  }

  private static void single(Map<String, Unit> table, String symbol, Dimension d, Rational size) {
    table.put(symbol, new Unit(symbol, d, size));
  }
}
