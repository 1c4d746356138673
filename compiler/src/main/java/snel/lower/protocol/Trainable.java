package snel.lower.protocol;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.ir.Training;
import snel.lower.Laziness;
import snel.math.Expr;
import snel.math.Interval;
import snel.math.Kind;
import snel.model.Firing;
import snel.model.Network;
import snel.model.Population;
import snel.model.Port;
import snel.model.Projection;
import snel.model.Variable;
import snel.model.WeightSource;

/// Looks for what in a network stands against training it by gradients, as far as the network's
/// text tells.
final class Trainable {
  private final Work work;
  private final Lesson lesson;

  Trainable(Work work) {
    this.work = work;
    this.lesson = work.lesson();
  }

  void check() {
    Network network = work.elaborated().network();
    if (work.settings().preciseTimes()) {
      lesson.trains().ifPresent(span -> lesson.doubt(span, "spike times within the step"));
    }
    network.projections().forEach(this::projection);
    network.populations().forEach(this::population);
    var following = new FollowingStates(network);
    network.drives().stream()
        .filter(drive -> following.follows(drive.rate()))
        .forEach(drive -> lesson.doubt(drive.span(), "a drive whose rate follows neurons"));
  }

  /// Weights that the network changes, unless they are held: known when all that is frozen is.
  static void changing(Work work) {
    for (Projection projection : work.elaborated().network().projections()) {
      if (projection.changesWeight() && !work.lesson().holds(projection.weightPath())) {
        work.lesson()
            .hindrance(
                projection.span(),
                "`"
                    + projection.name().orElse(projection.path())
                    + "` changes its weights by itself as well");
      }
    }
  }

  /// Exact sums have no derivatives: nothing may learn that comes to one, or lies before it.
  static void exact(Work work) {
    Network network = work.elaborated().network();
    for (Projection projection : network.projections()) {
      boolean passes =
          learns(projection, work.lesson())
              || isBehindLearners(
                  projection.source().population(), network, work.lesson(), new HashSet<>());
      boolean isExact =
          projection.synapse().sum() == Port.Sum.EXACT
              || network.port(projection).filter(p -> p.sum() == Port.Sum.EXACT).isPresent();
      if (passes && isExact) {
        work.lesson()
            .hindrance(
                projection.span(),
                "what comes by `"
                    + projection.name().orElse(projection.path())
                    + "` is added up by `sum exact`, which has no derivative",
                "train without `sum exact`");
      }
    }
  }

  private static boolean learns(Projection projection, Lesson lesson) {
    return isDrawn(projection.weight()) && !lesson.holds(projection.weightPath());
  }

  private static boolean isBehindLearners(
      String population, Network network, Lesson lesson, Set<String> seen) {
    return seen.add(population)
        && network.projections().stream()
            .filter(other ->
                other.target().neurons().stream()
                    .anyMatch(slice -> slice.population().equals(population)))
            .anyMatch(other ->
                learns(other, lesson)
                    || isBehindLearners(other.source().population(), network, lesson, seen));
  }

  private void projection(Projection projection) {
    String name = projection.name().orElse(projection.path());
    if (projection.grow().isPresent() || projection.synapse().prune().isPresent()) {
      work.demands().trains();
    }
    if (isBehindWeights(projection.source().population())) {
      // derivatives by a spike ask what its synapses hold now, not at their last spike
      Laziness.of(projection.synapse())
          .forEach(state -> work.demands().assigns(projection.path() + "." + state));
    }
    projection.synapse().delay().ifPresent(delay -> delay(projection, delay));
    projection.synapse().weight().ifPresent(weight -> limit(projection.path(), weight));
    projection.synapse().states().forEach(state -> state(projection.path(), state));
    withinPieces(projection, name);
    if (isDrawn(projection.weight())) {
      work.demands().touches(projection.path());
    } else if (!projection.changesWeight()) {
      lesson.hold(List.of(projection.weightPath())); // `save` stores it all the same
    }
  }

  /// What a spike does lies in another piece if its delay is as long as one, so no derivative comes
  /// back to it.
  private void withinPieces(Projection projection, String name) {
    double piece = lesson.truncated() * work.stepMs();
    double least =
        Stream.of(
                projection.axonal(),
                projection.dendritic(),
                projection.synapse().delay().flatMap(own -> own.bounds().lower()))
            .flatMap(Optional::stream)
            .mapToDouble(delay -> Interval.of(delay, _ -> Interval.UNKNOWN).low())
            .sum();
    if (piece == 0 || least < piece) {
      return;
    }
    work.context()
        .diagnostics()
        .report(
            Diagnostic.of(
                    Code.BEYOND_THE_PIECE,
                    "no derivative comes back by `"
                        + name
                        + "`: neither it nor what is before it learns",
                    projection.span(),
                    "delays by %s ms, and derivatives stay within pieces of %s ms"
                        .formatted(plain(least), plain(piece)))
                .help(
                    "let `truncate` be longer than the delay, several times if it can be, or leave"
                        + " it out"));
  }

  private static String plain(double ms) {
    return new BigDecimal(ms).round(new MathContext(9)).stripTrailingZeros().toPlainString();
  }

  private boolean isBehindWeights(String population) {
    return work.elaborated().network().projections().stream()
        .flatMap(other -> other.target().neurons().stream())
        .anyMatch(slice -> slice.population().equals(population));
  }

  /// A delay learns where the synapse does nothing but deliver, and does so when it arrives.
  private void delay(Projection projection, Variable delay) {
    if (projection.dendritic().isPresent()) {
      lesson.hindrance(
          projection.span(),
          "`"
              + projection.name().orElse(projection.path())
              + "` has a `dendritic delay`, beside which the delays of its synapses cannot learn;"
              + " add it to `delay`");
    } else if (projection.synapse().handlers().stream().allMatch(h -> h.body().size() == 1)
        && projection.synapse().ports().isEmpty()
        && projection.synapse().every().isEmpty()) {
      limit(projection.path(), delay);
    } else {
      lesson.doubt(projection.span(), "delays that the synapse changes by itself");
    }
  }

  private void limit(String owner, Variable variable) {
    if (variable.bounds().isNone()) {
      return;
    }
    Optional<Double> low = number(variable.bounds().lower(), Double.NEGATIVE_INFINITY);
    Optional<Double> high = number(variable.bounds().upper(), Double.POSITIVE_INFINITY);
    if (low.isPresent() && high.isPresent()) {
      lesson.limit(new Training.Limit(owner + "." + variable.name(), low.get(), high.get()));
    } else {
      lesson.doubt(variable.span(), "bounds that are no constants");
    }
  }

  private static Optional<Double> number(Optional<Expr> bound, double none) {
    if (bound.isEmpty()) {
      return Optional.of(none);
    }
    return bound.get() instanceof Expr.Num(var value)
        ? Optional.of(value.toDouble())
        : Optional.empty();
  }

  /// Whether each synapse has a weight of its own, which learns; one number for all is a constant.
  private static boolean isDrawn(WeightSource weight) {
    return switch (weight) {
      case WeightSource.Value(Expr expression) -> !(expression instanceof Expr.Num);
      case WeightSource.Matrix _ -> true;
      case WeightSource.None _, WeightSource.Tied _ -> false;
    };
  }

  private void state(String owner, Variable state) {
    if (state.plastic()) {
      limit(owner, state);
    }
    if (state.kind() instanceof Kind.Fixed) {
      lesson.hindrance(state.span(), "`" + state.name() + "` of `" + owner + "` is rounded");
    }
  }

  private void population(Population population) {
    population.states().forEach(state -> state(population.path(), state));
    if (population.firing() instanceof Firing.WithRate) {
      lesson.hindrance(population.span(), "`" + population.path() + "` spikes at random");
    }
    if (population.inhibit().isPresent() || population.winners().isPresent()) {
      lesson.hindrance(
          population.span(), "neurons of `" + population.path() + "` keep others from spiking");
    }
  }
}
