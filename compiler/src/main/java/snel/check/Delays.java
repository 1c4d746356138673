package snel.check;

import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.SynapseItem;
import snel.types.Type;
import snel.units.Dimension;

/// A learnable delay is a time.
final class Delays {
  private Delays() {}

  static void learnable(Context context, Scope scope, SynapseItem.DelayVariable delay) {
    Type type = context.type(scope, delay.name());
    boolean time =
        Wording.isOpen(type) || Wording.dimension(type).filter(Dimension.TIME::equals).isPresent();
    if (!time) {
      context.report(
          Diagnostic.of(
                  Code.UNLIKE_ASSIGNMENT,
                  "a delay is a time, but `"
                      + delay.name().text()
                      + "` is "
                      + WrongKind.described(type),
                  delay.type().span(),
                  "this is " + WrongKind.described(type))
              .fix("write `time`", delay.type().span(), "time"));
    }
  }
}
