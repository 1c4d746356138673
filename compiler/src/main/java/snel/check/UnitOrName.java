package snel.check;

import java.util.regex.Pattern;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Expression;

/// In `20 mV/h`, `h` is an hour; where a name `h` is in sight as well, a reader could take it for
/// either. E0115.
final class UnitOrName {
  private static final Pattern SYMBOL = Pattern.compile("/([A-Za-z_]+)");

  private UnitOrName() {}

  /// Whether the unit can only be a unit.
  static boolean isUnit(Context context, Scope scope, Expression.Quantity quantity) {
    String unit = quantity.unit().text();
    var symbols = SYMBOL.matcher(unit);
    while (symbols.find()) {
      String word = symbols.group(1);
      if (scope.find(word).filter(s -> s.role() != Role.GIVEN).isPresent()) {
        report(context, scope, quantity, word, symbols.start());
        return false;
      }
    }
    return true;
  }

  private static void report(
      Context context, Scope scope, Expression.Quantity quantity, String word, int slash) {
    Symbol symbol = scope.find(word).orElseThrow();
    context.usage().read(symbol);
    String unit = quantity.unit().text();
    String divided =
        quantity.number() + " " + unit.substring(0, slash) + " / " + unit.substring(slash + 1);
    context.report(
        Diagnostic.of(
                Code.UNIT_OR_NAME,
                "`"
                    + Wording.text(quantity.span())
                    + "` has the unit `"
                    + unit
                    + "`, but `"
                    + word
                    + "` is also "
                    + symbol.role().words(),
                quantity.span(),
                "unit or name?")
            .label(symbol.span(), "`" + word + "` is declared here")
            .note("`" + divided + "` divides by the name; rename it if the unit is meant")
            .fix("write `" + divided + "`", quantity.span(), divided));
  }
}
