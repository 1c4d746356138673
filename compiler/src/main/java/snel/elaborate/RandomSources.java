package snel.elaborate;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.math.Expr;
import snel.math.Interval;
import snel.model.Endpoint;
import snel.model.Firing;
import snel.model.Network;
import snel.model.Population;
import snel.units.Dimension;
import snel.units.Rational;
import snel.units.Units;

/// A random source spikes at most once a step: with a probability above 1 it cannot (E0307), above
/// 0.1 spikes are bunched (W0812). A rate that stays negative makes no spike (E0216).
final class RandomSources {
  private static final double HIGH = 0.1;

  private RandomSources() {}

  static void check(Doubts doubts, Diagnostics diagnostics) {
    Network network = doubts.network();
    for (Population population : network.populations()) {
      if (doubts.isTouched(population)) {
        continue;
      }
      switch (population.firing()) {
        case Firing.Poisson(var rate, _) -> {
          negative(network, population, rate).ifPresent(diagnostics::report);
          Interval range = Interval.of(rate, ref -> Doubts.beginning(population, ref));
          double probability = range.high() * network.stepMs();
          if (Double.isFinite(probability) && probability > HIGH) {
            diagnostics.report(told(population, range.high(), probability, network.stepMs()));
          }
        }
        case Firing.WithRate(var rate) ->
            negative(network, population, rate).ifPresent(diagnostics::report);
        case Firing.Never _, Firing.When _, Firing.At _ -> {}
      }
    }
  }

  private static Optional<Diagnostic> negative(Network network, Population population, Expr rate) {
    Interval range = Interval.of(rate, ref -> lasting(network, population, ref));
    return range.high() < 0 ? Optional.of(negative(population, range.high())) : Optional.empty();
  }

  /// What a variable of a population stays: states move, and so do inputs that get values.
  private static Interval lasting(Network network, Population population, Expr.Ref ref) {
    boolean moves =
        population.state(ref.name()).isPresent()
            || network.projections().stream()
                .anyMatch(each ->
                    each.target() instanceof Endpoint.NeuronInput(var slice, var input)
                        && slice.population().equals(population.path())
                        && input.equals(ref.name()));
    return moves ? Interval.UNKNOWN : Doubts.beginning(population, ref);
  }

  private static Diagnostic negative(Population population, double rate) {
    return Diagnostic.of(
            Code.OUT_OF_RANGE,
            "`%s` cannot spike at %s: a rate is not negative"
                .formatted(population.path(), shown(rate, Dimension.FREQUENCY)),
            population.span(),
            "never spikes")
        .help("give it a rate of 0 or more; where a computed rate falls below 0, nothing spikes");
  }

  private static Diagnostic told(
      Population population, double rate, double probability, double step) {
    String path = "`" + population.path() + "`";
    String most = shown(rate, Dimension.FREQUENCY);
    String time = shown(step, Dimension.TIME);
    return probability > 1
        ? Diagnostic.of(
                Code.CERTAIN_SPIKE,
                "%s cannot spike at %s: with the step %s more than one spike falls into a step"
                    .formatted(path, most, time),
                population.span(),
                "at most one spike a step")
            .help("take a shorter step; many sources together are `drive … by poisson(…)`")
        : Diagnostic.of(
                Code.COARSE_POISSON,
                "%s spikes at %s, that is in %.0f %% of the steps of %s"
                    .formatted(path, most, 100 * probability, time),
                population.span(),
                "spikes are bunched")
            .help("take a step shorter than " + shown(HIGH / rate, Dimension.TIME));
  }

  private static String shown(double stored, Dimension dimension) {
    double rounded = Double.parseDouble("%.3g".formatted(stored));
    return Units.show(Rational.ofShortest(rounded), dimension);
  }
}
