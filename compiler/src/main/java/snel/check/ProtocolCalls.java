package snel.check;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.syntax.Expression;
import snel.syntax.NetworkItem;
import snel.syntax.Parameter;
import snel.syntax.Statement;

/// `do protocol(arguments)`: the network has the protocol, and the arguments fit it. E0108, E0213,
/// E0202.
final class ProtocolCalls {
  private final Context context;
  private final Scope scope;
  private final Optional<NetworkModel> network;

  ProtocolCalls(Context context, Scope scope, Optional<NetworkModel> network) {
    this.context = context;
    this.scope = scope;
    this.network = network;
  }

  void check(Statement.Do call) {
    Optional<NetworkModel> owner = network;
    String name = "";
    switch (call.protocol()) {
      case Expression.Variable(var protocol, _) -> name = protocol.text();
      case Expression.Member(var part, var protocol, _) -> {
        name = protocol.text();
        owner =
            context.in(scope).resolved(part) instanceof Things.Part(var model)
                ? model
                : Optional.empty();
      }
      case Expression.Index _ -> owner = Optional.empty();
    }
    if (owner.isEmpty() || name.isEmpty()) {
      context.in(scope).all(call.arguments());
      return;
    }
    NetworkItem.Protocol protocol = owner.get().protocols().get(name);
    if (protocol == null) {
      context.in(scope).all(call.arguments());
      context.report(unknown(call, name, owner.get()));
      return;
    }
    arguments(call, protocol, owner.get());
  }

  private static Diagnostic unknown(Statement.Do call, String name, NetworkModel owner) {
    List<String> known = List.copyOf(owner.protocols().keySet());
    return Diagnostic.of(
        Code.UNKNOWN_NAME,
        "`" + owner.name() + "` has no protocol `" + name + "`" + Nearest.hint(name, known),
        call.protocol().span(),
        "not declared");
  }

  private void arguments(Statement.Do call, NetworkItem.Protocol protocol, NetworkModel owner) {
    List<String> names = protocol.parameters().stream().map(p -> p.name().text()).toList();
    String shown = protocol.name().text() + "(" + String.join(", ", names) + ")";
    Optional<GivenArguments> given =
        GivenArguments.match(context, names, names, "", shown, call.arguments(), call.span());
    if (given.isEmpty()) {
      context.in(scope).all(call.arguments());
      return;
    }
    for (Parameter parameter : protocol.parameters()) {
      for (Expression value : given.get().of(parameter.name().text())) {
        new Fits(context, scope)
            .check(
                Protocols.type(context, owner.scope(), parameter),
                value,
                "`" + parameter.name().text() + "` of `" + protocol.name().text() + "`",
                Optional.of(parameter.name().span()));
      }
    }
  }
}
