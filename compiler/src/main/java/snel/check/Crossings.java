package snel.check;

import java.util.List;
import java.util.stream.Stream;
import snel.syntax.Expression;
import snel.syntax.NeuronItem;
import snel.types.Type;
import snel.units.Dimension;

/// What crosses the thresholds of a network's neurons.
final class Crossings {
  private final Context context;

  Crossings(Context context) {
    this.context = context;
  }

  /// What it changes by in time, each dimension once, as far as models tell.
  List<Type> rises(NetworkModel network) {
    return dimensions(network).distinct().map(Type::of).toList();
  }

  private Stream<Dimension> dimensions(NetworkModel network) {
    return network.members().values().stream()
        .flatMap(member ->
            switch (context.resolved(context.type(member))) {
              case Things.Cells(var model) -> model.stream().flatMap(this::of);
              case Things.Part(var part) -> part.stream().flatMap(this::dimensions);
              default -> Stream.empty();
            });
  }

  private Stream<Dimension> of(NeuronModel model) {
    return Thresholds.inherited(model).threshold().stream()
        .map(NeuronItem.SpikeWhen::condition)
        .flatMap(Crossings::comparisons)
        .map(compared -> context.silent().in(model.scope()).resolved(compared))
        .flatMap(type -> type.numberDimension().stream())
        .flatMap(dimension -> dimension.perTime().fixed().stream());
  }

  /// What is compared where all has to hold.
  private static Stream<Expression> comparisons(Expression condition) {
    return condition.ungrouped() instanceof Expression.Binary(var operator, var a, var b, _)
        ? switch (operator) {
          case AND -> Stream.concat(comparisons(a), comparisons(b));
          case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> Stream.of(a, b);
          default -> Stream.empty();
        }
        : Stream.empty();
  }
}
