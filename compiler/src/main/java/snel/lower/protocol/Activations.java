package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import snel.ir.protocol.Conversion.Activation;
import snel.math.Expr;
import snel.math.Interval;
import snel.math.Linear;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Action;
import snel.model.Endpoint;
import snel.model.Firing;
import snel.model.Network;
import snel.model.Population;
import snel.model.Projection;
import snel.model.Synapse;
import snel.model.Variable;

/// Tells what neurons without spikes make of the sum that they get.
final class Activations {
  private static final String LARGER = "max";
  private static final Expr ZERO = Expr.num(0);

  private Activations() {}

  static Activation of(Population population, Network network) {
    Set<String> sums =
        network.projections().stream()
            .map(Projection::target)
            .filter(target ->
                target.neurons().stream()
                    .anyMatch(slice -> slice.population().equals(population.path())))
            .flatMap(target ->
                target instanceof Endpoint.NeuronInput(_, String input)
                    ? Stream.of(input)
                    : Stream.empty())
            .collect(Collectors.toSet());
    if (isOutOfReach(population)) {
      return Activation.SILENT;
    }
    if (!(population.firing() instanceof Firing.Never) || sums.size() > 1) {
      return Activation.OTHER;
    }
    Optional<String> sum = sums.stream().findFirst();
    List<Activation> found = new ArrayList<>();
    sum.ifPresent(name ->
        population.every().stream()
            .flatMap(every -> Action.expressions(every.body()))
            .filter(value -> Walk.mentions(value, Owner.SELF, name))
            .forEach(value -> found.add(of(value, Owner.SELF, name, population))));
    network.projections().stream()
        .filter(projection -> projection.source().population().equals(population.path()))
        .flatMap(projection -> sent(projection.synapse()).stream())
        .map(value -> sent(value, sum, population))
        .forEach(found::addAll);
    if (found.contains(Activation.OWN)) {
      return Activation.OWN;
    }
    return found.stream().distinct().count() == 1 ? found.getFirst() : Activation.OTHER;
  }

  /// Whether the threshold is infinite, as where the potential is read.
  private static boolean isOutOfReach(Population population) {
    if (!(population.firing() instanceof Firing.When(Expr.Compare compare, boolean _))) {
      return false;
    }
    return switch (compare.relation()) {
      case GREATER, GREATER_OR_EQUAL -> isInfinite(compare.right(), population);
      case LESS, LESS_OR_EQUAL -> isInfinite(compare.left(), population);
      case EQUAL, NOT_EQUAL -> false;
    };
  }

  private static boolean isInfinite(Expr threshold, Population population) {
    return range(threshold, population).low() == Double.POSITIVE_INFINITY;
  }

  /// What an expression of constants and parameters may be.
  static Interval range(Expr expression, Population population) {
    return Interval.of(
        expression,
        ref ->
            population
                .parameter(ref.name())
                .filter(parameter -> parameter.initial() instanceof Expr.Num)
                .map(parameter -> Interval.of(parameter.initial(), _ -> Interval.UNKNOWN))
                .orElse(Interval.UNKNOWN));
  }

  /// What a synapse sends for a weight of 1; empty if that is no multiple of the weight.
  private static Optional<Expr> sent(Synapse synapse) {
    return synapse
        .transmit()
        .map(value ->
            synapse
                .weight()
                .map(Variable::name)
                .filter(name -> Walk.mentions(value, Owner.SELF, name))
                .flatMap(name -> Linear.in(value, name))
                .filter(parts -> parts.rest().equals(ZERO))
                .map(Linear::coefficient)
                .orElse(value));
  }

  /// A state as it is says no more than what the state is given.
  private static List<Activation> sent(Expr value, Optional<String> sum, Population population) {
    if (sum.isPresent() && Walk.mentions(value, Owner.PRE, sum.get())) {
      return List.of(of(value, Owner.PRE, sum.get(), population));
    }
    return value instanceof Expr.Ref ? List.of() : List.of(Activation.OWN);
  }

  private static Activation of(Expr value, Owner owner, String sum, Population population) {
    if (isSum(value, owner, sum, population)) {
      return Activation.LINEAR;
    }
    return value instanceof Expr.Call(String function, List<Expr> arguments)
            && function.equals(LARGER)
            && arguments.size() == 2
            && arguments.contains(ZERO)
            && arguments.stream().anyMatch(each -> isSum(each, owner, sum, population))
        ? Activation.RECTIFIED
        : Activation.OWN;
  }

  /// Whether a value grows as the sum does.
  private static boolean isSum(Expr value, Owner owner, String sum, Population population) {
    return Linear.in(value, owner, sum)
        .map(parts -> range(parts.coefficient(), population))
        .filter(slope -> slope.low() == 1 && slope.high() == 1)
        .isPresent();
  }
}
