package snel.check;

import java.util.List;
import java.util.stream.Stream;
import snel.syntax.Connect;
import snel.syntax.Expression;
import snel.syntax.NetworkItem;
import snel.types.Type;

/// What dimensions the weights have that `rounded` speaks of.
final class RoundedWeights {
  private final Context context;

  RoundedWeights(Context context) {
    this.context = context.silent();
  }

  /// Of all projections of a network, each dimension once, as far as models tell.
  List<Type> of(NetworkModel network) {
    return amounts(all(network));
  }

  /// Of the projections that are named.
  List<Type> of(Expression named, Scope scope) {
    List<Expression> elements =
        named.ungrouped() instanceof Expression.Array(var several, _) ? several : List.of(named);
    return amounts(elements.stream().map(context.in(scope)::resolved));
  }

  private List<Type> amounts(Stream<Type> projections) {
    return projections
        .flatMap(this::weight)
        .flatMap(type -> Wording.dimension(context.resolved(type)).stream())
        .distinct()
        .map(Type::of)
        .toList();
  }

  private Stream<Type> weight(Type projection) {
    return switch (projection) {
      case Things.Wires(var model, var weight) ->
          model.isPresent() ? model.get().weight().map(context::type).stream() : Stream.of(weight);
      default -> Stream.empty();
    };
  }

  private Stream<Type> all(NetworkModel network) {
    Stream<Type> inParts =
        network.members().values().stream()
            .flatMap(member ->
                context.resolved(context.type(member)) instanceof Things.Part(var part)
                    ? part.stream().flatMap(this::all)
                    : Stream.empty());
    return Stream.concat(all(network.declaration().items(), network.scope(), network), inParts);
  }

  private Stream<Type> all(List<NetworkItem> items, Scope scope, NetworkModel network) {
    return items.stream()
        .flatMap(item ->
            switch (item) {
              case Connect connect ->
                  Stream.of(context.resolved(new Projections(context, scope).wires(connect)));
              case NetworkItem.For loop ->
                  all(loop.body(), network.loops().getOrDefault(loop, scope), network);
              case NetworkItem.If(_, var then, var otherwise, _) ->
                  Stream.concat(all(then, scope, network), all(otherwise, scope, network));
              default -> Stream.empty();
            });
  }
}
