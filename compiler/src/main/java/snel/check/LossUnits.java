package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Expression;
import snel.types.Type;
import snel.units.Dimension;
import snel.units.Unit;

/// A loss in Hz is minimised as a number of kHz: how large its derivatives are, and how much a
/// penalty beside it weighs, follows from a unit that is nowhere written. W0829.
final class LossUnits {
  private LossUnits() {}

  static void check(Context context, Scope scope, Expression loss) {
    Type found = Typing.settled(context, context.in(scope).type(loss));
    Wording.dimension(context.resolved(found))
        .filter(d -> !d.isPlain())
        .ifPresent(d -> context.diagnostics().report(warning(scope, loss, found, d)));
  }

  private static Diagnostic warning(Scope scope, Expression loss, Type found, Dimension dimension) {
    String text = Wording.text(loss.span());
    String stored = Unit.coherent(dimension).text();
    String author = AuthorUnits.of(dimension, Optional.of(loss), scope);
    return Diagnostic.of(
            Code.LOSS_WITH_UNIT,
            "`minimise` takes `" + text + "` as a number of " + stored,
            loss.span(),
            "this is " + Wording.described(found))
        .help("divide by the unit that you mean: `/ 1 " + author + "`");
  }
}
