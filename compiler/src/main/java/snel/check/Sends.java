package snel.check;

import java.util.List;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Prose;
import snel.syntax.Argument;
import snel.syntax.Statement;
import snel.types.Type;
import snel.units.Dimension;

/// `send port(value) after time`: as many values as the port takes, of its dimensions. E0213,
/// E0207, E0413.
final class Sends {
  private final Context context;
  private final Scope scope;

  Sends(Context context, Scope scope) {
    this.context = context;
    this.scope = scope;
  }

  void check(Statement.Send send) {
    if (send.after() != null) {
      new ModelChecks(context, scope)
          .amount(send.after(), Dimension.TIME, "the time until an event");
      Steps.notNegative(context, scope, send.after(), "the time until an event");
    }
    String name = "`" + Wording.text(send.port().span()) + "`";
    switch (new Endpoints(context, scope).of(send.port())) {
      case Endpoint.Events(var port, _) -> event(send, port);
      case Endpoint.Value _ -> {
        context.in(scope).all(send.arguments());
        context.report(
            Diagnostic.of(
                    Code.SPIKES_AND_VALUES,
                    name + " holds a value and takes no events",
                    send.port().span(),
                    "an input")
                .help("hold it: `present " + Wording.text(send.port().span()) + " = … for …`"));
      }
      case Endpoint.Trains _, Endpoint.Unclear _ -> context.in(scope).all(send.arguments());
    }
  }

  private void event(Statement.Send send, Port port) {
    List<Argument> arguments = send.arguments();
    if (arguments.size() != port.values().size()) {
      context.in(scope).all(arguments);
      var diagnostic =
          Diagnostic.of(
              Code.WRONG_ARGUMENT_COUNT,
              "port `"
                  + port.name().text()
                  + "` takes "
                  + Prose.counted(port.values().size(), "value")
                  + ", not "
                  + arguments.size(),
              send.port().span(),
              Prose.counted(arguments.size(), "value"));
      context.report(Context.labelled(diagnostic, port.name().span(), "declared here"));
      return;
    }
    for (int k = 0; k < arguments.size(); k++) {
      value(port, context.resolved(port.values().get(k)), arguments.get(k));
    }
  }

  private void value(Port port, Type wanted, Argument argument) {
    new Fits(context, scope)
        .check(
            Things.array(wanted),
            argument.value(),
            "port `" + port.name().text() + "`",
            Context.shown(port.name().span()));
  }
}
