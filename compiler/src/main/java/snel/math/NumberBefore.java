package snel.math;

import java.util.List;
import snel.math.Expr.Num;
import snel.units.Rational;

/// The largest number that a variable can take before an end that does not belong to its range.
final class NumberBefore {
  private final Kind kind;
  private final Precision precision;

  NumberBefore(Kind kind, Precision precision) {
    this.kind = kind;
    this.precision = precision;
  }

  Expr of(Expr end) {
    return switch (kind) {
      case Kind.Real _ ->
          end instanceof Num(var number) ? new Num(precision.before(number)) : computed(end);
      case Kind.Int _ -> onGrid(end, Rational.ONE);
      case Kind.Fixed fixed ->
          onGrid(end, fixed.unit().times(Rational.of(2).power(-fixed.fraction())));
      case Kind.Bool _ -> end;
    };
  }

  /// What lies a rounding and a half away is rounded to the neighbour (Rump, Zimmermann, Boldo and
  /// Melquiond 2009, algorithm 1), without a look at the bits.
  private Expr computed(Expr end) {
    Expr size = Fold.call("abs", List.of(end));
    Expr share = new Num(Exact.of(precision.unit() * (1 + 2 * precision.unit())));
    Expr least = new Num(Exact.of(precision.least()));
    return Fold.sub(end, Fold.add(Fold.mul(size, share), least));
  }

  private static Expr onGrid(Expr end, Rational step) {
    if (!(end instanceof Num(var number))) {
      return Fold.sub(end, new Num(Exact.of(step)));
    }
    Rational exact =
        switch (number) {
          case Exact.Ratio(var ratio) -> ratio;
          case Exact.Approximate(var value) -> Rational.ofExactly(value);
        };
    Rational steps = exact.dividedBy(step).ceiling().minus(Rational.ONE);
    return new Num(Exact.of(steps.times(step)));
  }
}
