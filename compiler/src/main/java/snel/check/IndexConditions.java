package snel.check;

import java.util.Optional;
import snel.syntax.Expression;
import snel.syntax.UnaryOperator;
import snel.units.Rational;

/// Works out conditions on the `index` of a sample.
///
/// @param root where constants are looked up
record IndexConditions(Scope root, long index) {

  /// Whether the condition holds; nothing if it rests on more than `index`.
  Optional<Boolean> holds(Expression condition) {
    return switch (condition) {
      case Expression.Truth(var value, _) -> Optional.of(value);
      case Expression.Group(var inner, _) -> holds(inner);
      case Expression.Unary(var operator, var operand, _) when operator == UnaryOperator.NOT ->
          holds(operand).map(value -> !value);
      case Expression.Binary binary -> binary(binary);
      default -> Optional.empty();
    };
  }

  private Optional<Boolean> binary(Expression.Binary binary) {
    return switch (binary.operator()) {
      case AND -> both(binary, true);
      case OR -> both(binary, false);
      case LESS -> compared(binary).map(c -> c < 0);
      case LESS_OR_EQUAL -> compared(binary).map(c -> c <= 0);
      case GREATER -> compared(binary).map(c -> c > 0);
      case GREATER_OR_EQUAL -> compared(binary).map(c -> c >= 0);
      case EQUAL -> compared(binary).map(c -> c == 0);
      case NOT_EQUAL -> compared(binary).map(c -> c != 0);
      case PLUS, MINUS, TIMES, DIVIDE, POWER, IN -> Optional.empty();
    };
  }

  private Optional<Boolean> both(Expression.Binary binary, boolean and) {
    return holds(binary.left()).flatMap(a -> holds(binary.right()).map(b -> and ? a && b : a || b));
  }

  private Optional<Integer> compared(Expression.Binary binary) {
    return number(binary.left()).flatMap(a -> number(binary.right()).map(a::compareTo));
  }

  private Optional<Rational> number(Expression expression) {
    if (expression instanceof Expression.Variable(var name, _) && name.text().equals("index")) {
      return Optional.of(Rational.of(index));
    }
    if (expression instanceof Expression.Call(Expression.Variable(var name, _), var arguments, _)
        && name.text().equals("mod")
        && arguments.size() == 2) {
      return number(arguments.get(0).value())
          .flatMap(a -> number(arguments.get(1).value()).flatMap(b -> remainder(a, b)));
    }
    return Constants.SURE.value(expression, root);
  }

  private static Optional<Rational> remainder(Rational a, Rational b) {
    return b.signum() == 0
        ? Optional.empty()
        : Optional.of(a.minus(b.times(a.dividedBy(b).floor())));
  }
}
