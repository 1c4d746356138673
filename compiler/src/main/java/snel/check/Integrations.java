package snel.check;

import java.util.Arrays;
import java.util.List;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.diagnostics.Prose;
import snel.model.Equation;
import snel.syntax.ModelItem;

/// `integrate v by method`: of states, by a method there is. E0121.
final class Integrations {
  private static final List<String> METHODS =
      Arrays.stream(Equation.Method.values()).map(Equation.Method::word).toList();

  private Integrations() {}

  static void check(Context context, Scope scope, ModelItem.Integrate integrate) {
    StatesOnly.check(context, scope, integrate.variables(), "`integrate`");
    String method = integrate.method().name().text();
    if (!method.isEmpty() && !METHODS.contains(method)) {
      context.report(
          Diagnostic.of(
                  Code.UNKNOWN_OPTION,
                  "there is no integration method `" + method + "`" + Nearest.hint(method, METHODS),
                  integrate.method().name().span(),
                  "no method")
              .note("there are " + Prose.codes(METHODS)));
    }
  }
}
