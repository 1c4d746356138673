package snel.check;

import java.util.List;
import java.util.Optional;
import snel.resolve.Entity;
import snel.source.Span;
import snel.syntax.Clause;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Reference;
import snel.types.DimensionTerm;
import snel.types.Type;

/// What a connection is made of: the neurons that it joins and its synapse.
final class Projections {
  private final Context context;
  private final Scope scope;

  Projections(Context context, Scope scope) {
    this.context = context;
    this.scope = scope;
  }

  /// What the name behind `as` stands for. Faults are told where the connection is checked.
  Type wires(Connect connect) {
    if (clause(connect).isPresent() && declared(connect).isEmpty()) {
      return Type.UNKNOWN;
    }
    Context silent = context.silent();
    var projections = new Projections(silent, scope);
    Endpoint target =
        connect.targets().isEmpty()
            ? new Endpoint.Unclear(Optional.empty())
            : new Endpoints(silent, scope).of(connect.targets().getFirst());
    Scope pairs = projections.pairs(connect, List.of(target));
    Optional<SynapseModel> synapse = projections.synapse(connect, target, pairs);
    Type weight = projections.weight(connect, pairs);
    return new Things.Wires(
        synapse,
        Wording.dimension(weight).isPresent()
            ? weight
            : projections.arrival(target).orElse(weight));
  }

  private Type weight(Connect connect, Scope pairs) {
    for (Clause clause : connect.clauses()) {
      switch (clause) {
        case Clause.Weight(var value, _) -> {
          return Typing.settled(context, context.in(pairs).type(value)).single();
        }
        case Clause.TiedTo(var weights, _) -> {
          return context.in(scope).resolved(weights).single();
        }
        default -> {}
      }
    }
    return Type.UNKNOWN;
  }

  /// The names of the clauses: `pre`, `post`, `offset`, `edge`, `fan_in`.
  Scope pairs(Connect connect, List<Endpoint> targets) {
    Scope pairs = scope.inner(Place.PAIR);
    Span at = connect.span();
    Optional<NeuronModel> pre = same(connect.sources().stream().map(this::source).toList());
    Optional<NeuronModel> post = same(targets.stream().map(Endpoint::neurons).toList());
    pairs.put(Symbol.given("pre", new Things.End("pre", pre), at));
    pairs.put(Symbol.given("post", new Things.End("post", post), at));
    pairs.put(Symbol.given("offset", new Things.Numbers("offset"), at));
    pairs.put(Symbol.given("edge", new Things.Numbers("edge"), at));
    pairs.put(Symbol.given("fan_in", Type.PLAIN, at));
    return pairs;
  }

  Optional<NeuronModel> source(Reference source) {
    return switch (context.silent().in(scope).resolved(source)) {
      case Things.Cells(var model) -> model;
      case Things.Happening(var model, _) -> model;
      default -> Optional.empty();
    };
  }

  private static Optional<NeuronModel> same(List<Optional<NeuronModel>> models) {
    return models.stream().distinct().count() == 1 ? models.getFirst() : Optional.empty();
  }

  static Optional<Clause.SynapseModel> clause(Connect connect) {
    return connect.clauses().stream()
        .filter(c -> c instanceof Clause.SynapseModel)
        .map(c -> (Clause.SynapseModel) c)
        .findFirst();
  }

  /// The declaration behind `synapse`, if there is one of that name.
  Optional<Entity.Declared> declared(Connect connect) {
    return clause(connect)
        .flatMap(c -> NetworkNames.declared(context, c.model().name(), scope.file()))
        .filter(d -> d.declaration() instanceof Declaration.Synapse);
  }

  /// Whether its synapse hands on a value at all times.
  boolean transmits(Connect connect) {
    return declared(connect)
        .filter(d ->
            context.models().synapse((Declaration.Synapse) d.declaration(), d.scope()).transmits())
        .isPresent();
  }

  /// The synapse as it is in this connection.
  Optional<SynapseModel> synapse(Connect connect, Endpoint target, Scope pairs) {
    return declared(connect)
        .map(d ->
            new SynapseReader(context, use(connect, target, pairs))
                .read((Declaration.Synapse) d.declaration(), context.models().root(d.scope())));
  }

  private SynapseUse use(Connect connect, Endpoint target, Scope pairs) {
    Optional<DimensionTerm> port = arrival(target).flatMap(Type::numberDimension);
    Optional<NeuronModel> pre = same(connect.sources().stream().map(this::source).toList());
    return new SynapseUse(
        port.or(() -> weight(connect, pairs).numberDimension()), pre, target.neurons());
  }

  /// What the port takes.
  private Optional<Type> arrival(Endpoint target) {
    return target instanceof Endpoint.Events(var port, _)
        ? port.values().stream().findFirst().map(context::resolved)
        : Optional.empty();
  }

  /// The expression that gives the weights, with its place.
  static Optional<Expression> weights(Connect connect) {
    return connect.clauses().stream()
        .flatMap(c ->
            switch (c) {
              case Clause.Weight(var value, _) -> List.of(value).stream();
              case Clause.TiedTo(var value, _) -> List.of(value).stream();
              default -> java.util.stream.Stream.<Expression>of();
            })
        .findFirst();
  }
}
