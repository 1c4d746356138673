package snel.check;

import java.util.Optional;
import snel.syntax.BinaryOperator;
import snel.syntax.Expression;
import snel.syntax.UnaryOperator;
import snel.units.Rational;
import snel.units.UnitReading;
import snel.units.Units;

/// Works out numbers whose value stands in the text, exactly and in coherent units.
///
/// @param parameters whether the default of a parameter counts as its value; it can be set
///   otherwise
record Constants(boolean parameters) {
  private static final int DEEPEST = 100;
  private static final Rational LARGEST_POWER = Rational.of(1024);

  /// What cannot be otherwise: literals, constants and what is made of them.
  static final Constants SURE = new Constants(false);

  /// What holds unless a parameter is set.
  static final Constants BY_DEFAULT = new Constants(true);

  Optional<Rational> value(Expression expression, Scope scope) {
    return value(expression, scope, 0);
  }

  private Optional<Rational> value(Expression expression, Scope scope, int depth) {
    if (depth > DEEPEST) {
      return Optional.empty();
    }
    return switch (expression) {
      case Expression.Number(var text, _) -> number(text);
      case Expression.Quantity(var number, var unit, _) ->
          number(number).flatMap(n -> stored(n, unit.text()));
      case Expression.Group(var inner, _) -> value(inner, scope, depth + 1);
      case Expression.Unary(var operator, var operand, _) when operator == UnaryOperator.NEGATE ->
          value(operand, scope, depth + 1).map(Rational::negated);
      case Expression.Binary(var operator, var left, var right, _) ->
          value(left, scope, depth + 1)
              .flatMap(a -> value(right, scope, depth + 1).flatMap(b -> combined(operator, a, b)));
      case Expression.Variable _, Expression.Member _ ->
          scope
              .find(expression)
              .filter(this::counts)
              .flatMap(Symbol::definition)
              .flatMap(d -> value(d.value(), d.scope(), depth + 1));
      default -> Optional.empty();
    };
  }

  private boolean counts(Symbol symbol) {
    return switch (symbol.role()) {
      case CONSTANT, LET -> true;
      case PARAMETER -> parameters;
      default -> false;
    };
  }

  static Optional<Rational> number(String text) {
    return Rational.parse(text.replace("_", ""));
  }

  private static Optional<Rational> stored(Rational number, String unit) {
    return Units.read(unit) instanceof UnitReading.Known(var known)
        ? Optional.of(known.stored(number))
        : Optional.empty();
  }

  private static Optional<Rational> combined(BinaryOperator operator, Rational a, Rational b) {
    return switch (operator) {
      case PLUS -> Optional.of(a.plus(b));
      case MINUS -> Optional.of(a.minus(b));
      case TIMES -> Optional.of(a.times(b));
      case DIVIDE -> b.signum() == 0 ? Optional.empty() : Optional.of(a.dividedBy(b));
      case POWER -> power(a, b);
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL, IN, AND, OR ->
          Optional.empty();
    };
  }

  private static Optional<Rational> power(Rational base, Rational exponent) {
    boolean fits = exponent.isWhole() && exponent.abs().compareTo(LARGEST_POWER) <= 0;
    return fits && (base.signum() != 0 || exponent.signum() > 0)
        ? Optional.of(base.power(exponent.numerator().intValueExact()))
        : Optional.empty();
  }
}
