package snel.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.source.Span;
import snel.syntax.BinaryOperator;
import snel.syntax.Expression;
import snel.syntax.OutcomeStatement;
import snel.types.Type;

/// `expect condition within tolerance`: a tolerance is a percentage, or has the dimension of what
/// is compared. E0206, E0204, E0217.
final class Expectations {
  private Expectations() {}

  static void check(Context context, Scope scope, OutcomeStatement.Expect expect) {
    Expression condition = expect.condition().ungrouped();
    Expression within = expect.within();
    if (rangeBehindWithin(context, scope, condition, within)
        || listForRange(context, scope, condition)) {
      return;
    }
    Conditions.check(context, scope, expect.condition(), "`expect`");
    new Certainty(context, scope).expected(condition);
    if (within == null) {
      return;
    }
    Type tolerance = context.in(scope).resolved(within);
    negative(context, scope, within);
    if (!(condition instanceof Expression.Binary binary) || !compares(binary)) {
      context.report(
          Diagnostic.of(
                  Code.WRONG_KIND,
                  "a tolerance belongs to a comparison with one value",
                  within.span(),
                  "nothing that could be missed by this much")
              .help("write `expect x == 3 Hz within 1 Hz`, or a wider range without `within`"));
      return;
    }
    boolean relative =
        within instanceof Expression.Quantity(_, var unit, _) && unit.text().equals("%");
    if (relative) {
      return;
    }
    Context silent = context.silent();
    Type compared = silent.in(scope).resolved(binary.right());
    Type left = silent.in(scope).resolved(binary.left());
    if (Wording.fitsAll(compared) || !Wording.isNumber(compared)) {
      compared = left;
    }
    if (!Wording.isNumber(compared) || !Wording.isNumber(tolerance)) {
      return;
    }
    boolean agree = context.sameDimension(tolerance, compared);
    if (!agree) {
      String what = Wording.described(context.resolved(compared));
      var diagnostic =
          Diagnostic.of(
                  Code.UNLIKE_COMPARISON,
                  "the tolerance of " + what + " cannot be " + Wording.described(tolerance),
                  within.span(),
                  "this is " + Wording.described(tolerance))
              .label(binary.right().span(), "this is " + what);
      context.report(
          UnitAdvice.of(context, scope, within, tolerance, compared, java.util.Optional.of(binary))
              .map(advice -> advice.addTo(diagnostic))
              .orElse(diagnostic));
    }
  }

  private static boolean compares(Expression.Binary binary) {
    return switch (binary.operator()) {
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL -> true;
      case POWER, TIMES, DIVIDE, PLUS, MINUS, IN, AND, OR -> false;
    };
  }

  private static void negative(Context context, Scope scope, Expression within) {
    Constants.BY_DEFAULT
        .value(within, scope)
        .filter(value -> value.signum() < 0)
        .ifPresent(_ ->
            context.report(
                Diagnostic.of(
                    Code.OUT_OF_RANGE, "a tolerance is not negative", within.span(), "negative")));
  }

  /// `expect rate(A) within 3 Hz .. 5 Hz`.
  private static boolean rangeBehindWithin(
      Context context, Scope scope, Expression condition, @Nullable Expression within) {
    if (within == null || !(within.ungrouped() instanceof Expression.Range)) {
      return false;
    }
    String right = "in " + Wording.text(within.span());
    String text = within.span().file().text();
    int start = text.lastIndexOf("within", within.span().start());
    boolean value = Wording.isNumber(context.silent().in(scope).resolved(condition));
    var diagnostic =
        Diagnostic.of(
            Code.WRONG_KIND, "`within` takes a tolerance, not a range", within.span(), "a range");
    context.report(
        value
            ? diagnostic.fix(
                "write `" + right + "`",
                new Span(within.span().file(), start, within.span().end()),
                right)
            : diagnostic.help("a tolerance is one value: `within 1 Hz`"));
    return true;
  }

  /// `expect rate(A) in [3 Hz, 5 Hz]`: what is measured hardly ever has one of two values exactly.
  private static boolean listForRange(Context context, Scope scope, Expression condition) {
    if (!(condition instanceof Expression.Binary(var operator, var left, var right, _))
        || operator != BinaryOperator.IN) {
      return false;
    }
    List<Expression> ends =
        switch (right.ungrouped()) {
          case Expression.Array(var elements, _) -> elements;
          case Expression.Tuple(var elements, _) -> elements;
          default -> List.of();
        };
    Type value = context.silent().in(scope).resolved(left);
    boolean measured =
        left.ungrouped() instanceof Expression.Call || !(value.single() instanceof Type.Int);
    if (ends.size() != 2 || !Wording.isNumber(value) || !measured) {
      return false;
    }
    String range =
        Wording.text(ends.getFirst().span()) + " .. " + Wording.text(ends.getLast().span());
    context.report(
        Diagnostic.of(
                Code.WRONG_KIND,
                "brackets hold single values; all between two is a range",
                right.span(),
                "these two values and no other")
            .fix("write `" + range + "`", right.span(), range));
    return true;
  }
}
