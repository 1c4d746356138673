package snel.lower.protocol;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import snel.ir.protocol.Conversion.Activation;
import snel.ir.protocol.Conversion.Response;
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
  private static final Expr ZERO = Expr.num(0);

  private Activations() {}

  static Response of(Population population, Network network) {
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
    if (SpikeThreshold.isOutOfReach(population)) {
      return new Response(Activation.SILENT);
    }
    if (!(population.firing() instanceof Firing.Never)) {
      return new Response(Activation.OTHER);
    }
    List<Expr> sent =
        network.projections().stream()
            .filter(projection -> projection.source().population().equals(population.path()))
            .flatMap(projection -> sent(projection.synapse()).stream())
            .toList();
    return sums.isEmpty()
        ? new Response(ofInput(sent))
        : answer(List.copyOf(sums), sent, population);
  }

  /// A state as it is says no more than what the state is given.
  private static Activation ofInput(List<Expr> sent) {
    return sent.stream().allMatch(Expr.Ref.class::isInstance) ? Activation.OTHER : Activation.OWN;
  }

  private static Response answer(List<String> sums, List<Expr> sent, Population population) {
    var tried =
        new TriedSums(population, sums, ConvertedLayers.bias(population).map(Variable::name));
    Set<Response> found = new HashSet<>();
    Response own = new Response(Activation.OWN);
    if (sent.isEmpty()) {
      found.addAll(tried.ofStates());
      if (found.size() > 1) {
        found.remove(own);
      }
    }
    for (Expr value : sent) {
      found.add(tried.of(value).orElseGet(() -> new Response(slope(value, sums, population))));
    }
    if (found.contains(own)) {
      return own;
    }
    return found.size() == 1 ? found.iterator().next() : new Response(Activation.OTHER);
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

  /// What hangs on more than the sum, such as on what was before: no more is asked of it than that
  /// what it is given grows as the sum does.
  private static Activation slope(Expr sent, List<String> sums, Population population) {
    if (!(sent instanceof Expr.Ref)) {
      return Activation.OWN;
    }
    boolean grows =
        population.every().stream()
            .flatMap(every -> Action.expressions(every.body()))
            .allMatch(value ->
                sums.stream()
                    .filter(sum -> Walk.mentions(value, Owner.SELF, sum))
                    .allMatch(sum -> isSum(value, sum, population)));
    return grows ? Activation.OTHER : Activation.OWN;
  }

  /// Whether a value grows as the sum does.
  private static boolean isSum(Expr value, String sum, Population population) {
    return Linear.in(value, sum)
        .map(parts -> range(parts.coefficient(), population))
        .filter(slope -> slope.low() == 1 && slope.high() == 1)
        .isPresent();
  }
}
