package snel.units;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads unit texts such as `mV`, `uF/cm^2`, `mV/ms^(1/2)`, `%`, and chooses units to print in.
public final class Units {
  private static final Pattern FACTOR =
      Pattern.compile(
          "(%|[\\p{L}\\p{IsDigit}_]+)(?:\\^(?:(-?\\d{1,4})|\\((-?\\d{1,4})/(\\d{1,4})\\)))?");
  private static final Pattern POWER = Pattern.compile("([a-zA-Z]+)([2-4])");
  private static final Rational LARGEST_POWER = Rational.of(16);

  private Units() {}

  /// Every symbol that may stand in a unit, prefixes included, in alphabetical order.
  public static List<String> symbols() {
    return Symbols.all().stream().sorted().toList();
  }

  /// `cm^2` for `cm2`; what else is no power of a unit so written stays as it is.
  public static String withPower(String text) {
    Matcher power = POWER.matcher(text);
    return power.matches() && Symbols.of(power.group(1)).isPresent()
        ? power.group(1) + "^" + power.group(2)
        : text;
  }

  /// The unit that `text` means.
  public static UnitReading read(String text) {
    Matcher matcher = FACTOR.matcher(text);
    Dimension dimension = Dimension.PLAIN;
    Rational factor = Rational.ONE;
    int at = 0;
    boolean divides = false;
    while (true) {
      matcher.region(at, text.length());
      if (!matcher.lookingAt()) {
        return new UnitReading.Malformed(at);
      }
      Optional<Rational> exponent = exponent(matcher);
      if (exponent.isEmpty()) {
        return new UnitReading.Malformed(matcher.end(1));
      }
      String symbol = matcher.group(1);
      Optional<Unit> unit = Symbols.of(symbol);
      if (unit.isEmpty()) {
        return new UnitReading.Unknown(symbol, at, UnitGuess.of(symbol));
      }
      Rational power = divides ? exponent.get().negated() : exponent.get();
      dimension = dimension.times(unit.get().dimension().power(power));
      factor = factor.times(raised(unit.get().factor(), power));
      at = matcher.end();
      if (at == text.length()) {
        return new UnitReading.Known(new Unit(text, dimension, factor));
      }
      char operator = text.charAt(at);
      if (operator != '*' && operator != '/') {
        return new UnitReading.Malformed(at);
      }
      divides = operator == '/';
      at++;
    }
  }

  private static Optional<Rational> exponent(Matcher matcher) {
    if (matcher.group(2) != null) {
      return limited(Rational.of(Integer.parseInt(matcher.group(2))));
    }
    if (matcher.group(3) == null) {
      return Optional.of(Rational.ONE);
    }
    int denominator = Integer.parseInt(matcher.group(4));
    return denominator == 0
        ? Optional.empty()
        : limited(Rational.of(Integer.parseInt(matcher.group(3)), denominator));
  }

  private static Optional<Rational> limited(Rational exponent) {
    boolean fits =
        exponent.abs().compareTo(LARGEST_POWER) <= 0
            && Rational.of(exponent.denominator()).compareTo(LARGEST_POWER) <= 0;
    return fits ? Optional.of(exponent) : Optional.empty();
  }

  private static Rational raised(Rational base, Rational exponent) {
    Rational root = base.root(exponent.denominator().intValueExact());
    return root.power(exponent.numerator().intValueExact());
  }

  /// The unit with the dimension's usual symbol and the prefix that gives a number from 1 up to
  /// 1,000.
  public static Unit fitting(Rational stored, Dimension dimension) {
    Unit coherent = Unit.coherent(dimension);
    Optional<String> stem = stem(coherent.text());
    if (stem.isEmpty() || stored.signum() == 0) {
      return coherent;
    }
    var candidates = new ArrayList<Unit>();
    for (String prefix : List.of("", "f", "p", "n", "u", "m", "k", "M", "G")) {
      Symbols.of(prefix + stem.get()).ifPresent(candidates::add);
    }
    candidates.sort(Comparator.comparing(Unit::factor).reversed());
    return candidates.stream()
        .filter(unit -> unit.factor().compareTo(stored.abs()) <= 0)
        .findFirst()
        .orElse(candidates.getLast());
  }

  /// `V` of `mV`; nothing of `um^2`.
  private static Optional<String> stem(String symbol) {
    return Symbols.of(symbol).isPresent() && symbol.length() > 1
        ? Optional.of(symbol.substring(1)).filter(stem -> Symbols.of(stem).isPresent())
        : Optional.empty();
  }

  /// A stored amount in a unit that suits it: `250 us`, `1.62 mV`, `0.02 mV/ms`.
  public static String show(Rational stored, Dimension dimension) {
    return fitting(stored, dimension).show(stored);
  }
}
