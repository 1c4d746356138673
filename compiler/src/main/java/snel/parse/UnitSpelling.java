package snel.parse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Nearest;
import snel.units.Units;

/// Which unit was probably meant. The units themselves are known to the lexer.
final class UnitSpelling {
  private static final String PREFIXES = "fpnumckMG";
  private static final List<String> SYMBOLS =
      List.of("V", "A", "S", "F", "C", "Hz", "Ohm", "s", "m", "M", "g", "J", "W", "mol");
  private static final List<String> OTHERS =
      List.of("min", "h", "K", "B", "KiB", "MiB", "GiB", "%");

  /// What people write in full or learnt elsewhere.
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("sec", "s"),
          Map.entry("secs", "s"),
          Map.entry("second", "s"),
          Map.entry("seconds", "s"),
          Map.entry("msec", "ms"),
          Map.entry("msecs", "ms"),
          Map.entry("usec", "us"),
          Map.entry("minute", "min"),
          Map.entry("minutes", "min"),
          Map.entry("hour", "h"),
          Map.entry("hours", "h"),
          Map.entry("volt", "V"),
          Map.entry("volts", "V"),
          Map.entry("amp", "A"),
          Map.entry("amps", "A"),
          Map.entry("ampere", "A"),
          Map.entry("amperes", "A"),
          Map.entry("siemens", "S"),
          Map.entry("farad", "F"),
          Map.entry("hertz", "Hz"),
          Map.entry("meter", "m"),
          Map.entry("meters", "m"),
          Map.entry("metre", "m"),
          Map.entry("metres", "m"),
          Map.entry("molar", "M"),
          Map.entry("ohm", "Ohm"),
          Map.entry("ohms", "Ohm"),
          Map.entry("farads", "F"),
          Map.entry("joule", "J"),
          Map.entry("watt", "W"),
          Map.entry("gram", "g"),
          Map.entry("grams", "g"),
          Map.entry("micron", "um"),
          Map.entry("microns", "um"),
          Map.entry("kelvin", "K"),
          Map.entry("percent", "%"),
          Map.entry("KB", "KiB"),
          Map.entry("kB", "KiB"),
          Map.entry("MB", "MiB"),
          Map.entry("GB", "GiB"));

  private static final Map<String, String> LONG_PREFIXES =
      Map.of(
          "femto", "f", "pico", "p", "nano", "n", "micro", "u", "milli", "m", "centi", "c", "kilo",
          "k", "mega", "M", "giga", "G");

  private UnitSpelling() {}

  /// Every unit of one symbol, with and without prefix.
  static List<String> all() {
    List<String> all = new ArrayList<>(OTHERS);
    for (String symbol : SYMBOLS) {
      all.add(symbol);
      for (char prefix : PREFIXES.toCharArray()) {
        all.add(prefix + symbol);
      }
    }
    return all;
  }

  /// The unit that `word` looks like.
  static Optional<String> meant(String word) {
    Optional<String> known = inFull(word);
    if (known.isPresent()) {
      return known;
    }
    List<String> all = all();
    String power = Units.withPower(word);
    if (!power.equals(word)) {
      return Optional.of(power);
    }
    Optional<String> sameLetters =
        all.stream()
            .filter(unit -> unit.equalsIgnoreCase(word))
            .min(
                Comparator.comparing((String unit) -> unit.charAt(0) == word.charAt(0) ? 0 : 1)
                    .thenComparing(unit -> differing(unit, word)));
    if (sameLetters.isPresent()) {
      return sameLetters;
    }
    List<String> sameStart = all.stream().filter(unit -> unit.charAt(0) == word.charAt(0)).toList();
    return word.length() < 3 ? Optional.empty() : Nearest.to(word, sameStart);
  }

  /// `seconds`, `millivolt`.
  private static Optional<String> inFull(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    String known = WORDS.getOrDefault(word, WORDS.get(lower));
    if (known != null) {
      return Optional.of(known);
    }
    return LONG_PREFIXES.entrySet().stream()
        .filter(prefix -> lower.startsWith(prefix.getKey()))
        .flatMap(prefix ->
            Optional.ofNullable(WORDS.get(lower.substring(prefix.getKey().length())))
                .map(unit -> prefix.getValue() + unit)
                .stream())
        .filter(all()::contains)
        .findFirst();
  }

  private static int differing(String unit, String word) {
    int count = 0;
    for (int i = 0; i < unit.length(); i++) {
      count += unit.charAt(i) == word.charAt(i) ? 0 : 1;
    }
    return count;
  }
}
