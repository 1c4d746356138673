package snel.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import snel.syntax.Action;
import snel.syntax.Assign;
import snel.syntax.AssignmentOperator;
import snel.syntax.Expression;
import snel.syntax.ModelItem;
import snel.syntax.NeuronItem;

/// Neurons that measure when spikes come: they never spike, and add something up over time, as
/// `every dt { time += waiting * dt }` does. A sum whose increments read itself is a leak, written
/// out.
final class Measuring {
  private Measuring() {}

  static boolean is(NeuronModel model) {
    List<NeuronItem> items =
        Stream.iterate(Optional.of(model), Optional::isPresent, m -> m.flatMap(NeuronModel::parent))
            .flatMap(m -> m.orElseThrow().declaration().items().stream())
            .toList();
    return items.stream().noneMatch(Measuring::spikes)
        && items.stream()
            .anyMatch(item ->
                item instanceof ModelItem.EveryPeriod(_, var body, _)
                    && body.stream().anyMatch(Measuring::addsUp));
  }

  private static boolean spikes(NeuronItem item) {
    return item instanceof NeuronItem.SpikeWhen
        || item instanceof NeuronItem.SpikeOnCrossing
        || item instanceof NeuronItem.SpikeWithRate
        || item instanceof NeuronItem.SpikeAt;
  }

  private static boolean addsUp(Action action) {
    return switch (action) {
      case Assign(Expression.Variable(var sum, _), var operator, var value, _) ->
          operator == AssignmentOperator.ADD
              && mentions(value, "dt")
              && !mentions(value, sum.text());
      case Action.If(_, var then, var otherwise, _) ->
          Stream.concat(then.stream(), otherwise.stream()).anyMatch(Measuring::addsUp);
      default -> false;
    };
  }

  private static boolean mentions(Expression value, String name) {
    return Parts.any(
        value,
        part -> part instanceof Expression.Variable(var read, _) && read.text().equals(name));
  }
}
