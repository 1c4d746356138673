package snel.check;

import java.util.Optional;
import snel.syntax.BinaryOperator;
import snel.syntax.Expression;
import snel.units.Dimension;
import snel.units.Rational;
import snel.units.Unit;
import snel.units.UnitReading;
import snel.units.Units;

/// The unit in which an author writes amounts of a dimension.
final class AuthorUnits {
  private static final int DEEPEST = 30;

  private AuthorUnits() {}

  /// The unit used in `near`, else in another declaration in sight, else the usual one.
  static String of(Dimension dimension, Optional<Expression> near, Scope scope) {
    return near.flatMap(e -> in(e, scope, dimension, 0))
        .or(() -> inSight(dimension, scope))
        .orElseGet(() -> usual(dimension));
  }

  /// The unit of papers, where it is not the stored one.
  private static String usual(Dimension dimension) {
    if (dimension.equals(Dimension.FREQUENCY)) {
      return "Hz";
    }
    if (dimension.equals(Dimension.CONDUCTANCE)) {
      return "nS";
    }
    return dimension.equals(Dimension.CAPACITANCE) ? "pF" : Unit.coherent(dimension).text();
  }

  private static Optional<String> inSight(Dimension dimension, Scope scope) {
    for (Symbol symbol : scope.visible().values()) {
      Optional<String> unit =
          symbol.definition().flatMap(d -> in(d.value(), d.scope(), dimension, DEEPEST - 3));
      if (unit.isPresent()) {
        return unit;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> in(
      Expression expression, Scope scope, Dimension dimension, int depth) {
    if (depth > DEEPEST) {
      return Optional.empty();
    }
    return switch (expression) {
      case Expression.Quantity(_, var unit, _) ->
          Units.read(unit.text()) instanceof UnitReading.Known(var known)
                  && known.dimension().equals(dimension)
              ? Optional.of(unit.text())
              : Optional.empty();
      case Expression.Variable(var name, _) ->
          scope
              .find(name.text())
              .flatMap(Symbol::definition)
              .flatMap(d -> in(d.value(), d.scope(), dimension, depth + 1));
      case Expression.Group(var inner, _) -> in(inner, scope, dimension, depth + 1);
      case Expression.Unary(_, var inner, _) -> in(inner, scope, dimension, depth + 1);
      case Expression.Binary(var operator, var base, Expression.Number(var digits, _), _)
          when operator == BinaryOperator.POWER ->
          Rational.parse(digits)
              .filter(n -> n.signum() > 0)
              .flatMap(n -> in(base, scope, dimension.power(Rational.ONE.dividedBy(n)), depth + 1))
              .filter(unit -> unit.chars().allMatch(Character::isLetter))
              .map(unit -> unit + "^" + digits);
      case Expression.Binary(_, var left, var right, _) ->
          in(left, scope, dimension, depth + 1).or(() -> in(right, scope, dimension, depth + 1));
      case Expression.Range(var lower, var upper, _, _) ->
          in(lower, scope, dimension, depth + 1).or(() -> in(upper, scope, dimension, depth + 1));
      case Expression.Conditional(_, var yes, var no, _) ->
          in(yes, scope, dimension, depth + 1).or(() -> in(no, scope, dimension, depth + 1));
      case Expression.Call(_, var arguments, _) ->
          arguments.stream()
              .flatMap(a -> in(a.value(), scope, dimension, depth + 1).stream())
              .findFirst();
      case Expression.Array(var elements, _) ->
          elements.stream().flatMap(e -> in(e, scope, dimension, depth + 1).stream()).findFirst();
      default -> Optional.empty();
    };
  }
}
