package snel.lower;

import static snel.lower.Emit.i;
import static snel.lower.Emit.load;

import java.util.List;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.ConvShape;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Role;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Connection;
import snel.model.Projection;
import snel.model.WeightSource;

/// How many synapses of a projection lead to one target: `fan_in`.
public final class FanIn {
  public static final String NAME = "fan_in";

  private FanIn() {}

  static Expr of(World world, Links links, Expr target) {
    if (links.projection.connection() instanceof Connection.Convolution rule) {
      ConvShape shape = Geometry.of(links.projection, rule);
      int places = rule.kernel()[0] * rule.kernel()[1];
      int steps = rule.transposed() ? rule.stride()[0] * rule.stride()[1] : 1;
      return i(Math.max(1, shape.sourcesOfGroup() * places / steps));
    }
    return switch (links.layout) {
      case DENSE -> i(links.projection.excludeSelf() ? links.sources - 1 : links.sources);
      case ONE_TO_ONE -> i(1);
      case SPARSE -> load(counts(world, links), target);
      case BITS, PROCEDURAL ->
          throw new snel.diagnostics.CompilerBug("rows with fan_in are stored as lists");
    };
  }

  /// Counts the synapses of a wiring, where the weights want to know.
  static Optional<Build> build(World world, Links links) {
    Projection projection = links.projection;
    boolean wanted =
        links.layout == Links.Layout.SPARSE
            && (projection.weight() instanceof WeightSource.Value(var weight) && mentions(weight)
                || projection.synapse().parameters().stream().anyMatch(p -> mentions(p.initial())));
    return wanted
        ? Optional.of(
            new Build.Run(
                new Kernel(
                    links.path + ":fan_in",
                    Phase.BUILD,
                    links.all((synapse, source, target) ->
                        List.of(Emit.increment(counts(world, links), target, i(1)))))))
        : Optional.empty();
  }

  private static boolean mentions(snel.math.Expr expression) {
    return Walk.mentions(expression, Owner.SELF, NAME);
  }

  private static Buffer counts(World world, Links links) {
    return world.buffers.declare(
        links.path + ".synapses.fan_in", Cell.I32, Math.max(1, links.targets), Role.WIRING);
  }
}
