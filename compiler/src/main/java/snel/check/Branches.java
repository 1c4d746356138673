package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Expression;
import snel.types.Type;

/// `if c then a else b` gives one kind of value. E0219.
final class Branches {
  private final Expressions expressions;

  Branches(Expressions expressions) {
    this.expressions = expressions;
  }

  Type type(Expression.Conditional conditional) {
    Context context = expressions.context();
    Type condition = expressions.type(conditional.condition());
    Conditions.check(context, condition, conditional.condition(), "`if`");
    Type yes = expressions.type(conditional.whenTrue());
    Type no = expressions.type(conditional.whenFalse());
    return new Agreeing(context)
        .common(yes, no)
        .map(common -> Agreeing.like(common, condition, common))
        .orElseGet(() -> context.faulty(unlike(context, conditional, yes, no)));
  }

  private Diagnostic unlike(
      Context context, Expression.Conditional conditional, Type yes, Type no) {
    String first = WrongKind.described(context.resolved(yes));
    String second = WrongKind.described(context.resolved(no));
    var diagnostic =
        Diagnostic.of(
                Code.UNLIKE_BRANCHES,
                "the branches of `if` differ: " + first + " and " + second,
                conditional.whenFalse().span(),
                "this is " + second)
            .label(conditional.whenTrue().span(), "this is " + first);
    return advice(conditional.whenFalse(), no, conditional.whenTrue(), yes)
        .or(() -> advice(conditional.whenTrue(), yes, conditional.whenFalse(), no))
        .map(advice -> advice.addTo(diagnostic))
        .orElse(diagnostic);
  }

  private Optional<UnitAdvice> advice(Expression odd, Type found, Expression other, Type wanted) {
    return UnitAdvice.of(
        expressions.context(), expressions.scope(), odd, found, wanted, Optional.of(other));
  }
}
