package snel.lower;

import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.ReduceOp;
import snel.ir.Role;
import snel.ir.Stmt;
import snel.math.Expr;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Firing;
import snel.model.Population;

/// Below which random word each neuron of a Poisson population spikes in a step, where its rate
/// changes only when an experiment sets something: computed then instead of in every step, as is
/// whether any can spike and whether all rates are such as a step can hold.
final class SourceOdds {
  private static final int SILENT = 0;
  private static final int LIVELY = 1;
  private static final int WRONG = 2;

  private final World world;
  private final Cells cells;
  private final Population population;

  SourceOdds(World world, Cells cells) {
    this.world = world;
    this.cells = cells;
    this.population = cells.population;
  }

  /// The odds of a neuron, if they are kept.
  Optional<snel.ir.Expr> of(snel.ir.Expr self) {
    return rate().map(_ -> load(buffer(), self));
  }

  /// Whether any neuron can spike, or has a rate that no step can hold, if the odds are kept.
  Optional<snel.ir.Expr> any() {
    return rate().map(_ -> compare(CompareOp.NE, Emit.one(state()), i(SILENT)));
  }

  /// Whether a neuron has a rate that no step can hold, if the odds are kept.
  Optional<snel.ir.Expr> wrong() {
    return rate().map(_ -> compare(CompareOp.EQ, Emit.one(state()), i(WRONG)));
  }

  Optional<Kernel> built() {
    return kernel("odds", Phase.BUILD);
  }

  /// Computes them again after inputs or parameters have changed.
  Optional<Kernel> renewal() {
    return kernel("odds_renewal", Phase.BIND);
  }

  /// Names as the rate of a source sees them: what it draws is not the draw that it decides.
  static NeuronScope scope(World world, Cells cells, snel.ir.Expr self, KernelScope kernel) {
    return world.bodies().scope(cells, self, kernel, "poisson.rate", Emit.step());
  }

  private Optional<Kernel> kernel(String name, Phase phase) {
    return rate()
        .map(rate -> {
          snel.ir.Expr self = index("i");
          var kernel = world.kernel();
          List<Stmt> body =
              new ArrayList<>(
                  kernel.collect(() -> {
                    NeuronScope scope = scope(world, cells, self, kernel);
                    snel.ir.Expr hertz = new Expressions(scope, world.real()).real(rate);
                    snel.ir.Expr chance =
                        Emit.mul(hertz, snel.ir.Expr.real(world.real(), world.step()));
                    kernel.statements().add(store(buffer(), self, Drawing.threshold(chance)));
                  }));
          Stmt all = Emit.loop("i", snel.ir.Expr.i32(cells.size), body);
          Stmt judged = store(state(), i(0), judged(rate));
          return new Kernel(population.path() + ":" + name, phase, List.of(all, judged));
        });
  }

  /// The worst of what the neurons are.
  private snel.ir.Expr judged(Expr rate) {
    snel.ir.Expr self = index("k");
    NeuronScope scope = scope(world, cells, self, world.kernel());
    snel.ir.Expr hertz = Expressions.inline(scope, world.real()).real(rate);
    snel.ir.Expr chance = Emit.mul(hertz, snel.ir.Expr.real(world.real(), world.step()));
    // a NaN is not below anything
    snel.ir.Expr fits = compare(CompareOp.LE, chance, snel.ir.Expr.real(world.real(), 1));
    snel.ir.Expr spikes = compare(CompareOp.GT, load(buffer(), self), snel.ir.Expr.i64(0));
    snel.ir.Expr own =
        new snel.ir.Expr.Choose(
            fits, new snel.ir.Expr.Choose(spikes, i(LIVELY), i(SILENT)), i(WRONG));
    return new snel.ir.Expr.Reduce(ReduceOp.MAX, "k", i(0), i(cells.size), own);
  }

  private Buffer state() {
    return world.buffers.declare(
        population.path() + ".spikes.odds.state", Cell.I32, 1, Role.PARAMETER);
  }

  private Buffer buffer() {
    return world.buffers.declare(
        population.path() + ".spikes.odds", Cell.I64, Math.max(1, cells.size), Role.PARAMETER);
  }

  private Optional<Expr> rate() {
    return population.firing() instanceof Firing.Poisson(var rate, _)
            && !(rate instanceof Expr.Num)
            && isSettled(rate)
        ? Optional.of(rate)
        : Optional.empty();
  }

  /// Whether the expression is made of what follows its inputs between two steps.
  private boolean isSettled(Expr expression) {
    return !Walk.any(expression, this::isUnsettled);
  }

  private boolean isUnsettled(Expr part) {
    return switch (part) {
      case Expr.Ref(var owner, var name, _) ->
          owner != Owner.SELF
              || population.parameter(name).isEmpty() && population.input(name).isEmpty()
              || population.bindings().stream()
                  .anyMatch(binding -> binding.input().equals(name) && binding.eachStep());
      case Expr.Draw _, Expr.OverPeers _, Expr.OverAll _, Expr.Since _, Expr.Element _ -> true;
      default -> false;
    };
  }
}
