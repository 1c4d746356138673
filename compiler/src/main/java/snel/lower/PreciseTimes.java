package snel.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import snel.math.Expr;
import snel.math.Interval;
import snel.math.Kind;
import snel.math.Known;
import snel.math.Owner;
import snel.math.Precision;
import snel.math.Walk;
import snel.model.Action;
import snel.model.Connection;
import snel.model.Equation;
import snel.model.Firing;
import snel.model.Handler;
import snel.model.Network;
import snel.model.Population;
import snel.model.Port;
import snel.model.Projection;
import snel.model.Refractory;
import snel.model.Variable;

/// Whether the spikes of a network can be located within their steps ([PartialSteps]).
public final class PreciseTimes {
  private static final Set<String> MEMBERS_OF_SPIKES =
      Set.of("spikes", "count", "spiked", "first_spike", "won", "t");
  private static final String LEAVE_OUT = "leave it out and take a shorter step";

  /// What hinders it.
  public record Hindrance(String what, String help) {}

  private PreciseTimes() {}

  /// The first thing in the network that hinders it.
  public static Optional<Hindrance> hindrance(Network network) {
    if (network.numerics() != Network.Numerics.F64) {
      return Optional.of(
          new Hindrance("the numerics are `f32`", "write `numerics f64` in the experiment"));
    }
    Optional<String> what = ofNetwork(network);
    for (Population population : network.populations()) {
      what = what.or(() -> ofPopulation(population, network.stepMs()));
    }
    return what.map(text -> new Hindrance(text, LEAVE_OUT));
  }

  private static Optional<String> ofNetwork(Network network) {
    for (Projection projection : network.projections()) {
      Optional<String> what = ofProjection(projection, network);
      if (what.isPresent()) {
        return what.map(text -> "`" + projection.path() + "` " + text);
      }
    }
    return network.equations().isEmpty()
        ? Optional.empty()
        : Optional.of("the network has equations of its own");
  }

  private static Optional<String> ofProjection(Projection projection, Network network) {
    if (projection.instant()) {
      return Optional.of("is `instant`");
    }
    if (!Constancy.isStatic(projection) || projection.synapse().delay().isPresent()) {
      return Optional.of("learns, or has a synapse with more than a constant weight");
    }
    Population source = network.population(projection.source().population());
    return source.isInput() || source.firing().isSource()
        ? Optional.empty()
        : withinSteps(projection, network);
  }

  /// What hinders spikes to arrive at any time within a step.
  private static Optional<String> withinSteps(Projection projection, Network network) {
    Optional<Port> port = network.port(projection);
    if (port.filter(p -> p.parameters().isEmpty() || p.isLinear()).isEmpty()) {
      return Optional.of("leads to a port whose body is not linear in what arrives");
    }
    return values(port.get().body()).anyMatch(e -> Walk.any(e, PreciseTimes::isOfOthers))
        ? Optional.of("leads to a port whose body reads spikes, other neurons or the time")
        : Optional.empty();
  }

  /// Whether a spike may pass the projection in less than a step.
  static boolean isShort(Projection projection, double stepMs, Precision precision) {
    return Stream.of(projection.axonal(), projection.dendritic())
            .flatMap(Optional::stream)
            .mapToDouble(ms -> Interval.of(ms, ref -> least(ref, projection), precision).low())
            .sum()
        < stepMs / 2;
  }

  /// The least that a synapse knows of itself; how much it is at most does not matter.
  private static Interval least(Expr.Ref ref, Projection projection) {
    String name = ref.name();
    double high = Double.POSITIVE_INFINITY;
    if (name.startsWith("edge.") && projection.connection() instanceof Connection.Edges edges) {
      double[] values = Known.in(edges.columns(), name.substring("edge.".length()));
      return new Interval(Arrays.stream(values).min().orElse(0), high);
    }
    return name.equals("index") || name.startsWith("position.")
        ? new Interval(0, high)
        : Interval.UNKNOWN;
  }

  private static Optional<String> ofPopulation(Population population, double step) {
    String name = "`" + population.path() + "` ";
    if (population.isInput() || population.firing().isSource()) {
      return Optional.empty();
    }
    return firing(population)
        .or(() -> refractory(population))
        .or(() -> states(population, step))
        .or(() -> bodies(population))
        .or(() -> reads(population))
        .map(what -> name + what);
  }

  private static Optional<String> firing(Population population) {
    if (population.firing() instanceof Firing.WithRate) {
      return Optional.of("spikes at random: `spike with rate`");
    }
    if (population.firing() instanceof Firing.When(_, var crossing) && crossing) {
      return Optional.of("spikes `on crossing`");
    }
    if (population.inhibit().isPresent() || population.winners().isPresent()) {
      return Optional.of("lets its neurons compete for the spike");
    }
    return Optional.empty();
  }

  private static Optional<String> refractory(Population population) {
    if (population.refractory().isEmpty()) {
      return Optional.empty();
    }
    Refractory refractory = population.refractory().get();
    if (refractory.duration().filter(Walk::isConstant).isEmpty()) {
      return Optional.of("has a refractory time that is not a constant");
    }
    return refractory.accumulates()
        ? Optional.of("accumulates what comes while it is refractory")
        : Optional.empty();
  }

  private static Optional<String> states(Population population, double step) {
    if (!population.noises().isEmpty() || !population.sharedNoises().isEmpty()) {
      return Optional.of("has noise in its equations");
    }
    for (Variable state : population.states()) {
      Optional<String> what = state(state, population);
      if (what.isPresent()) {
        return what.map(text -> "has a state `" + state.name() + "` that " + text);
      }
    }
    List<Equation> free = population.equations();
    Optional<String> inexact = inexact(free, step);
    if (inexact.isPresent()) {
      return inexact;
    }
    List<String> held = population.refractory().map(Refractory::holding).orElse(List.of());
    return inexact(free.stream().filter(e -> !held.contains(e.variable())).toList(), step);
  }

  private static Optional<String> state(Variable state, Population population) {
    if (state.kind() instanceof Kind.Fixed) {
      return Optional.of("is a fixed-point number");
    }
    if (state.shared()) {
      return Optional.of("all its neurons share");
    }
    if (state.plastic()) {
      return Optional.of("is plastic");
    }
    boolean moves =
        population.equations().stream().anyMatch(e -> e.variable().equals(state.name()));
    return moves && !state.bounds().isNone()
        ? Optional.of("is kept within bounds")
        : Optional.empty();
  }

  private static Optional<String> inexact(List<Equation> equations, double step) {
    for (Block block : IntegratorChoice.choose(equations, Noises.NONE, step)) {
      if (!(block instanceof Block.Exact)) {
        return Optional.of(
            "has a state `"
                + block.states().getFirst()
                + "` whose equation is not linear with constant coefficients");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> bodies(Population population) {
    if (!population.events().isEmpty()) {
      return Optional.of("has an event `" + population.events().getFirst().name() + "`");
    }
    if (!population.every().isEmpty()) {
      return Optional.of("has an `every` block");
    }
    return population.handlers().stream().anyMatch(h -> h.event().equals("peers.spike"))
        ? Optional.of("has an `on peers.spike`")
        : Optional.empty();
  }

  /// What an expression reads must stay as it is between the neuron's own spikes. Inputs that
  /// follow something, and `t` in an equation, are held over the step.
  private static Optional<String> reads(Population population) {
    Stream<Expr> equations = population.equations().stream().map(Equation::rate);
    Stream<Expr> threshold =
        population.firing() instanceof Firing.When(var condition, _)
            ? Stream.of(condition)
            : Stream.empty();
    List<Action> actions = new ArrayList<>(population.reset());
    population.handlers().stream().map(Handler::body).forEach(actions::addAll);
    boolean moves =
        equations.anyMatch(e -> Walk.any(e, r -> !isTime(r) && isOfOthers(r)))
            || Stream.concat(threshold, values(actions))
                .anyMatch(e -> Walk.any(e, PreciseTimes::isOfOthers));
    return moves ? Optional.of("reads spikes, other neurons or the time") : Optional.empty();
  }

  private static boolean isTime(Expr expression) {
    return expression instanceof Expr.Ref(_, var name, _) && name.equals("t");
  }

  private static Stream<Expr> values(List<Action> actions) {
    return actions.stream()
        .flatMap(action ->
            switch (action) {
              case Action.Assign(_, var value, _) -> Stream.of(value);
              case Action.Let(_, var value) -> Stream.of(value);
              case Action.Deliver(var value, _) -> Stream.of(value);
              case Action.If(var condition, var then, var otherwise) ->
                  Stream.concat(
                      Stream.of(condition), Stream.concat(values(then), values(otherwise)));
            });
  }

  private static boolean isOfOthers(Expr expression) {
    return switch (expression) {
      case Expr.Since _, Expr.OverPeers _, Expr.OverAll _, Expr.Draw _ -> true;
      case Expr.Ref(var owner, var name, _) ->
          owner == Owner.POPULATION || owner == Owner.PEER || MEMBERS_OF_SPIKES.contains(name);
      default -> false;
    };
  }
}
