package snel.units;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What an unknown unit probably stands for: a symbol in other capitals, or a unit's full name.
final class UnitGuess {
  private static final List<Map.Entry<String, String>> PREFIX_NAMES =
      List.of(
          Map.entry("femto", "f"),
          Map.entry("pico", "p"),
          Map.entry("nano", "n"),
          Map.entry("micro", "u"),
          Map.entry("milli", "m"),
          Map.entry("centi", "c"),
          Map.entry("kilo", "k"),
          Map.entry("mega", "M"),
          Map.entry("giga", "G"),
          Map.entry("\u00b5", "u"),
          Map.entry("\u03bc", "u"));
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("volt", "V"),
          Map.entry("amp", "A"),
          Map.entry("ampere", "A"),
          Map.entry("siemens", "S"),
          Map.entry("mho", "S"),
          Map.entry("farad", "F"),
          Map.entry("coulomb", "C"),
          Map.entry("hertz", "Hz"),
          Map.entry("ohm", "Ohm"),
          Map.entry("\u03a9", "Ohm"),
          Map.entry("\u03c9", "Ohm"),
          Map.entry("sec", "s"),
          Map.entry("second", "s"),
          Map.entry("metre", "m"),
          Map.entry("meter", "m"),
          Map.entry("micron", "um"),
          Map.entry("molar", "M"),
          Map.entry("gram", "g"),
          Map.entry("joule", "J"),
          Map.entry("watt", "W"),
          Map.entry("mole", "mol"),
          Map.entry("minute", "min"),
          Map.entry("hour", "h"),
          Map.entry("hr", "h"),
          Map.entry("kelvin", "K"),
          Map.entry("byte", "B"),
          Map.entry("kb", "KiB"),
          Map.entry("mb", "MiB"),
          Map.entry("gb", "GiB"),
          Map.entry("percent", "%"));

  private UnitGuess() {}

  static Optional<String> of(String symbol) {
    return byName(symbol.toLowerCase(Locale.ROOT)).or(() -> byCapitals(symbol));
  }

  private static Optional<String> byName(String name) {
    String found = NAMES.get(name);
    if (found == null && name.endsWith("s")) {
      found = NAMES.get(name.substring(0, name.length() - 1));
    }
    return Optional.ofNullable(found).or(() -> behindPrefix(name));
  }

  private static Optional<String> behindPrefix(String name) {
    for (var prefix : PREFIX_NAMES) {
      for (String written : List.of(prefix.getKey(), prefix.getValue())) {
        if (name.startsWith(written) && name.length() > written.length()) {
          String rest = name.substring(written.length());
          String bare = rest.endsWith("s") ? rest.substring(0, rest.length() - 1) : rest;
          String unit = NAMES.getOrDefault(rest, NAMES.getOrDefault(bare, ""));
          Optional<String> whole = symbol(prefix.getValue() + unit);
          if (!unit.isEmpty() && whole.isPresent()) {
            return whole;
          }
          boolean sign = written.codePointAt(0) > 0x7f;
          if (sign) {
            return byCapitals("u" + rest);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> symbol(String candidate) {
    return Symbols.of(candidate).map(Unit::text);
  }

  private static Optional<String> byCapitals(String symbol) {
    return Symbols.all().stream()
        .filter(known -> known.equalsIgnoreCase(symbol))
        .min(
            Comparator.comparingInt((String known) -> changes(known, symbol))
                .thenComparing(s -> s));
  }

  private static int changes(String known, String symbol) {
    int changes = 0;
    for (int i = 0; i < known.length(); i++) {
      changes += known.charAt(i) == symbol.charAt(i) ? 0 : 1;
    }
    return changes;
  }
}
