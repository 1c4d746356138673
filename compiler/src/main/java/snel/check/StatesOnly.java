package snel.check;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.syntax.Name;

/// `holding` and `integrate … by` name states. E0510.
final class StatesOnly {
  private StatesOnly() {}

  /// @param word what wants the state
  static void check(Context context, Scope scope, List<Name> names, String word) {
    for (Name name : names) {
      Optional<Symbol> symbol = scope.find(name.text());
      if (name.text().isEmpty() || symbol.filter(s -> s.role().isState()).isPresent()) {
        continue;
      }
      var states =
          scope.visible().values().stream()
              .filter(s -> s.role().isState())
              .map(Symbol::name)
              .toList();
      String is = symbol.map(s -> " is " + s.role().words()).orElse(" is not declared");
      var diagnostic =
          Diagnostic.of(
              symbol.isPresent() ? Code.NOT_A_STATE : Code.UNKNOWN_NAME,
              word
                  + " wants a state, but `"
                  + name.text()
                  + "`"
                  + is
                  + Nearest.hint(name.text(), states),
              name.span(),
              "no state");
      context.report(
          symbol
              .filter(s -> s.role() != Role.GIVEN)
              .map(s -> diagnostic.label(s.span(), "declared here"))
              .orElse(diagnostic));
    }
  }
}
