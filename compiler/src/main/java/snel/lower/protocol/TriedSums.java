package snel.lower.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import snel.ir.protocol.Conversion.Activation;
import snel.ir.protocol.Conversion.Response;
import snel.math.Expr;
import snel.math.Owner;
import snel.model.Population;

/// What neurons make of sums and biases, found by giving them some.
final class TriedSums {
  /// Each a sum and a bias.
  private static final double[][] PAIRS = {
    {2, 0.5},
    {-3, 0.5},
    {0.25, -1},
    {-1, 1.25},
    {0.0625, 0.03125},
    {-0.0625, -0.03125},
    {40, -3},
    {-40, 3},
    {1024, 8},
    {-1024, -8}
  };

  /// What the first of several inputs has more than its share, the others less.
  private static final double[] SPLITS = {0, 16, -16};

  private static final double ROUNDING = 1e-12;

  /// Below it lie two of the sums that are tried, which tell a ceiling from a step.
  private static final double LEAST_CEILING = 0.25;

  private final Population population;
  private final Optional<String> bias;
  private final List<Trial> trials = new ArrayList<>();

  /// @param sum with its bias
  private record Trial(double sum, RateAnswer answer) {}

  /// @param inputs whose sum counts
  TriedSums(Population population, List<String> inputs, Optional<String> bias) {
    this.population = population;
    this.bias = bias;
    for (double[] pair : PAIRS) {
      for (double split : inputs.size() > 1 ? SPLITS : new double[1]) {
        Map<String, Double> given = new HashMap<>();
        for (int k = 0; k < inputs.size(); k++) {
          double more = k == 0 ? split : -split / (inputs.size() - 1);
          given.put(inputs.get(k), pair[0] / inputs.size() + more);
        }
        bias.ifPresent(name -> given.put(name, pair[1]));
        double sum = pair[0] + (bias.isPresent() ? pair[1] : 0);
        trials.add(new Trial(sum, new RateAnswer(population, given)));
      }
    }
  }

  /// What a value is that is handed on; empty if it hangs on more than the sum.
  Optional<Response> of(Expr value) {
    List<Double> found = new ArrayList<>();
    for (Trial trial : trials) {
      OptionalDouble answer = trial.answer.of(value, Owner.PRE);
      if (answer.isEmpty()) {
        return Optional.empty();
      }
      found.add(answer.getAsDouble());
    }
    double most = found.stream().mapToDouble(each -> each).max().orElseThrow();
    if (areLike(found, sum -> sum)) {
      return Optional.of(new Response(Activation.LINEAR));
    }
    if (areLike(found, sum -> Math.max(sum, 0))) {
      return Optional.of(new Response(Activation.RECTIFIED));
    }
    return Optional.of(
        most > LEAST_CEILING && areLike(found, sum -> Math.clamp(sum, 0, most))
            ? new Response(Activation.RECTIFIED, most)
            : new Response(Activation.OWN));
  }

  private boolean areLike(List<Double> found, DoubleUnaryOperator wanted) {
    return IntStream.range(0, found.size())
        .allMatch(k -> isLike(found.get(k), wanted.applyAsDouble(trials.get(k).sum)));
  }

  /// What the states are, of which any may be read.
  Set<Response> ofStates() {
    Set<Response> all = new HashSet<>();
    population.states().stream()
        .filter(state -> !bias.filter(state.name()::equals).isPresent())
        .map(state -> new Expr.Ref(Owner.PRE, state.name(), state.kind()))
        .flatMap(state -> of(state).stream())
        .forEach(all::add);
    return all;
  }

  private static boolean isLike(double found, double wanted) {
    return Math.abs(found - wanted) <= ROUNDING * (1 + Math.abs(wanted));
  }
}
