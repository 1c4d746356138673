package snel.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.syntax.Declaration;

/// What the outside sees of a neuron: its variables, ports and events, those of what it extends
/// included.
final class NeuronModel {
  private final Declaration.Neuron declaration;
  private final Scope scope;
  private final Optional<NeuronModel> parent;
  private final Map<String, Port> ports = new LinkedHashMap<>();
  private final Set<String> events = new LinkedHashSet<>();

  /// @param scope holds the variables
  NeuronModel(Declaration.Neuron declaration, Scope scope, Optional<NeuronModel> parent) {
    this.declaration = declaration;
    this.scope = scope;
    this.parent = parent;
    parent.ifPresent(p -> {
      ports.putAll(p.ports);
      events.addAll(p.events);
    });
  }

  String name() {
    return declaration.name().text();
  }

  Declaration.Neuron declaration() {
    return declaration;
  }

  Optional<NeuronModel> parent() {
    return parent;
  }

  /// Where names of its items are looked up.
  Scope scope() {
    return scope;
  }

  /// Whether everything that it extends is known.
  boolean isWhole() {
    return declaration.parent() == null || parent.filter(NeuronModel::isWhole).isPresent();
  }

  Map<String, Symbol> variables() {
    return Collections.unmodifiableMap(scope.own());
  }

  Optional<Symbol> variable(String name) {
    return scope.own(name);
  }

  void add(Port port) {
    ports.put(port.name().text(), port);
  }

  void addEvent(String event) {
    events.add(event);
  }

  Map<String, Port> ports() {
    return Collections.unmodifiableMap(ports);
  }

  /// The names of its inputs, which take values.
  List<String> inputs() {
    return variables().values().stream()
        .filter(symbol -> symbol.role() == Role.INPUT)
        .map(Symbol::name)
        .toList();
  }

  /// Events of its own, without `spike`.
  List<String> events() {
    return List.copyOf(events);
  }

  boolean hasEvent(String name) {
    return events.contains(name) || name.equals("win");
  }
}
