package snel.lower;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Stmt;
import snel.math.Expr;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Population;

/// The coefficients of one population's exact steps that are made of parameters, so that they may
/// differ between neurons: computed when the network is built, and again when an experiment has
/// assigned a parameter.
final class NeuronCoefficients {
  private final World world;
  private final Cells cells;
  private final Population population;

  NeuronCoefficients(World world, Cells cells) {
    this.world = world;
    this.cells = cells;
    this.population = cells.population;
  }

  IntegratorChoice.Constants constants(String suffix) {
    return new IntegratorChoice.Constants(this::isSettled, new CoefficientNames(suffix));
  }

  /// Whether the expression is made of numbers and parameters only.
  private boolean isSettled(Expr expression) {
    return !Walk.any(expression, this::isUnsettled);
  }

  private boolean isUnsettled(Expr part) {
    return switch (part) {
      case Expr.Ref(var owner, var name, _) ->
          owner != Owner.SELF
              || population.parameter(name).isEmpty()
                  && !name.equals("index")
                  && !name.startsWith("position.");
      case Expr.Draw _, Expr.OverPeers _, Expr.OverAll _, Expr.Since _, Expr.Element _ -> true;
      default -> false;
    };
  }

  /// Computes them all; empty if all coefficients are numbers.
  Optional<Kernel> kernel() {
    return kernel("coefficients", Phase.BUILD, _ -> true);
  }

  /// Computes those again that depend on one of the `assigned` parameters (`E.tau`).
  Optional<Kernel> renewal(Set<String> assigned) {
    return kernel(
        "renewal",
        Phase.BIND,
        parts -> parts.reads(name -> assigned.contains(population.path() + "." + name)));
  }

  private Optional<Kernel> kernel(String name, Phase phase, Predicate<LinearParts> wanted) {
    var integration = new NeuronIntegration(world, cells);
    Set<Block> blocks = new LinkedHashSet<>(integration.blocks());
    blocks.addAll(integration.blocksWhileHeld());
    List<Stmt> all = new ArrayList<>();
    for (Block block : blocks) {
      Optional<LinearParts> parts =
          switch (block) {
            case Block.Exact exact -> exact.stored();
            case Block.ExactNoise alone -> alone.stored();
            case Block.ExponentialEuler _, Block.RungeKutta _, Block.Euler _, Block.Heun _ ->
                Optional.empty();
          };
      parts.filter(wanted).ifPresent(p -> all.add(new StoredStep(world, cells).loop(block, p)));
    }
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel(population.path() + ":" + name, phase, all));
  }
}
