package snel.lower;

import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Scalar;
import snel.math.Exact;
import snel.math.Linear;
import snel.model.Equation;
import snel.units.Rational;

/// The value of a lazily decaying state `k` steps on: `e * exp(-k c)` with c = h / T rounded once,
/// or `fma(x - limit, exp(-k c), limit)` (semantics.md §5).
final class LazyDecay {
  private LazyDecay() {}

  static Expr after(Equation equation, Expr value, Expr steps, double step, Scalar real) {
    Linear parts = Linear.in(equation.rate(), equation.variable()).orElseThrow();
    Exact coefficient = number(parts.coefficient());
    Exact rest = number(parts.rest());
    Exact h = Rational.parse(Double.toString(step)).map(Exact::of).orElse(Exact.of(step));
    if (coefficient.isZero()) {
      return new Expr.Fma(steps, constant(rest.times(h), real), value);
    }
    Expr exponent = Emit.mul(steps, constant(coefficient.times(h), real));
    Expr factor = Emit.call(Function.EXP, real, exponent);
    if (rest.isZero()) {
      return Emit.mul(value, factor);
    }
    Expr limit = constant(Exact.ZERO.minus(rest.dividedBy(coefficient)), real);
    return new Expr.Fma(Emit.sub(value, limit), factor, limit);
  }

  private static Expr constant(Exact value, Scalar real) {
    return real == Scalar.F32 ? Expr.f32(value.toFloat()) : Expr.f64(value.toDouble());
  }

  private static Exact number(snel.math.Expr expression) {
    return ((snel.math.Expr.Num) expression).value();
  }
}
