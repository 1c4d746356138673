package snel.units;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What kind of amount a number is: a product of rational powers of the independent dimensions.
///
/// @param exponents one for each of voltage, time, current, length, temperature, amount of
///   substance and information
public record Dimension(List<Rational> exponents) {
  public static final Dimension PLAIN =
      new Dimension(Collections.nCopies(Base.values().length, Rational.ZERO));
  public static final Dimension VOLTAGE = of(Base.VOLTAGE);
  public static final Dimension TIME = of(Base.TIME);
  public static final Dimension CURRENT = of(Base.CURRENT);
  public static final Dimension LENGTH = of(Base.LENGTH);
  public static final Dimension TEMPERATURE = of(Base.TEMPERATURE);
  public static final Dimension INFORMATION = of(Base.INFORMATION);
  static final Dimension AMOUNT = of(Base.AMOUNT);
  public static final Dimension FREQUENCY = TIME.inverse();
  public static final Dimension CONDUCTANCE = CURRENT.dividedBy(VOLTAGE);
  public static final Dimension RESISTANCE = VOLTAGE.dividedBy(CURRENT);
  public static final Dimension CHARGE = CURRENT.times(TIME);
  public static final Dimension CAPACITANCE = CHARGE.dividedBy(VOLTAGE);
  public static final Dimension AREA = LENGTH.power(Rational.of(2));
  public static final Dimension VOLUME = LENGTH.power(Rational.of(3));
  public static final Dimension SPEED = LENGTH.dividedBy(TIME);
  public static final Dimension POWER = VOLTAGE.times(CURRENT);
  public static final Dimension ENERGY = POWER.times(TIME);
  public static final Dimension MASS = ENERGY.dividedBy(SPEED.times(SPEED));
  public static final Dimension CONCENTRATION = AMOUNT.dividedBy(VOLUME);

  public Dimension {
    exponents = List.copyOf(exponents);
  }

  private static Dimension of(Base base) {
    var exponents = new ArrayList<>(Collections.nCopies(Base.values().length, Rational.ZERO));
    exponents.set(base.ordinal(), Rational.ONE);
    return new Dimension(exponents);
  }

  /// The dimension that a type calls `name`: `voltage`, `conductance` …
  public static Optional<Dimension> named(String name) {
    return DimensionName.of(name).map(DimensionName::dimension);
  }

  /// All names that [#named] knows.
  public static List<String> names() {
    return DimensionName.all();
  }

  public Dimension times(Dimension other) {
    var sums = new ArrayList<Rational>(exponents.size());
    for (int i = 0; i < exponents.size(); i++) {
      sums.add(exponents.get(i).plus(other.exponents.get(i)));
    }
    return new Dimension(sums);
  }

  public Dimension dividedBy(Dimension other) {
    return times(other.inverse());
  }

  public Dimension inverse() {
    return power(Rational.of(-1));
  }

  public Dimension power(Rational exponent) {
    return new Dimension(exponents.stream().map(e -> e.times(exponent)).toList());
  }

  /// True of plain numbers.
  public boolean isPlain() {
    return exponents.stream().allMatch(e -> e.signum() == 0);
  }

  /// As a type is written: `voltage`, `conductance/voltage`, `1/time^(1/2)`; `real` for plain
  /// numbers.
  @Override
  public String toString() {
    return isPlain() ? "real" : DimensionFactor.product(this);
  }

  /// For a sentence: "a plain number", "a voltage", "an area", "a voltage/time".
  public String described() {
    if (isPlain()) {
      return "a plain number";
    }
    if (equals(INFORMATION)) {
      return "an amount of information";
    }
    String name = toString();
    boolean vowel = "aeio".indexOf(name.charAt(0)) >= 0;
    return (vowel ? "an " : "a ") + name;
  }
}
