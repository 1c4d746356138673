package snel.elaborate;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import snel.check.Parts;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Expr;
import snel.math.Linear;
import snel.model.Equation;
import snel.source.Span;
import snel.syntax.BinaryOperator;
import snel.syntax.Binding;
import snel.syntax.Expression;
import snel.units.Dimension;
import snel.units.Rational;
import snel.units.Units;

/// What an equation makes decay does not grow because a time constant is negative. E0303.
final class NegativeTimeConstants {
  private final Context context;
  private final Evaluator evaluator;
  private final Function<String, Optional<Binding>> parameters;
  private final Function<Expression, Span> place;

  /// @param parameters of the model, by name
  /// @param place where the value of a parameter is written
  NegativeTimeConstants(
      Context context,
      Evaluator evaluator,
      Function<String, Optional<Binding>> parameters,
      Function<Expression, Span> place) {
    this.context = context;
    this.evaluator = evaluator;
    this.parameters = parameters;
    this.place = place;
  }

  void check(Equation equation, Expression written) {
    boolean grows =
        Linear.in(equation.rate(), equation.variable())
            .filter(
                parts -> parts.coefficient() instanceof Expr.Num(var rate) && rate.toDouble() > 0)
            .isPresent();
    if (grows) {
      eachDivisor(
          written,
          (divisor, name) -> {
            Optional<Expr> value = evaluator.scalar(divisor);
            if (isTime(name)
                && value.orElse(null) instanceof Expr.Num(var ms)
                && ms.toDouble() < 0) {
              context.fault(told(equation, divisor, name, ms.toDouble()));
            }
          });
    }
  }

  private static void eachDivisor(
      Expression written, BiConsumer<Expression.Variable, String> visit) {
    Parts.each(
        written,
        part -> {
          if (part instanceof Expression.Binary(var operator, _, var divisor, _)
              && operator == BinaryOperator.DIVIDE
              && divisor.ungrouped() instanceof Expression.Variable variable) {
            visit.accept(variable, variable.name().text());
          }
        });
  }

  private boolean isTime(String name) {
    return parameters
        .apply(name)
        .filter(binding ->
            Literals.isOf(Literals.unitOf(binding.value(), binding.type()), Dimension.TIME))
        .isPresent();
  }

  private Diagnostic told(Equation equation, Expression.Variable divisor, String name, double ms) {
    Span at = place.apply(divisor);
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.NEGATIVE_TIME,
            "the time constant `%s` is %s: `%s` would grow without end"
                .formatted(
                    name, Units.show(Rational.ofShortest(ms), Dimension.TIME), equation.variable()),
            at,
            "not longer than zero");
    return at.equals(divisor.span())
        ? diagnostic
        : diagnostic.label(divisor.span(), "divided by here");
  }
}
