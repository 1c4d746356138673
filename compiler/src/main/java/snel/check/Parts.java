package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import snel.syntax.Argument;
import snel.syntax.Expression;

/// The expressions that an expression is made of.
public final class Parts {
  private Parts() {}

  static List<Expression> of(Expression expression) {
    return switch (expression) {
      case Expression.Member(var owner, _, _) -> List.of(owner);
      case Expression.Index(var owner, var indices, _) -> joined(owner, indices);
      case Expression.Call(var callee, var arguments, _) ->
          joined(callee, arguments.stream().map(Argument::value).toList());
      case Expression.Unary(_, var operand, _) -> List.of(operand);
      case Expression.Binary(_, var left, var right, _) -> List.of(left, right);
      case Expression.Range(var lower, var upper, _, _) -> List.of(lower, upper);
      case Expression.Conditional(var condition, var yes, var no, _) -> List.of(condition, yes, no);
      case Expression.Pipe(var stream, var stage, _) -> List.of(stream, stage);
      case Expression.Array(var elements, _) -> elements;
      case Expression.Tuple(var elements, _) -> elements;
      case Expression.Group(var inner, _) -> List.of(inner);
      case Expression.Number _, Expression.Quantity _, Expression.Truth _ -> List.of();
      case Expression.Text _, Expression.Variable _, Expression.WholeAxis _ -> List.of();
      case Expression.Missing _ -> List.of();
    };
  }

  /// Calls `visit` for the expression and everything in it.
  public static void each(Expression expression, Consumer<Expression> visit) {
    visit.accept(expression);
    of(expression).forEach(part -> each(part, visit));
  }

  /// Whether it holds of the expression or of something in it.
  static boolean any(Expression expression, Predicate<Expression> holds) {
    return holds.test(expression) || of(expression).stream().anyMatch(part -> any(part, holds));
  }

  private static List<Expression> joined(Expression first, List<Expression> others) {
    var all = new ArrayList<Expression>();
    all.add(first);
    all.addAll(others);
    return all;
  }
}
