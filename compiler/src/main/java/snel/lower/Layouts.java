package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.i;
import static snel.lower.Emit.mul;
import static snel.lower.Emit.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Rule;
import snel.ir.Scalar;
import snel.math.Exact;
import snel.math.Fold;
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
    Slice to = Links.targetSlice(projection).orElseThrow();
    return from.size() == to.size()
        && IntStream.range(0, from.size()).allMatch(k -> from.at(k) == to.at(k));
  }

  private static boolean differs(Optional<snel.math.Expr> delay) {
    return delay.isPresent() && !(delay.get() instanceof snel.math.Expr.Num);
  }

  private Rule rule(Projection projection) {
    Connection connection = projection.connection();
    if (projection.where().isPresent()) {
      snel.math.Expr chance =
          switch (connection) {
            case Connection.Bernoulli(var p) -> p;
            case Connection.All _ -> new snel.math.Expr.Num(Exact.ONE);
            default -> throw new CompilerBug("`where` on this rule");
          };
      return pairs(
          projection,
          Fold.choose(projection.where().get(), chance, new snel.math.Expr.Num(Exact.ZERO)));
    }
    return switch (connection) {
      case Connection.All _ -> new Rule.All();
      case Connection.OneToOne _ -> new Rule.OneToOne();
      case Connection.Bernoulli(snel.math.Expr.Num(var p)) -> new Rule.Bernoulli(p.toDouble());
      case Connection.Bernoulli(var p) -> pairs(projection, p);
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

  /// A buffer with the probability of every pair, filled before the wiring.
  private Rule pairs(Projection projection, snel.math.Expr probability) {
    int sources = projection.source().size();
    int targets = Links.targetSlice(projection).orElseThrow().size();
    String path = projection.path();
    Buffer buffer =
        world.buffers.declare(
            path + ".synapses.probability", Cell.F64, (long) sources * targets, Role.SCRATCH);
    var bare = new Links(world, projection, Links.Layout.DENSE, new Rule.All(), false);
    var plasticity = new PairScope(world, bare);
    Expr source = world.names().index("i");
    Expr target = world.names().index("j");
    var kernel = world.kernel();
    List<snel.ir.Stmt> body =
        kernel.collect(() -> {
          Expr p =
              new Expressions(plasticity.at(source, target, kernel), Scalar.F64).real(probability);
          kernel.statements().add(store(buffer, add(mul(source, i(targets)), target), p));
        });
    List<snel.ir.Stmt> all =
        List.of(
            Emit.serial(
                source, i(0), i(sources), List.of(Emit.serial(target, i(0), i(targets), body))));
    world.build.add(new Build.Run(new Kernel(path + ":probability", Phase.BUILD, all)));
    return new Rule.BernoulliPairs(buffer);
  }
}
