package snel.check;

import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Expression;
import snel.syntax.OutcomeStatement;
import snel.types.Type;

/// `expect condition within tolerance`: a tolerance is a percentage, or has the dimension of what
/// is compared. E0206, E0204.
final class Expectations {
  private Expectations() {}

  static void check(Context context, Scope scope, OutcomeStatement.Expect expect) {
    Conditions.check(context, scope, expect.condition(), "`expect`");
    Expression within = expect.within();
    if (within == null) {
      return;
    }
    Type tolerance = context.in(scope).resolved(within);
    boolean relative =
        within instanceof Expression.Quantity(_, var unit, _) && unit.text().equals("%");
    if (relative || !(expect.condition().ungrouped() instanceof Expression.Binary binary)) {
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
}
