package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
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
    if (!(population.firing() instanceof Firing.Never) || sums.size() != 1) {
      return Activation.OTHER;
    }
    String sum = sums.iterator().next();
    List<Activation> found = new ArrayList<>();
    population.every().stream()
        .flatMap(every -> Action.expressions(every.body()))
        .filter(value -> Walk.mentions(value, Owner.SELF, sum))
        .forEach(value -> found.add(of(value, Owner.SELF, sum)));
    network.projections().stream()
        .filter(projection -> projection.source().population().equals(population.path()))
        .flatMap(projection -> projection.synapse().transmit().stream())
        .filter(value -> Walk.mentions(value, Owner.PRE, sum))
        .forEach(value -> found.add(of(value, Owner.PRE, sum)));
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
    Interval reached =
        Interval.of(
            threshold,
            ref ->
                population
                    .parameter(ref.name())
                    .filter(parameter -> parameter.initial() instanceof Expr.Num)
                    .map(parameter -> Interval.of(parameter.initial(), _ -> Interval.UNKNOWN))
                    .orElse(Interval.UNKNOWN));
    return reached.low() == Double.POSITIVE_INFINITY;
  }

  private static Activation of(Expr value, Owner owner, String sum) {
    if (Linear.in(value, owner, sum).isPresent()) {
      return Activation.LINEAR;
    }
    Expr without = Walk.rebuild(value, part -> isRectified(part, owner, sum) ? ZERO : part);
    return Walk.mentions(without, owner, sum) ? Activation.OTHER : Activation.RECTIFIED;
  }

  private static boolean isRectified(Expr part, Owner owner, String sum) {
    return part instanceof Expr.Call(String function, List<Expr> arguments)
        && function.equals(LARGER)
        && arguments.size() == 2
        && arguments.contains(ZERO)
        && arguments.stream().allMatch(each -> Linear.in(each, owner, sum).isPresent());
  }
}
