package snel.check;

import java.util.Optional;
import snel.syntax.NetworkItem;
import snel.syntax.Parameter;
import snel.types.Type;

/// `protocol name(x : type) { … }` of a network.
final class Protocols {
  private Protocols() {}

  static void check(Context context, Scope network, NetworkItem.Protocol protocol) {
    Scope scope = network.inner(Place.EXPERIMENT);
    for (Parameter parameter : protocol.parameters()) {
      Type type = type(context, network, parameter);
      Names.declare(context, scope, Symbol.of(parameter.name(), Role.ARGUMENT, type));
    }
    new Statements(context, Optional.empty()).body(protocol.body(), scope);
  }

  static Type type(Context context, Scope network, Parameter parameter) {
    return WrittenTypes.read(context, network, parameter.type(), parameter.name().text());
  }
}
