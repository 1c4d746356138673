package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.source.Span;
import snel.syntax.Expression;
import snel.types.Type;

/// A value from outside is of the kind and dimension of the parameter that it replaces. E0202.
final class OutsideValues {
  private final Context context;
  private final Scope scope;

  /// @param root the names of the file
  OutsideValues(Context context, Scope root) {
    this.context = context;
    this.scope = root.inner(Place.EXPERIMENT);
  }

  /// @param parameter as `Owner.name`
  /// @param replaced the value that the program gives it
  void check(Expression parameter, Expression value, Optional<Span> replaced) {
    String receiver = "`" + Wording.text(parameter.span()) + "`";
    Type wanted = context.resolved(context.in(scope).resolved(parameter));
    if (wanted instanceof Type.Text && isUnknownName(value)) {
      String name = Wording.text(value.span());
      var diagnostic =
          Diagnostic.of(
                  Code.UNLIKE_ASSIGNMENT,
                  receiver + " is a text, but `" + name + "` is a name",
                  value.span(),
                  "a text stands in quotes")
              .fix("write it in quotes", value.span(), "\"" + name + "\"");
      context.report(labelled(diagnostic, replaced));
      return;
    }
    new Fits(context, scope)
        .alike(wanted, context.in(scope).type(value), value, receiver, replaced);
  }

  private boolean isUnknownName(Expression value) {
    return value instanceof Expression.Variable(var name, _) && scope.find(name.text()).isEmpty();
  }

  private static Diagnostic labelled(Diagnostic diagnostic, Optional<Span> replaced) {
    return replaced.map(span -> diagnostic.label(span, "in place of this")).orElse(diagnostic);
  }
}
