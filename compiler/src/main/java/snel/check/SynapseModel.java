package snel.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import snel.syntax.Declaration;
import snel.syntax.SynapseItem;

/// What the outside sees of a synapse: its variables, ports, what it delivers and transmits.
final class SynapseModel {
  private final Declaration.Synapse declaration;
  private final Scope scope;
  private final Optional<SynapseModel> parent;
  private final Map<String, Port> ports = new LinkedHashMap<>();

  SynapseModel(Declaration.Synapse declaration, Scope scope, Optional<SynapseModel> parent) {
    this.declaration = declaration;
    this.scope = scope;
    this.parent = parent;
    parent.ifPresent(p -> ports.putAll(p.ports));
  }

  String name() {
    return declaration.name().text();
  }

  Declaration.Synapse declaration() {
    return declaration;
  }

  Optional<SynapseModel> parent() {
    return parent;
  }

  Scope scope() {
    return scope;
  }

  /// Whether everything that it extends is known.
  boolean isWhole() {
    return declaration.parent() == null || parent.filter(SynapseModel::isWhole).isPresent();
  }

  Map<String, Symbol> variables() {
    return Collections.unmodifiableMap(scope.own());
  }

  void add(Port port) {
    ports.put(port.name().text(), port);
  }

  Map<String, Port> ports() {
    return Collections.unmodifiableMap(ports);
  }

  /// The variable that a connection's `weight` sets.
  Optional<Symbol> weight() {
    return variables().values().stream().filter(s -> s.role() == Role.WEIGHT).findFirst();
  }

  boolean transmits() {
    return declaration.items().stream().anyMatch(i -> i instanceof SynapseItem.Transmit)
        || parent.filter(SynapseModel::transmits).isPresent();
  }
}
