package snel.elaborate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.elaborate.UnheardPopulations.Level;
import snel.model.Amounts;
import snel.model.Endpoint;
import snel.model.Network;
import snel.model.Population;
import snel.model.Projection;
import snel.units.Rational;

/// All that can arrive at a neuron at once moves it at least a tenth of the way from rest to its
/// threshold. Told of neurons with linear equations. W0805.
final class WeakWeights {
  private static final double TENTH = 0.1;

  private final Doubts doubts;
  private final Population population;
  private final Response response;

  private WeakWeights(Doubts doubts, Population population) {
    this.doubts = doubts;
    this.population = population;
    this.response = new Response(population);
  }

  static void check(Doubts doubts, Diagnostics diagnostics) {
    for (Population population : doubts.network().populations()) {
      if (!population.isInput()) {
        new WeakWeights(doubts, population).silence().ifPresent(diagnostics::report);
      }
    }
  }

  private Optional<Diagnostic> silence() {
    Network network = doubts.network();
    Optional<Level> level = UnheardPopulations.threshold(population);
    boolean driven =
        network.drives().stream()
            .anyMatch(drive -> drive.target().population().equals(population.path()));
    if (level.isEmpty() || driven || UnheardPopulations.isMovedOtherwise(population, doubts)) {
      return Optional.empty();
    }
    List<Projection> arriving = new ArrayList<>();
    for (Projection projection : network.projections()) {
      switch (projection.target()) {
        case Endpoint.NeuronPort(var slice, _) -> {
          if (slice.population().equals(population.path())) {
            arriving.add(projection);
          }
        }
        case Endpoint.NeuronInput(var slice, _) -> {
          if (slice.population().equals(population.path())) {
            return Optional.empty();
          }
        }
        case Endpoint.SynapsePort _, Endpoint.SynapseInput _ -> {}
      }
    }
    if (arriving.isEmpty()) {
      return Optional.empty();
    }
    return response
        .gap(level.get())
        .flatMap(gap ->
            reach(arriving, level.get())
                .filter(reach -> reach < TENTH * gap)
                .map(reach -> told(arriving.getFirst(), level.get(), gap, reach)));
  }

  private Diagnostic told(Projection projection, Level level, double gap, double reach) {
    String unit = level.state().unit();
    double factor = level.state().factor();
    return Diagnostic.of(
            Code.SILENT_NETWORK,
            "all that arrives at `%s` at once moves `%s` by %s, and it rests %s below threshold"
                .formatted(
                    population.path(),
                    level.state().name(),
                    shown(reach / factor, unit),
                    shown(gap / factor, unit)),
            projection.span(),
            "silent network?")
        .label(population.span(), "rests here")
        .help("is the unit of the weight the one that was meant?");
  }

  private static String shown(double number, String unit) {
    double rounded = Double.parseDouble("%.3g".formatted(number));
    String digits =
        Rational.ofShortest(rounded).toDouble() == Math.rint(rounded)
            ? String.valueOf(Math.round(rounded))
            : String.valueOf(rounded);
    return unit.isEmpty() ? digits : digits + " " + unit;
  }

  /// How far all that can arrive at once moves the state of the threshold.
  private Optional<Double> reach(List<Projection> arriving, Level level) {
    Network network = doubts.network();
    var amounts =
        new Amounts(path ->
            network.projections().stream()
                .filter(each -> each.path().equals(path))
                .findFirst()
                .orElseThrow());
    double reach = 0;
    for (Projection projection : arriving) {
      String name = ((Endpoint.NeuronPort) projection.target()).port();
      Optional<Double> peak = response.peak(name, level.state().name());
      if (peak.isEmpty()) {
        return Optional.empty();
      }
      reach += peak.get() * amounts.largest(projection) * Amounts.fanIn(projection);
    }
    return Double.isFinite(reach) ? Optional.of(reach) : Optional.empty();
  }
}
