package snel.check;

import java.util.List;
import java.util.Optional;
import snel.syntax.Expression;
import snel.syntax.TextPart;
import snel.syntax.UnaryOperator;
import snel.units.Rational;

/// Works out the conditions of splits for one value of one field.
///
/// @param root where constants are looked up
/// @param field the name that has the value
record SplitConditions(Scope root, String field, Value value) {

  /// What a field of a sample can be.
  sealed interface Value {
    record Number(Rational number) implements Value {}

    record Text(String text) implements Value {}
  }

  /// Whether the condition holds; nothing if it rests on more than the field.
  Optional<Boolean> holds(Expression condition) {
    return switch (condition) {
      case Expression.Truth(var truth, _) -> Optional.of(truth);
      case Expression.Group(var inner, _) -> holds(inner);
      case Expression.Unary(var operator, var operand, _) when operator == UnaryOperator.NOT ->
          holds(operand).map(truth -> !truth);
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
      case EQUAL -> equal(binary);
      case NOT_EQUAL -> equal(binary).map(same -> !same);
      case IN -> within(binary);
      case PLUS, MINUS, TIMES, DIVIDE, POWER -> Optional.empty();
    };
  }

  private Optional<Boolean> both(Expression.Binary binary, boolean and) {
    return holds(binary.left()).flatMap(a -> holds(binary.right()).map(b -> and ? a && b : a || b));
  }

  private Optional<Integer> compared(Expression.Binary binary) {
    return number(binary.left()).flatMap(a -> number(binary.right()).map(a::compareTo));
  }

  private Optional<Boolean> equal(Expression.Binary binary) {
    return compared(binary)
        .map(c -> c == 0)
        .or(() -> text(binary.left()).flatMap(a -> text(binary.right()).map(a::equals)));
  }

  private Optional<Boolean> within(Expression.Binary binary) {
    Expression of = binary.right().ungrouped();
    if (of instanceof Expression.Range(var lower, var upper, var closed, _)) {
      return number(binary.left())
          .flatMap(n ->
              number(lower)
                  .flatMap(low ->
                      number(upper)
                          .map(high ->
                              n.compareTo(low) >= 0
                                  && (closed ? n.compareTo(high) <= 0 : n.compareTo(high) < 0))));
    }
    return of instanceof Expression.Array(var elements, _)
        ? among(binary.left(), elements)
        : Optional.empty();
  }

  private Optional<Boolean> among(Expression one, List<Expression> elements) {
    boolean found = false;
    for (Expression element : elements) {
      Optional<Boolean> same =
          number(one)
              .flatMap(a -> number(element).map(b -> a.compareTo(b) == 0))
              .or(() -> text(one).flatMap(a -> text(element).map(a::equals)));
      if (same.isEmpty()) {
        return Optional.empty();
      }
      found |= same.get();
    }
    return Optional.of(found);
  }

  private boolean isField(Expression expression) {
    return expression.ungrouped() instanceof Expression.Variable(var name, _)
        && name.text().equals(field);
  }

  private Optional<Rational> number(Expression expression) {
    if (isField(expression)) {
      return value instanceof Value.Number(var number) ? Optional.of(number) : Optional.empty();
    }
    if (expression instanceof Expression.Call(Expression.Variable(var name, _), var arguments, _)
        && name.text().equals("mod")
        && arguments.size() == 2) {
      return number(arguments.get(0).value())
          .flatMap(a -> number(arguments.get(1).value()).flatMap(b -> remainder(a, b)));
    }
    return Constants.SURE.value(expression, root);
  }

  private Optional<String> text(Expression expression) {
    return isField(expression)
        ? value instanceof Value.Text(var text) ? Optional.of(text) : Optional.empty()
        : written(expression);
  }

  /// The characters of a text without placeholders.
  static Optional<String> written(Expression expression) {
    return expression instanceof Expression.Text(var parts, _)
            && parts.size() == 1
            && parts.getFirst() instanceof TextPart.Plain(var characters, _)
        ? Optional.of(characters)
        : Optional.empty();
  }

  private static Optional<Rational> remainder(Rational a, Rational b) {
    return b.signum() == 0
        ? Optional.empty()
        : Optional.of(a.minus(b.times(a.dividedBy(b).floor())));
  }
}
