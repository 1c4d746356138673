package snel.lower;

import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import snel.ir.Rule;
import snel.model.Connection;
import snel.model.Projection;
import snel.model.Slice;

/// Chooses the layout of each projection and the rule that wires it.
final class Layouts {
  private final World world;
  private final Set<String> inspected;

  /// @param inspected paths of projections whose synapses are listed or counted
  Layouts(World world, Set<String> inspected) {
    this.world = world;
    this.inspected = inspected;
  }

  Links choose(Projection projection) {
    Connection connection = projection.connection();
    if (world.rows().isRegenerated(projection.path())) {
      return new Links(world, projection, Links.Layout.PROCEDURAL, rule(projection), false);
    }
    boolean selective = projection.where().isPresent();
    boolean sortedDelays =
        differs(projection.axonal())
            || differs(projection.dendritic())
            || differs(projection.backprop());
    boolean fixed = !selective && !sortedDelays && !Rewiring.changes(projection);
    boolean listed = inspected.contains(projection.path());
    if (connection instanceof Connection.OneToOne && fixed && !listed) {
      return new Links(world, projection, Links.Layout.ONE_TO_ONE, new Rule.OneToOne(), false);
    }
    boolean isWhole = !projection.excludeSelf() || !listed && isOntoItself(projection);
    if (connection instanceof Connection.All && fixed && isWhole) {
      return new Links(world, projection, Links.Layout.DENSE, new Rule.All(), false);
    }
    boolean multapses =
        switch (connection) {
          case Connection.FixedIndegree(_, var m) -> m;
          case Connection.FixedOutdegree(_, var m) -> m;
          case Connection.FixedTotal(_, var m) -> m;
          case Connection.Edges _ -> true;
          case Connection.All _,
              Connection.OneToOne _,
              Connection.Bernoulli _,
              Connection.Convolution _,
              Connection.Pooling _,
              Connection.Window _ ->
              false;
        };
    Links.Layout layout =
        world.rows().bits().isChosen(projection) ? Links.Layout.BITS : Links.Layout.SPARSE;
    return new Links(world, projection, layout, rule(projection), multapses);
  }

  /// Whether each source is the target of the same place.
  private static boolean isOntoItself(Projection projection) {
    Slice from = projection.source();
    Slice to = projection.target().neurons().orElseThrow();
    return from.size() == to.size()
        && IntStream.range(0, from.size()).allMatch(k -> from.at(k) == to.at(k));
  }

  private static boolean differs(Optional<snel.math.Expr> delay) {
    return delay.isPresent() && !(delay.get() instanceof snel.math.Expr.Num);
  }

  private Rule rule(Projection projection) {
    Connection connection = projection.connection();
    if (projection.where().isPresent()) {
      return new Rule.Counted();
    }
    return switch (connection) {
      case Connection.All _ -> new Rule.All();
      case Connection.OneToOne _ -> new Rule.OneToOne();
      case Connection.Bernoulli(snel.math.Expr.Num(var p)) -> new Rule.Bernoulli(p.toDouble());
      case Connection.Bernoulli _ -> new Rule.Counted();
      case Connection.FixedIndegree(var k, var m) -> new Rule.FixedIndegree(k, m);
      case Connection.FixedOutdegree(var k, var m) -> new Rule.FixedOutdegree(k, m);
      case Connection.FixedTotal(var n, var m) -> new Rule.FixedTotal(n, m);
      case Connection.Convolution rule -> new Rule.Conv(Geometry.of(projection, rule));
      case Connection.Pooling(var kernel, var stride, var padding) ->
          new Rule.Pool(Geometry.of(projection, kernel, stride, padding));
      case Connection.Window(var kernel, var stride, var padding) ->
          new Rule.Window(Geometry.of(projection, kernel, stride, padding));
      case Connection.Edges(var sources, var targets, _) -> new Rule.Pairs(sources, targets);
    };
  }
}
