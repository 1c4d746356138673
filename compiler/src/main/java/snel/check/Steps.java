package snel.check;

import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Expression;
import snel.units.Dimension;

/// The step is a time longer than zero (E0306); a duration is not negative (E0303).
final class Steps {
  private Steps() {}

  static void check(Context context, Scope scope, Expression duration) {
    new ModelChecks(context, scope).amount(duration, Dimension.TIME, "a step");
    boolean positive =
        Constants.BY_DEFAULT.value(duration, scope).filter(v -> v.signum() <= 0).isEmpty();
    if (!positive) {
      context.report(
          Diagnostic.of(
                  Code.BAD_STEP,
                  "the step must be longer than zero",
                  duration.span(),
                  "not longer than zero")
              .help("write `step 0.1 ms`, for example"));
    }
  }

  /// Parameters may have their defaults, but not behind an `if` that asks for something else.
  ///
  /// @param what "the length of a run"
  static void notNegative(Context context, Scope scope, Expression duration, String what) {
    Constants constants = scope.isConditional() ? Constants.SURE : Constants.BY_DEFAULT;
    boolean negative = constants.value(duration, scope).filter(v -> v.signum() < 0).isPresent();
    if (negative) {
      context.report(
          Diagnostic.of(
              Code.NEGATIVE_TIME, what + " must not be negative", duration.span(), "negative"));
    }
  }
}
