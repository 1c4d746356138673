package snel.lower;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import snel.math.Expr;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Connection;
import snel.model.Network;
import snel.model.Projection;
import snel.model.WeightSource;

/// What connections read of the two neurons of a pair when they are made: in weights, delays,
/// conditions, and what their synapses start with.
final class StatesOfPairs {
  private StatesOfPairs() {}

  /// Names of one population's members.
  static Set<String> in(Network network, String population) {
    Set<String> names = new HashSet<>();
    for (Projection projection : network.projections()) {
      if (projection.source().population().equals(population)) {
        add(Owner.PRE, projection, names);
      }
      if (projection
          .target()
          .neurons()
          .filter(s -> s.population().equals(population))
          .isPresent()) {
        add(Owner.POST, projection, names);
      }
    }
    return names;
  }

  private static void add(Owner side, Projection projection, Set<String> names) {
    for (Expr expression : expressions(projection)) {
      Walk.any(
          expression,
          part -> {
            if (part instanceof Expr.Ref(var owner, var name, _) && owner == side) {
              names.add(name);
            }
            return false;
          });
    }
  }

  private static List<Expr> expressions(Projection projection) {
    List<Expr> all = new ArrayList<>();
    projection.where().ifPresent(all::add);
    if (projection.connection() instanceof Connection.Bernoulli(var probability)) {
      all.add(probability);
    }
    if (projection.weight() instanceof WeightSource.Value(var weight)) {
      all.add(weight);
    }
    projection.axonal().ifPresent(all::add);
    projection.dendritic().ifPresent(all::add);
    projection.backprop().ifPresent(all::add);
    projection.synapse().delay().ifPresent(d -> all.add(d.initial()));
    projection.synapse().parameters().forEach(p -> all.add(p.initial()));
    projection.synapse().states().forEach(s -> all.add(s.initial()));
    return all;
  }
}
