package snel.units;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A power of a named dimension, and the search for the shortest product of two of them that is a
/// given dimension: `conductance/voltage` rather than `current/voltage^2`.
record DimensionFactor(DimensionName name, Rational exponent) {
  private static final int[][] TRIED = {
    {1, 1}, {-1, 1}, {2, 1}, {-2, 1}, {1, 2}, {-1, 2}, {3, 1}, {-3, 1}, {3, 2}, {-3, 2}
  };

  /// `dimension` in names: `1/time^(1/2)`.
  static String product(Dimension dimension) {
    var factors = shortest(dimension, List.of(DimensionName.values()));
    boolean allBelow = factors.stream().allMatch(factor -> factor.exponent.signum() < 0);
    return (allBelow ? "1" : "") + written(factors, DimensionName::word, allBelow);
  }

  /// `dimension` in coherent units as they stand after a number: `mV/ms`, `ms^(-1/2)`.
  static String coherentUnit(Dimension dimension) {
    for (DimensionName name : DimensionName.values()) {
      if (name.dimension().equals(dimension)) {
        return name.coherentUnit();
      }
    }
    var simple =
        Arrays.stream(DimensionName.values()).filter(DimensionName::hasSimpleUnit).toList();
    return written(shortest(dimension, simple), DimensionName::coherentUnit, false);
  }

  private static List<DimensionFactor> shortest(Dimension dimension, List<DimensionName> names) {
    Optional<DimensionFactor> single = single(dimension, names);
    if (single.isPresent()) {
      return List.of(single.get());
    }
    List<DimensionFactor> best = basic(dimension);
    int bestCost = cost(best);
    for (DimensionName name : names) {
      for (int[] tried : TRIED) {
        var first = new DimensionFactor(name, Rational.of(tried[0], tried[1]));
        Dimension rest = dimension.dividedBy(first.dimension());
        Optional<DimensionFactor> second = single(rest, names);
        if (second.isPresent() && cost(List.of(first, second.get())) < bestCost) {
          best = List.of(first, second.get());
          bestCost = cost(best);
        }
      }
    }
    return best;
  }

  private static Optional<DimensionFactor> single(Dimension dimension, List<DimensionName> names) {
    DimensionFactor best = null;
    for (DimensionName name : names) {
      if (name.dimension().equals(dimension)) {
        return Optional.of(new DimensionFactor(name, Rational.ONE));
      }
      var found = ratio(dimension, name.dimension()).map(e -> new DimensionFactor(name, e));
      if (found.isPresent() && (best == null || found.get().cost() < best.cost())) {
        best = found.get();
      }
    }
    return Optional.ofNullable(best);
  }

  /// The exponent e with dimension = base^e.
  private static Optional<Rational> ratio(Dimension dimension, Dimension base) {
    Rational exponent = Rational.ZERO;
    for (int i = 0; i < base.exponents().size(); i++) {
      if (base.exponents().get(i).signum() != 0) {
        exponent = dimension.exponents().get(i).dividedBy(base.exponents().get(i));
      }
    }
    boolean fits = exponent.signum() != 0 && base.power(exponent).equals(dimension);
    return fits ? Optional.of(exponent) : Optional.empty();
  }

  private static List<DimensionFactor> basic(Dimension dimension) {
    var factors = new ArrayList<DimensionFactor>();
    var bases =
        List.of(
            DimensionName.VOLTAGE,
            DimensionName.TIME,
            DimensionName.CURRENT,
            DimensionName.LENGTH,
            DimensionName.TEMPERATURE,
            DimensionName.CONCENTRATION,
            DimensionName.INFORMATION);
    Dimension rest = dimension;
    for (int i = bases.size() - 1; i >= 0; i--) {
      Rational exponent = rest.exponents().get(i);
      if (exponent.signum() != 0) {
        var factor = new DimensionFactor(bases.get(i), exponent);
        factors.addFirst(factor);
        rest = rest.dividedBy(factor.dimension());
      }
    }
    return factors;
  }

  private Dimension dimension() {
    return name.dimension().power(exponent);
  }

  private static int cost(List<DimensionFactor> factors) {
    int sum = 100 * factors.size();
    for (DimensionFactor factor : factors) {
      sum += factor.cost();
    }
    return sum + (factors.getFirst().exponent.signum() < 0 ? 1 : 0);
  }

  /// A plain power is simplest, then an inverse, then other whole ones, then fractions.
  private int cost() {
    boolean one = exponent.abs().equals(Rational.ONE);
    int power = one ? 0 : exponent.isWhole() ? 60 : 75;
    return power + name.price() + (exponent.signum() < 0 ? 20 : 0);
  }

  /// The factors above the line, then those below it, each behind its `/`. Where none stands above,
  /// the first begins with a negative exponent, unless `slashFirst`.
  private static String written(
      List<DimensionFactor> factors, Function<DimensionName, String> names, boolean slashFirst) {
    var above = new StringBuilder();
    var below = new StringBuilder();
    for (DimensionFactor factor : factors) {
      String name = names.apply(factor.name);
      if (factor.exponent.signum() > 0) {
        above.append(above.isEmpty() ? "" : "*").append(power(name, factor.exponent));
      }
    }
    for (DimensionFactor factor : factors) {
      String name = names.apply(factor.name);
      boolean negative = factor.exponent.signum() < 0;
      if (negative && above.isEmpty() && below.isEmpty() && !slashFirst) {
        below.append(power(name, factor.exponent));
      } else if (negative) {
        below.append('/').append(power(name, factor.exponent.abs()));
      }
    }
    return above.append(below).toString();
  }

  private static String power(String name, Rational exponent) {
    if (exponent.equals(Rational.ONE)) {
      return name;
    }
    String fraction = "(" + exponent.numerator() + "/" + exponent.denominator() + ")";
    return name + "^" + (exponent.isWhole() ? exponent.numerator() : fraction);
  }
}
