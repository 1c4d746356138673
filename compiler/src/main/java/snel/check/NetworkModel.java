package snel.check;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import snel.syntax.Declaration;
import snel.syntax.NetworkItem;

/// What a network declares, and the scopes of its loops.
final class NetworkModel {
  private final Declaration.Network declaration;
  private final Scope scope;
  private final Map<String, NetworkItem.Protocol> protocols = new LinkedHashMap<>();
  private final Map<NetworkItem.For, Scope> loops = new IdentityHashMap<>();

  private NetworkModel(Declaration.Network declaration, Scope scope) {
    this.declaration = declaration;
    this.scope = scope;
  }

  static NetworkModel read(Context context, Declaration.Network network, Scope root) {
    var model = new NetworkModel(network, root.inner(Place.NETWORK));
    new NetworkNames(context, model.scope, model.loops).declare(network.items());
    for (NetworkItem item : network.items()) {
      if (item instanceof NetworkItem.Protocol protocol) {
        model.protocols.putIfAbsent(protocol.name().text(), protocol);
      }
    }
    return model;
  }

  String name() {
    return declaration.name().text();
  }

  Declaration.Network declaration() {
    return declaration;
  }

  Scope scope() {
    return scope;
  }

  /// Everything that recording and experiments may name.
  Map<String, Symbol> members() {
    return Collections.unmodifiableMap(scope.own());
  }

  List<String> parameters() {
    return scope.own().values().stream()
        .filter(s -> s.role() == Role.PARAMETER)
        .map(Symbol::name)
        .toList();
  }

  Map<String, NetworkItem.Protocol> protocols() {
    return Collections.unmodifiableMap(protocols);
  }

  Map<NetworkItem.For, Scope> loops() {
    return loops;
  }
}
