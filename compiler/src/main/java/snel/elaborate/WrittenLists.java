package snel.elaborate;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.syntax.BinaryOperator;
import snel.syntax.Binding;
import snel.syntax.Expression;
import snel.syntax.Let;

/// Which parameters of a model are lists: by their type or, where they have none, as their default
/// is written. What is given to them does not decide it.
final class WrittenLists {
  private static final Set<BinaryOperator> ARITHMETIC =
      Set.of(
          BinaryOperator.PLUS,
          BinaryOperator.MINUS,
          BinaryOperator.TIMES,
          BinaryOperator.DIVIDE,
          BinaryOperator.POWER);

  private final Map<String, Boolean> declared = new HashMap<>();

  /// Whether the next parameter of the model, in the order they are declared, is a list.
  boolean declares(Binding binding, FileScope scope) {
    boolean isList =
        ModelParts.isList(binding)
            || binding.type() == null && binding.value() != null && isList(binding.value(), scope);
    declared.put(binding.name().text(), isList);
    return isList;
  }

  private boolean isList(Expression written, FileScope scope) {
    return switch (written.ungrouped()) {
      case Expression.Array _ -> true;
      case Expression.Unary(_, var operand, _) -> isList(operand, scope);
      case Expression.Binary(var operator, var left, var right, _) ->
          ARITHMETIC.contains(operator) && (isList(left, scope) || isList(right, scope));
      case Expression.Conditional(_, var yes, var no, _) -> isList(yes, scope) && isList(no, scope);
      case Expression.Variable(var name, _) ->
          declared.getOrDefault(name.text(), isListOfFile(name.text(), scope));
      default -> false;
    };
  }

  private boolean isListOfFile(String name, FileScope scope) {
    return scope.find(name).orElse(null) instanceof Entity.Declared(Let let, FileScope own)
        && isList(let.value(), own);
  }
}
