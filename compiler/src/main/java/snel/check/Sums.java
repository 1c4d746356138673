package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.syntax.BinaryOperator;
import snel.syntax.Expression;
import snel.types.Type;

/// `+` and `-` want equal dimensions. E0201.
final class Sums {
  private final Expressions expressions;
  private final Context context;

  Sums(Expressions expressions) {
    this.expressions = expressions;
    this.context = expressions.context();
  }

  Type type(Expression.Binary binary) {
    Type left = expressions.resolved(binary.left());
    Type right = expressions.resolved(binary.right());
    if (!NumbersOnly.hold(context, left, binary.left(), right, binary.right())) {
      return Type.UNKNOWN;
    }
    var agreeing = new Agreeing(context);
    Optional<Type> sum = agreeing.common(left, right);
    if (sum.isEmpty()) {
      var operands = new Operands(expressions, binary.left(), binary.right(), left, right);
      String message =
          binary.operator() == BinaryOperator.PLUS
              ? "cannot add " + operands.rightWords() + " to " + operands.leftWords()
              : "cannot subtract " + operands.rightWords() + " from " + operands.leftWords();
      return context.faulty(operands.diagnostic(Code.UNLIKE_OPERANDS, message));
    }
    return UnlikeShapes.hold(context, binary, left, right) ? sum.get() : Type.UNKNOWN;
  }
}
