package snel.lower.protocol;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import snel.math.Expr;
import snel.math.Interval;
import snel.math.Owner;
import snel.model.Action;
import snel.model.Endpoint;
import snel.model.Firing;
import snel.model.Network;
import snel.model.Population;
import snel.model.Port;
import snel.model.Projection;

/// What has to arrive for one spike: the threshold of neurons that add all that comes straight to
/// the state which is compared with it.
final class SpikeThreshold {
  private SpikeThreshold() {}

  /// In units of the state; 1 for other neurons, and where the threshold is not the same for all,
  /// changes or is infinite.
  static double of(Population population, Network network) {
    return population.firing() instanceof Firing.When(Expr.Compare compare, boolean _)
            && state(compare).filter(name -> addsUp(population, name, network)).isPresent()
        ? threshold(compare, population)
        : 1;
  }

  private static Optional<String> state(Expr.Compare compare) {
    return side(compare, true) instanceof Expr.Ref(Owner owner, String name, _)
            && owner == Owner.SELF
        ? Optional.of(name)
        : Optional.empty();
  }

  /// The side that has to be the larger one, or the other.
  private static Expr side(Expr.Compare compare, boolean larger) {
    return switch (compare.relation()) {
      case GREATER, GREATER_OR_EQUAL -> larger ? compare.left() : compare.right();
      case LESS, LESS_OR_EQUAL -> larger ? compare.right() : compare.left();
      case EQUAL, NOT_EQUAL -> Expr.num(1);
    };
  }

  private static boolean addsUp(Population population, String state, Network network) {
    List<Port> ports =
        network.projections().stream()
            .map(Projection::target)
            .flatMap(target ->
                target instanceof Endpoint.NeuronPort(var slice, String port)
                        && slice.population().equals(population.path())
                    ? population.port(port).stream()
                    : Stream.empty())
            .toList();
    return !ports.isEmpty()
        && ports.stream().allMatch(port -> port.isLinear() && Action.assigns(port.body(), state));
  }

  private static double threshold(Expr.Compare compare, Population population) {
    Interval reached = Activations.range(side(compare, false), population);
    double value = reached.low();
    return value == reached.high() && value > 0 && Double.isFinite(value) ? value : 1;
  }
}
