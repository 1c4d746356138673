package snel.check;

import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Expression;
import snel.types.Type;

/// What is true or false stands after `if`, `when`, `where`, `until`, `and`, `or`, `not`. E0206.
final class Conditions {
  private Conditions() {}

  /// @param word what wants the condition, as it is written: "`spike when`"
  static void check(Context context, Scope scope, Expression condition, String word) {
    check(context, context.in(scope).type(condition), condition, word);
  }

  static void check(Context context, Type type, Expression condition, String word) {
    Type found = context.resolved(type);
    if (Wording.isOpen(found) || found.single() instanceof Type.Bool) {
      return;
    }
    var diagnostic =
        Diagnostic.of(
            Code.CONDITION_WANTED,
            word
                + " wants a condition, but `"
                + Wording.text(condition.span())
                + "` is "
                + Wording.described(found),
            condition.span(),
            "neither true nor false");
    context.report(
        Wording.isNumber(found)
            ? diagnostic.help("compare it: `" + Wording.text(condition.span()) + " > …`")
            : diagnostic);
  }
}
