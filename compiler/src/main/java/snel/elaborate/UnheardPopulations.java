package snel.elaborate;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.math.Expr;
import snel.math.Interval;
import snel.math.Relation;
import snel.model.Endpoint;
import snel.model.Equation;
import snel.model.Firing;
import snel.model.Network;
import snel.model.Population;
import snel.model.Projection;
import snel.model.Variable;

/// A population that rests below its threshold hears from something. W0802.
final class UnheardPopulations {
  /// What the potential may drift in a second, of the way to the threshold.
  private static final double DRIFT = 0.01;

  private static final double SECOND = 1000;

  private final Doubts doubts;
  private final Set<String> heard = new HashSet<>();

  private UnheardPopulations(Doubts doubts) {
    this.doubts = doubts;
  }

  static void check(Doubts doubts, Diagnostics diagnostics) {
    Network network = doubts.network();
    var unheard = new UnheardPopulations(doubts);
    for (Projection projection : network.projections()) {
      switch (projection.target()) {
        case Endpoint.NeuronPort(var slice, _) -> unheard.heard.add(slice.population());
        case Endpoint.NeuronInput(var slice, _) -> unheard.heard.add(slice.population());
        case Endpoint.SynapsePort _, Endpoint.SynapseInput _ -> {}
      }
    }
    network.drives().forEach(drive -> unheard.heard.add(drive.target().population()));
    for (Population population : network.populations()) {
      if (!population.isInput() && unheard.isSilent(population)) {
        diagnostics.report(
            Diagnostic.of(
                    Code.NO_INPUT,
                    "`" + population.path() + "` gets no input and rests below its threshold",
                    population.span(),
                    "will be silent")
                .help("connect or drive it, or give it a current"));
      }
    }
  }

  private boolean isSilent(Population population) {
    return !heard.contains(population.path())
        && !isMovedOtherwise(population, doubts)
        && threshold(population).filter(level -> rests(population, level)).isPresent();
  }

  /// Whether anything but arriving spikes moves the neurons.
  static boolean isMovedOtherwise(Population population, Doubts doubts) {
    return !population.bindings().isEmpty()
        || !population.noises().isEmpty()
        || !population.sharedNoises().isEmpty()
        || !population.every().isEmpty()
        || !population.events().isEmpty()
        || !population.handlers().isEmpty()
        || population.equations().isEmpty()
        || doubts.isTouched(population);
  }

  /// A state and the number it has to exceed.
  record Level(Variable state, double number) {}

  /// The threshold, if it is a number that one state has to exceed.
  static Optional<Level> threshold(Population population) {
    if (!(population.firing()
            instanceof Firing.When(Expr.Compare(var relation, Expr.Ref state, var number), _))
        || relation != Relation.GREATER && relation != Relation.GREATER_OR_EQUAL) {
      return Optional.empty();
    }
    Interval level = Interval.of(number, ref -> Doubts.beginning(population, ref));
    return population
        .state(state.name())
        .filter(_ -> Doubts.isPoint(level) && Double.isFinite(level.low()))
        .map(variable -> new Level(variable, level.low()));
  }

  private static boolean rests(Population population, Level level) {
    Interval start = Interval.of(level.state().initial(), _ -> Interval.UNKNOWN);
    double gap = level.number() - start.high();
    if (!(gap > 0)) {
      return false;
    }
    for (Equation equation : population.equations()) {
      Interval rate = Interval.of(equation.rate(), ref -> Doubts.beginning(population, ref));
      double most = equation.variable().equals(level.state().name()) ? DRIFT * gap / SECOND : 1e-12;
      if (!(Math.abs(rate.low()) <= most && Math.abs(rate.high()) <= most)) {
        return false;
      }
    }
    return true;
  }
}
