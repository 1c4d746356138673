package snel.types;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import snel.units.Dimension;
import snel.units.Rational;

/// A dimension with variables in it: `known` times a product of powers of variables.
public record DimensionTerm(Dimension known, Map<DimensionVariable, Rational> powers) {
  public static final DimensionTerm PLAIN = of(Dimension.PLAIN);

  public DimensionTerm {
    var kept = new TreeMap<DimensionVariable, Rational>();
    powers.forEach((variable, power) -> {
      if (power.signum() != 0) {
        kept.put(variable, power);
      }
    });
    powers = Collections.unmodifiableMap(new LinkedHashMap<>(kept));
  }

  public static DimensionTerm of(Dimension dimension) {
    return new DimensionTerm(dimension, Map.of());
  }

  public static DimensionTerm of(DimensionVariable variable) {
    return new DimensionTerm(Dimension.PLAIN, Map.of(variable, Rational.ONE));
  }

  /// The dimension, where no variable is left.
  public Optional<Dimension> fixed() {
    return powers.isEmpty() ? Optional.of(known) : Optional.empty();
  }

  public boolean isPlain() {
    return powers.isEmpty() && known.isPlain();
  }

  public DimensionTerm times(DimensionTerm other) {
    var sum = new LinkedHashMap<>(powers);
    other.powers.forEach((variable, power) -> sum.merge(variable, power, Rational::plus));
    return new DimensionTerm(known.times(other.known), sum);
  }

  public DimensionTerm dividedBy(DimensionTerm other) {
    return times(other.power(Rational.of(-1)));
  }

  public DimensionTerm power(Rational exponent) {
    var scaled = new LinkedHashMap<DimensionVariable, Rational>();
    powers.forEach((variable, power) -> scaled.put(variable, power.times(exponent)));
    return new DimensionTerm(known.power(exponent), scaled);
  }

  /// This per time: what `x'` is if `x` is this.
  public DimensionTerm perTime() {
    return dividedBy(of(Dimension.TIME));
  }

  /// `value` put in the place of `variable`.
  public DimensionTerm with(DimensionVariable variable, DimensionTerm value) {
    Rational power = powers.getOrDefault(variable, Rational.ZERO);
    if (power.signum() == 0) {
      return this;
    }
    var others = new LinkedHashMap<>(powers);
    others.remove(variable);
    return new DimensionTerm(known, others).times(value.power(power));
  }

  /// As a type is written: `voltage`, `like w`, `like w/time`, `any`.
  @Override
  public String toString() {
    if (powers.isEmpty()) {
      return known.toString();
    }
    var out = new StringBuilder();
    powers.forEach((variable, power) -> {
      out.append(out.isEmpty() ? "" : "*");
      out.append(variable.name().isEmpty() ? "any" : "like " + variable.name());
      out.append(power.equals(Rational.ONE) ? "" : "^" + exponent(power));
    });
    if (!known.isPlain()) {
      String rest = known.toString();
      String below = known.inverse().toString();
      boolean inverse = rest.startsWith("1/") || rest.equals("frequency");
      out.append(inverse ? "/" + (rest.equals("frequency") ? "time" : below) : "*" + rest);
    }
    return out.toString();
  }

  private static String exponent(Rational power) {
    return power.isWhole()
        ? power.toString()
        : "(" + power.numerator() + "/" + power.denominator() + ")";
  }

  /// For a sentence: "a voltage", "an amount like `w`".
  public String described() {
    if (powers.isEmpty()) {
      return known.described();
    }
    if (known.isPlain() && List.copyOf(powers.values()).equals(List.of(Rational.ONE))) {
      String name = powers.keySet().iterator().next().name();
      return name.isEmpty() ? "an amount of any dimension" : "an amount like `" + name + "`";
    }
    return "an amount of dimension " + this;
  }
}
