package snel.check;

import snel.syntax.Expression;
import snel.syntax.Name;
import snel.types.MathSignatures;
import snel.types.Type;

/// `min` and `max`: of two values element by element, or of all elements of one.
final class Extremes {
  private final Expressions expressions;

  Extremes(Expressions expressions) {
    this.expressions = expressions;
  }

  Type type(Name name, Expression.Call call) {
    if (call.arguments().size() != 1) {
      return new MathCalls(expressions).type(MathSignatures.of(name.text()).orElseThrow(), call);
    }
    Expression argument = call.arguments().getFirst().value();
    Type type = expressions.resolved(argument);
    Type listed = type instanceof Type.Sequence(var element) ? element : type;
    if (Wording.isOpen(listed) || Wording.isNumber(listed)) {
      return listed.single();
    }
    return WrongKind.report(expressions.context(), type, argument.span(), "a list of numbers");
  }
}
