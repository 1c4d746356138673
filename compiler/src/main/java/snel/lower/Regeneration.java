package snel.lower;

import java.util.Optional;
import java.util.Set;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Endpoint;
import snel.model.Network;
import snel.model.Port;
import snel.model.Projection;
import snel.model.Variable;
import snel.model.WeightSource;

/// Which projections need not store their synapses, because a row can be drawn again at every spike
/// of its source: from counters (semantics.md §10), so the synapses are the same ones.
final class Regeneration {
  private final Network network;
  private final Needs needs;

  Regeneration(Network network, Needs needs) {
    this.network = network;
    this.needs = needs;
  }

  boolean isPossible(Projection projection) {
    return isRowRule(projection)
        && projection.where().isEmpty()
        && Constancy.isStatic(projection)
        && projection.synapse().transmit().isEmpty()
        && projection.synapse().delay().isEmpty()
        && !Rewiring.changes(projection)
        && projection.synapse().parameters().stream().noneMatch(projection.synapse()::differs)
        && isWeightRegenerated(projection)
        && projection.axonal().map(Regeneration::isFixedByThePair).orElse(true)
        && projection.dendritic().map(Regeneration::isFixedByThePair).orElse(true)
        && leadsToSums(projection)
        && !(network.preciseTimes() && hasDrawnDelays(projection))
        && !isLookedAt(projection);
  }

  private static boolean isRowRule(Projection projection) {
    int targets = projection.target().neurons().map(s -> s.size()).orElse(0);
    Optional<RowRule> rule = RowRule.of(projection.connection());
    return rule.isPresent()
        && switch (rule.get()) {
          case RowRule.Trials(var p) -> p > 0 && p <= 1;
          case RowRule.Partners(var k, var multapses) ->
              multapses
                  ? targets > 1
                  : k < targets && isComplement(k, targets) == isComplement(k, targets - 1);
          case RowRule.Everyone() -> hasDrawnValues(projection);
        };
  }

  /// Whether k of `among` partners are found by drawing those who are not (semantics.md §10).
  static boolean isComplement(int k, int among) {
    return 2L * k > among;
  }

  private static boolean hasDrawnValues(Projection projection) {
    boolean weight =
        projection.weight() instanceof WeightSource.Value(var e) && !(e instanceof Expr.Num);
    return weight || hasDrawnDelays(projection);
  }

  /// Spikes at their own times are looked up once for every delay.
  private static boolean hasDrawnDelays(Projection projection) {
    return projection.axonal().filter(d -> !(d instanceof Expr.Num)).isPresent()
        || projection.dendritic().filter(d -> !(d instanceof Expr.Num)).isPresent();
  }

  private static boolean isWeightRegenerated(Projection projection) {
    return switch (projection.weight()) {
      case WeightSource.None _ -> true;
      case WeightSource.Value(var e) when e instanceof Expr.Num -> true;
      case WeightSource.Value(var e) ->
          isFixedByThePair(e)
              && projection.synapse().weight().map(Variable::kind).orElse(Kind.REAL)
                  instanceof Kind.Real;
      case WeightSource.Matrix _, WeightSource.Tied _ -> false;
    };
  }

  /// Made of constants, draws and the two indices, so that it is the same at any time.
  private static boolean isFixedByThePair(Expr expression) {
    return !Walk.any(
        expression,
        e ->
            switch (e) {
              case Expr.Ref(var owner, var name, _) ->
                  !name.equals("index") || owner != Owner.PRE && owner != Owner.POST;
              case Expr.OverPeers _, Expr.OverAll _, Expr.Since _, Expr.Element _ -> true;
              case Expr.Num _,
                  Expr.Truth _,
                  Expr.Neg _,
                  Expr.Add _,
                  Expr.Sub _,
                  Expr.Mul _,
                  Expr.Div _,
                  Expr.Pow _,
                  Expr.Compare _,
                  Expr.And _,
                  Expr.Or _,
                  Expr.Not _,
                  Expr.Choose _,
                  Expr.Call _,
                  Expr.Draw _,
                  Expr.Table _ ->
                  false;
            });
  }

  /// Arrivals go into sums, which are made when a spike is emitted.
  private boolean leadsToSums(Projection projection) {
    if (!(projection.target() instanceof Endpoint.NeuronPort(var slice, var name))) {
      return false;
    }
    Optional<Port> port =
        network.populations().stream()
            .filter(p -> p.path().equals(slice.population()))
            .findFirst()
            .flatMap(p -> p.port(name));
    return port.filter(p -> p.parameters().isEmpty() || p.isLinear()).isPresent();
  }

  /// Whether an experiment or another projection looks at single synapses.
  private boolean isLookedAt(Projection projection) {
    String path = projection.path();
    Set<String> touched = needs.touchedWeights();
    return touched.contains(path)
        || needs.inspected().contains(path)
        || network.projections().stream()
            .anyMatch(p ->
                p.weight() instanceof WeightSource.Tied tied && tied.projection().equals(path));
  }
}
