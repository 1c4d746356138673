package snel.elaborate;

import java.util.Optional;
import java.util.function.Function;
import snel.elaborate.UnheardPopulations.Level;
import snel.math.Exact;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Endpoint;
import snel.model.Population;
import snel.model.Projection;
import snel.model.WeightSource;

/// The weight at which one arrival just brings the target from rest to its threshold, in place of
/// what stands for it while the network is put together. 1 for targets without a threshold, or
/// whose equations are not linear.
final class ThresholdWeights {
  /// Stands for that weight.
  static final Expr REFERENCE = new Expr.Ref(Owner.SELF, "threshold weight", Kind.REAL);

  private ThresholdWeights() {}

  /// The projection with the weight of its target put in.
  static Projection resolved(
      Projection projection, Function<String, Optional<Population>> populations) {
    if (!(projection.weight() instanceof WeightSource.Value(Expr weight))
        || !Walk.any(weight, REFERENCE::equals)) {
      return projection;
    }
    Expr number = new Expr.Num(Exact.of(of(projection, populations)));
    Expr whole = Walk.rebuild(weight, expr -> expr.equals(REFERENCE) ? number : expr);
    return projection.weighing(new WeightSource.Value(whole));
  }

  private static double of(
      Projection projection, Function<String, Optional<Population>> populations) {
    if (!(projection.target() instanceof Endpoint.NeuronPort(var slice, String port))
        || populations.apply(slice.population()).isEmpty()) {
      return 1;
    }
    Population target = populations.apply(slice.population()).get();
    Optional<Level> level = UnheardPopulations.threshold(target);
    var response = new Response(target);
    Optional<Double> gap = level.flatMap(response::gap);
    Optional<Double> peak = level.flatMap(l -> response.peak(port, l.state().name()));
    return gap.isPresent() && peak.isPresent() && peak.get() > 0 ? gap.get() / peak.get() : 1;
  }
}
