package snel.lower.protocol;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import snel.math.Expr;
import snel.math.Fold;
import snel.math.Interval;
import snel.math.Linear;
import snel.math.Relation;
import snel.model.Action;
import snel.model.Firing;
import snel.model.Network;
import snel.model.Population;
import snel.model.Port;
import snel.model.Variable;

/// What has to arrive for one spike, at neurons that add all that comes straight to the state which
/// a threshold is for: what a spike takes away from it, or how far it is from where it begins again
/// to the threshold.
final class SpikeThreshold {
  private SpikeThreshold() {}

  /// In units of the state; 1 for other neurons, and where the threshold is not the same for all,
  /// changes or is infinite.
  static double of(Population population, Network network) {
    List<Port> ports = ports(population, network);
    return margins(population)
        .flatMap(margin ->
            population.states().stream()
                .map(Variable::name)
                .filter(state -> addsUp(ports, state))
                .flatMap(state -> worth(margin, state, population).stream()))
        .findFirst()
        .orElse(1.0);
  }

  /// Whether no spike can come, as where the potential is read.
  static boolean isOutOfReach(Population population) {
    return margins(population)
        .map(margin -> Activations.range(margin.threshold, population))
        .anyMatch(threshold -> threshold.low() == Double.POSITIVE_INFINITY);
  }

  /// Whether there are no spikes: without a threshold, or with one that nothing reaches.
  static boolean isNever(Population population) {
    return population.firing() instanceof Firing.Never || isOutOfReach(population);
  }

  /// What has to reach a threshold, or go beyond it.
  private record Margin(Expr value, Expr threshold) {}

  /// All of them have to, for a spike.
  private static Stream<Margin> margins(Population population) {
    return population.firing() instanceof Firing.When(Expr condition, boolean _)
        ? conditions(condition).flatMap(compare -> margin(compare).stream())
        : Stream.empty();
  }

  private static Stream<Expr.Compare> conditions(Expr condition) {
    return switch (condition) {
      case Expr.And(Expr left, Expr right) -> Stream.concat(conditions(left), conditions(right));
      case Expr.Compare compare -> Stream.of(compare);
      default -> Stream.empty();
    };
  }

  private static Optional<Margin> margin(Expr.Compare compare) {
    Relation relation = compare.relation();
    return switch (relation) {
      case GREATER, GREATER_OR_EQUAL -> Optional.of(new Margin(compare.left(), compare.right()));
      case LESS, LESS_OR_EQUAL -> Optional.of(new Margin(compare.right(), compare.left()));
      case EQUAL, NOT_EQUAL -> Optional.empty();
    };
  }

  private static List<Port> ports(Population population, Network network) {
    return network.projections().stream()
        .filter(projection ->
            projection.target().neurons().stream()
                .anyMatch(slice -> slice.population().equals(population.path())))
        .flatMap(projection -> network.port(projection).stream())
        .toList();
  }

  private static boolean addsUp(List<Port> ports, String state) {
    return !ports.isEmpty()
        && ports.stream().allMatch(port -> port.isLinear() && Action.assigns(port.body(), state));
  }

  private static Optional<Double> worth(Margin margin, String state, Population population) {
    OptionalDouble threshold =
        Linear.in(Fold.sub(margin.value, margin.threshold), state)
            .filter(parts -> Fold.isOne(parts.coefficient()))
            .map(parts -> number(Fold.neg(parts.rest()), population))
            .orElse(OptionalDouble.empty());
    if (threshold.isEmpty()) {
      return Optional.empty();
    }
    double worth =
        population.reset().stream()
            .flatMap(action ->
                action instanceof Action.Assign(Expr.Ref target, Expr value, _)
                        && target.name().equals(state)
                    ? Linear.in(value, state).stream()
                    : Stream.empty())
            .flatMap(parts -> worth(parts, threshold.getAsDouble(), population).stream())
            .findFirst()
            .orElse(threshold.getAsDouble());
    return worth > 0 && Double.isFinite(worth) ? Optional.of(worth) : Optional.empty();
  }

  /// @param reset what the state becomes
  private static Optional<Double> worth(Linear reset, double threshold, Population population) {
    OptionalDouble rest = number(reset.rest(), population);
    if (rest.isEmpty()) {
      return Optional.empty();
    }
    if (Fold.isOne(reset.coefficient())) {
      return Optional.of(-rest.getAsDouble());
    }
    return Fold.isZero(reset.coefficient())
        ? Optional.of(threshold - rest.getAsDouble())
        : Optional.empty();
  }

  private static OptionalDouble number(Expr expression, Population population) {
    Interval value = Activations.range(expression, population);
    return value.low() == value.high() ? OptionalDouble.of(value.low()) : OptionalDouble.empty();
  }
}
