package snel.lower;

import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Scalar;
import snel.math.Linear;
import snel.model.Equation;

/// The value of a lazily decaying state `k` steps on: `e * exp(-k c)` with c = h / T rounded once,
/// or `fma(x - limit, exp(-k c), limit)` (semantics.md §5).
final class LazyDecay {
  private LazyDecay() {}

  static Expr after(Equation equation, Expr value, Expr steps, double step, Scalar real) {
    Linear parts = Linear.in(equation.rate(), equation.variable()).orElseThrow();
    double coefficient = number(parts.coefficient());
    double rest = number(parts.rest());
    if (coefficient == 0) {
      return new Expr.Fma(steps, Expr.real(real, rest * step), value);
    }
    Expr exponent = Emit.mul(steps, Expr.real(real, coefficient * step));
    Expr factor = Emit.call(Function.EXP, real, exponent);
    if (rest == 0) {
      return Emit.mul(value, factor);
    }
    Expr limit = Expr.real(real, -rest / coefficient);
    return new Expr.Fma(Emit.sub(value, limit), factor, limit);
  }

  private static double number(snel.math.Expr expression) {
    return ((snel.math.Expr.Num) expression).value().toDouble();
  }
}
