package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import snel.ir.protocol.Action;
import snel.math.Expr;
import snel.math.Interval;
import snel.math.Kind;
import snel.math.Owner;
import snel.model.Network;
import snel.model.Population;
import snel.model.Projection;
import snel.model.Slice;
import snel.model.Variable;
import snel.source.Span;

/// Parameters whose values are drawn or made of indices, and are only known to lie in their range
/// when the network is built.
final class GivenParameters {
  private final Work work;
  private final List<Action> checks = new ArrayList<>();

  GivenParameters(Work work) {
    this.work = work;
  }

  List<Action> checks() {
    Network network = work.elaborated().network();
    for (Population population : network.populations()) {
      Map<Owner, Interval> indices = Map.of(Owner.SELF, upTo(population.size()));
      for (Variable parameter : population.parameters()) {
        check(population.path(), parameter, indices, population.span());
      }
    }
    for (Projection projection : network.projections()) {
      Map<Owner, Interval> indices =
          Map.of(
              Owner.PRE,
              indices(projection.source()),
              Owner.POST,
              projection.target().neurons().map(GivenParameters::indices).orElse(Interval.UNKNOWN));
      for (Variable parameter : projection.synapse().parameters()) {
        check(projection.path(), parameter, indices, projection.span());
      }
    }
    return checks;
  }

  private void check(String owner, Variable parameter, Map<Owner, Interval> indices, Span span) {
    Interval values =
        Interval.of(
            parameter.initial(),
            ref ->
                isIndex(ref)
                    ? indices.getOrDefault(ref.owner(), Interval.UNKNOWN)
                    : Interval.UNKNOWN);
    if (parameter.bounds().contain(values)) {
      return;
    }
    Interval range = parameter.bounds().constant();
    String path = owner + "." + parameter.name();
    work.demands().observes(path);
    checks.add(
        new Action.Bounded(
            path,
            range.low(),
            range.high(),
            parameter.bounds().closed(),
            parameter.factor(),
            parameter.unit(),
            work.place(span)));
  }

  private static boolean isIndex(Expr.Ref ref) {
    return ref.name().equals("index") && ref.kind() instanceof Kind.Int;
  }

  private static Interval upTo(int size) {
    return new Interval(0, size - 1.0);
  }

  private static Interval indices(Slice slice) {
    return new Interval(slice.least(), slice.greatest());
  }
}
