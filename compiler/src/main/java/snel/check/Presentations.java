package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Statement;
import snel.types.Type;
import snel.units.Dimension;

/// `present input = value for duration`: each value fits its input. E0202, E0413.
final class Presentations {
  private final Context context;
  private final Scope scope;

  Presentations(Context context, Scope scope) {
    this.context = context;
    this.scope = scope;
  }

  void check(Statement.Present present) {
    present.inputs().forEach(this::driven);
    new ModelChecks(context, scope)
        .amount(present.duration(), Dimension.TIME, "the length of a presentation");
    Steps.notNegative(context, scope, present.duration(), "the length of a presentation");
  }

  private void driven(Statement.Driven driven) {
    String name = "`" + Wording.text(driven.input().span()) + "`";
    switch (new Endpoints(context, scope).of(driven.input())) {
      case Endpoint.Value(_, var span, var type, var model) -> {
        Type place = model.isPresent() ? Things.array(type.single()) : type;
        new Fits(context, scope).check(place, driven.value(), name, Context.shown(span));
      }
      case Endpoint.Trains(var type) ->
          new Fits(context, scope).check(type, driven.value(), name, Optional.empty());
      case Endpoint.Events(var port, _) -> {
        context.in(scope).type(driven.value());
        context.report(
            Diagnostic.of(
                    Code.SPIKES_AND_VALUES,
                    name + " takes events and cannot be held at a value",
                    driven.input().span(),
                    "an event port")
                .help("send an event: `send … ." + port.name().text() + "(…)`"));
      }
      case Endpoint.Unclear _ -> {
        context.in(scope).type(driven.input());
        context.in(scope).type(driven.value());
      }
    }
  }
}
