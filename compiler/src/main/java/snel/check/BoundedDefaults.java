package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Binding;
import snel.syntax.Expression;
import snel.units.Rational;

/// The default of a bounded parameter, each element of a list, lies within its bounds. E0216.
final class BoundedDefaults {
  private BoundedDefaults() {}

  static void check(Context context, Scope scope, Binding binding) {
    if (binding.bounds() != null && binding.value() != null) {
      check(context, scope, binding, binding.bounds(), binding.value());
    }
  }

  private static void check(
      Context context, Scope scope, Binding binding, Expression.Range bounds, Expression value) {
    if (value instanceof Expression.Array(var elements, _)) {
      elements.forEach(element -> check(context, scope, binding, bounds, element));
      return;
    }
    Optional<Rational> fallback = Constants.BY_DEFAULT.value(value, scope);
    if (fallback.isEmpty()) {
      return;
    }
    Rational given = fallback.get();
    boolean below =
        Constants.BY_DEFAULT
            .value(bounds.lower(), scope)
            .filter(low -> given.compareTo(low) < 0)
            .isPresent();
    boolean above =
        Constants.BY_DEFAULT
            .value(bounds.upper(), scope)
            .filter(high -> given.compareTo(high) > (bounds.closed() ? 0 : -1))
            .isPresent();
    if (below || above) {
      context.report(
          Diagnostic.of(
                  Code.OUT_OF_RANGE,
                  "`"
                      + Wording.text(value.span())
                      + "` lies outside the range of `"
                      + binding.name().text()
                      + "`",
                  value.span(),
                  below ? "too small" : "too large")
              .label(bounds.span(), "the range"));
    }
  }
}
