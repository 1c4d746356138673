package snel.check;

import java.util.List;
import java.util.Optional;
import snel.source.Span;
import snel.syntax.Expression;
import snel.syntax.Name;
import snel.syntax.Reference;
import snel.types.Type;

/// Reads what connections, drives and `send` end at.
final class Endpoints {
  private final Context context;
  private final Scope scope;

  Endpoints(Context context, Scope scope) {
    this.context = context;
    this.scope = scope;
  }

  Endpoint of(Reference reference) {
    if (reference instanceof Expression.Member(var owner, var name, _)) {
      Type type = context.in(scope).resolved(owner);
      switch (type) {
        case Things.Cells(var model) -> {
          return model
              .<Endpoint>map(m -> ofNeurons(m, name))
              .orElse(new Endpoint.Unclear(Optional.empty()));
        }
        case Things.Wires(var model, _) -> {
          return model
              .<Endpoint>map(m -> ofSynapses(m, name))
              .orElse(new Endpoint.Unclear(Optional.empty()));
        }
        case Things.Part(var part) -> {
          return part.map(p -> p.members().get(name.text()))
              .<Endpoint>map(this::ofSymbol)
              .orElse(new Endpoint.Unclear(Optional.empty()));
        }
        default -> {}
      }
    }
    if (reference instanceof Expression.Variable(var name, _)) {
      Optional<Symbol> symbol = scope.find(name.text());
      if (symbol.isPresent()) {
        return ofSymbol(symbol.get());
      }
    }
    return whole(context.in(scope).resolved(reference));
  }

  /// Giving an input a value is not reading it.
  private Endpoint ofSymbol(Symbol symbol) {
    if (symbol.role() != Role.INPUT) {
      context.usage().read(symbol);
    }
    Type type = context.type(symbol);
    boolean value = symbol.role() == Role.INPUT && !(type.single() instanceof Type.Spikes);
    return value
        ? new Endpoint.Value(symbol.name(), symbol.span(), type, Optional.empty())
        : whole(type);
  }

  private Endpoint ofNeurons(NeuronModel model, Name name) {
    Port port = model.ports().get(name.text());
    if (port != null) {
      return new Endpoint.Events(port, Optional.of(model));
    }
    return input(model.variable(name.text()), Optional.of(model));
  }

  private Endpoint ofSynapses(SynapseModel model, Name name) {
    Port port = model.ports().get(name.text());
    if (port != null) {
      return new Endpoint.Events(port, Optional.empty());
    }
    return input(Optional.ofNullable(model.variables().get(name.text())), Optional.empty());
  }

  private Endpoint input(Optional<Symbol> symbol, Optional<NeuronModel> model) {
    return symbol
        .filter(s -> s.role() == Role.INPUT)
        .<Endpoint>map(s -> {
          Span span = s.span();
          return new Endpoint.Value(s.name(), span, context.type(s), model);
        })
        .orElse(new Endpoint.Unclear(model));
  }

  /// A population without a port named: its only one.
  private Endpoint whole(Type type) {
    if (type.single() instanceof Type.Spikes) {
      return new Endpoint.Trains(type);
    }
    if (!(type instanceof Things.Cells(var model)) || model.isEmpty()) {
      return new Endpoint.Unclear(Optional.empty());
    }
    List<Port> ports = List.copyOf(model.get().ports().values());
    if (ports.size() == 1) {
      return new Endpoint.Events(ports.getFirst(), model);
    }
    List<Symbol> inputs =
        model.get().variables().values().stream().filter(s -> s.role() == Role.INPUT).toList();
    return ports.isEmpty() && inputs.size() == 1
        ? input(Optional.of(inputs.getFirst()), model)
        : new Endpoint.Unclear(model);
  }
}
