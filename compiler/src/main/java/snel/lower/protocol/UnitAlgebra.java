package snel.lower.protocol;

import java.util.Optional;
import snel.units.Dimension;
import snel.units.Rational;
import snel.units.Unit;
import snel.units.UnitReading;
import snel.units.Units;

/// Units in which products and powers are shown, as texts; empty for plain numbers. Where a factor
/// has the dimension of the whole, its unit stays.
final class UnitAlgebra {
  private static final String PLAIN = "";

  private UnitAlgebra() {}

  static String product(String a, String b) {
    return of(dimension(a).times(dimension(b)), a, b);
  }

  static String quotient(String a, String b) {
    return of(dimension(a).dividedBy(dimension(b)), a, b);
  }

  static String power(String a, Rational exponent) {
    return of(dimension(a).power(exponent), a, PLAIN);
  }

  private static String of(Dimension whole, String a, String b) {
    if (whole.isPlain()) {
      boolean isShare = dimension(a).isPlain() && dimension(b).isPlain();
      return isShare && (a.isEmpty() || b.isEmpty()) ? a + b : PLAIN;
    }
    if (dimension(a).equals(whole)) {
      return a;
    }
    if (dimension(b).equals(whole)) {
      return b;
    }
    return whole.equals(Dimension.FREQUENCY) ? "Hz" : Unit.coherent(whole).text();
  }

  private static Dimension dimension(String unit) {
    return Optional.of(unit)
        .filter(text -> !text.isEmpty())
        .map(Units::read)
        .filter(UnitReading.Known.class::isInstance)
        .map(read -> ((UnitReading.Known) read).unit().dimension())
        .orElse(Dimension.PLAIN);
  }
}
