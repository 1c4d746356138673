package snel.math;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import snel.units.Rational;

/// Where all values of an expression lie: at `offset` and whole multiples of `gap` from there.
/// Tells whether times that differ between neurons or synapses are on the grid of the step before
/// any is computed.
///
/// @param gap 0 for one value only
public record Lattice(Rational offset, Rational gap) {
  /// Decimal places of a computed number that are taken to be meant.
  private static final MathContext MEANT = new MathContext(12);

  private static final long LARGEST_POWER = 16;

  /// The whole numbers.
  public static final Lattice WHOLE = multiples(Rational.ONE);

  /// All multiples of `gap`.
  public static Lattice multiples(Rational gap) {
    return new Lattice(Rational.ZERO, gap);
  }

  /// The numbers of a list, which are finite.
  public static Lattice of(double[] values) {
    Lattice all = at(values.length == 0 ? Rational.ZERO : meant(values[0]));
    for (double value : values) {
      all = all.and(at(meant(value)));
    }
    return all;
  }

  private static Lattice at(Rational value) {
    return new Lattice(value, Rational.ZERO);
  }

  private static Rational meant(double value) {
    return Rational.ofShortest(new BigDecimal(value).round(MEANT).doubleValue());
  }

  /// Whether every value is a multiple of `step`. So is an infinite time.
  public boolean isWithin(Rational step) {
    return offset.dividedBy(step).isWhole() && gap.dividedBy(step).isWhole();
  }

  /// The largest number of which every value is a multiple.
  public Rational unit() {
    return common(offset, gap);
  }

  /// Where the values of `expression` lie, if that can be told.
  ///
  /// @param step what `to_step` rounds to
  /// @param references the same for a variable
  public static Optional<Lattice> of(
      Expr expression, Rational step, Function<Expr.Ref, Optional<Lattice>> references) {
    return new Reading(step, references, new Once<>()).of(expression);
  }

  private record Reading(
      Rational step,
      Function<Expr.Ref, Optional<Lattice>> references,
      Once<Optional<Lattice>> known) {
    Optional<Lattice> of(Expr expression) {
      return known.of(expression, this::found);
    }

    private Optional<Lattice> found(Expr expression) {
      return switch (expression) {
        case Expr.Num(Exact.Ratio(var value)) -> Optional.of(at(value));
        case Expr.Num(Exact.Approximate(var value)) ->
            Double.isNaN(value)
                ? Optional.empty()
                : Optional.of(at(Double.isInfinite(value) ? Rational.ZERO : meant(value)));
        case Expr.Neg(var a) -> of(a).map(Lattice::negated);
        case Expr.Add(var a, var b) -> of(a).flatMap(x -> of(b).map(x::plus));
        case Expr.Sub(var a, var b) -> of(a).flatMap(x -> of(b).map(y -> x.plus(y.negated())));
        case Expr.Mul(var a, var b) -> of(a).flatMap(x -> of(b).map(x::times));
        case Expr.Div(var a, Expr.Num(Exact.Ratio(var by))) when by.signum() != 0 ->
            of(a).map(x -> x.times(at(by.inverse())));
        case Expr.Pow(var a, Expr.Num(var n))
            when n.isWhole() && n.toDouble() >= 1 && n.toDouble() <= LARGEST_POWER ->
            of(a).map(x -> x.power((int) n.toDouble()));
        case Expr.Choose(_, var a, var b) -> of(List.of(a, b));
        case Expr.Call(var function, var arguments) -> call(function, arguments);
        case Expr.Table(_, var values, _) ->
            of(values.stream().map(value -> (Expr) new Expr.Num(value)).toList());
        case Expr.Ref ref -> references.apply(ref);
        default -> Optional.empty();
      };
    }

    private Optional<Lattice> of(List<Expr> values) {
      Optional<Lattice> all = of(values.getFirst());
      for (Expr value : values.subList(1, values.size())) {
        all = all.flatMap(x -> of(value).map(x::and));
      }
      return all;
    }

    private Optional<Lattice> call(String function, List<Expr> arguments) {
      return switch (function) {
        case "to_step" -> Optional.of(multiples(step));
        case "floor", "ceil", "round", "truncate", "sign" -> Optional.of(WHOLE);
        case "min", "max", "clip" -> of(arguments);
        case "abs" -> of(arguments.getFirst()).map(x -> x.and(x.negated()));
        case "relu" -> of(arguments.getFirst()).map(x -> x.and(at(Rational.ZERO)));
        case "mod" ->
            of(arguments.get(0))
                .flatMap(a -> of(arguments.get(1)).map(m -> a.plus(multiples(m.unit()))));
        default -> Optional.empty();
      };
    }
  }

  private Lattice negated() {
    return new Lattice(offset.negated(), gap);
  }

  private Lattice plus(Lattice other) {
    return new Lattice(offset.plus(other.offset), common(gap, other.gap));
  }

  private Lattice times(Lattice other) {
    Rational mixed = common(offset.times(other.gap), other.offset.times(gap));
    return new Lattice(offset.times(other.offset), common(mixed, gap.times(other.gap)));
  }

  private Lattice power(int n) {
    Lattice all = this;
    for (int k = 1; k < n; k++) {
      all = all.times(this);
    }
    return all;
  }

  /// Holds the values of both.
  private Lattice and(Lattice other) {
    Rational apart = offset.minus(other.offset);
    return new Lattice(offset, common(apart, common(gap, other.gap)));
  }

  /// The largest number of which both are multiples.
  private static Rational common(Rational a, Rational b) {
    var top = a.numerator().multiply(b.denominator()).gcd(b.numerator().multiply(a.denominator()));
    return new Rational(top, a.denominator().multiply(b.denominator()));
  }
}
