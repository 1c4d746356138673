package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Expression;
import snel.types.Type;
import snel.units.Dimension;

/// `exp`, `log`, `sin` … take plain numbers. E0205.
final class PlainNumbers {
  private PlainNumbers() {}

  static Type report(Expressions expressions, String function, Expression argument, Type found) {
    Context context = expressions.context();
    String what = Wording.described(context.resolved(found));
    String text = Wording.text(argument.span());
    Optional<Dimension> dimension = Wording.dimension(context.resolved(found));
    Optional<Symbol> divisor =
        dimension
            .flatMap(d -> Factors.named(context, expressions.scope(), d))
            .filter(s -> !context.usage().isRead(s));
    divisor.ifPresent(context.usage()::read);
    String advice =
        divisor
            .map(s -> ": divide by `" + s.name() + "`?")
            .or(() ->
                dimension.map(d ->
                    ": divide by "
                        + d.described()
                        + " such as `1 "
                        + AuthorUnits.of(d, Optional.of(argument), expressions.scope())
                        + "`"))
            .orElse("");
    var diagnostic =
        Diagnostic.of(
            Code.PLAIN_NUMBER_WANTED,
            "`" + function + "` wants a plain number; `" + text + "` is " + what + advice,
            argument.span(),
            "this is " + what);
    return context.faulty(
        divisor
            .map(s -> diagnostic.label(s.span(), "`" + s.name() + "` is " + what))
            .orElse(diagnostic));
  }
}
