package snel.units;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The dimensions that have a name, each with its unit in the coherent set of semantics.md §11 and
/// its price: products are printed in the names that cost least, which keeps them close to
/// equations.
enum DimensionName {
  VOLTAGE(Dimension.VOLTAGE, "mV", 0),
  TIME(Dimension.TIME, "ms", 1),
  CURRENT(Dimension.CURRENT, "nA", 2),
  CONDUCTANCE(Dimension.CONDUCTANCE, "uS", 10),
  CAPACITANCE(Dimension.CAPACITANCE, "nF", 12),
  RESISTANCE(Dimension.RESISTANCE, "MOhm", 14),
  LENGTH(Dimension.LENGTH, "um", 3),
  AREA(Dimension.AREA, "um^2", 8),
  CHARGE(Dimension.CHARGE, "pC", 20),
  CONCENTRATION(Dimension.CONCENTRATION, "mM", 5),
  TEMPERATURE(Dimension.TEMPERATURE, "K", 4),
  VOLUME(Dimension.VOLUME, "um^3", 12),
  SPEED(Dimension.SPEED, "um/ms", 30),
  POWER(Dimension.POWER, "pW", 70),
  ENERGY(Dimension.ENERGY, "fJ", 70),
  FREQUENCY(Dimension.FREQUENCY, "kHz", 40),
  MASS(Dimension.MASS, "ug", 70),
  INFORMATION(Dimension.INFORMATION, "B", 6);

  private final Dimension dimension;
  private final String coherentUnit;
  private final int price;

  DimensionName(Dimension dimension, String coherentUnit, int price) {
    this.dimension = dimension;
    this.coherentUnit = coherentUnit;
    this.price = price;
  }

  static Optional<DimensionName> of(String name) {
    return Arrays.stream(values()).filter(d -> d.word().equals(name)).findFirst();
  }

  static List<String> all() {
    return Arrays.stream(values()).map(DimensionName::word).toList();
  }

  Dimension dimension() {
    return dimension;
  }

  String coherentUnit() {
    return coherentUnit;
  }

  int price() {
    return price;
  }

  /// False of `um^2` and `um/ms`, which cannot be raised to a further power.
  boolean hasSimpleUnit() {
    return coherentUnit.chars().allMatch(Character::isLetter);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
