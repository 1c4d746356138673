package snel.lower;

import static snel.lower.Emit.i;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Stmt;
import snel.math.Kind;
import snel.math.Owner;
import snel.model.Equation;

/// Phase 2 for the equations of synapses that are not left to lazy decay.
final class SynapseEquations {
  private final SynapseBodies bodies;
  private final Plasticity plasticity;
  private final Links links;

  SynapseEquations(SynapseBodies bodies) {
    this.bodies = bodies;
    this.plasticity = bodies.plasticity;
    this.links = bodies.links;
  }

  /// Those of each synapse read the others' values as they were, and the others read none of
  /// theirs.
  List<Kernel> kernels() {
    List<Kernel> kernels = new ArrayList<>();
    kernel(Plasticity.Place.SYNAPSE).ifPresent(kernels::add);
    kernel(Plasticity.Place.TARGET).ifPresent(kernels::add);
    kernel(Plasticity.Place.PROJECTION).ifPresent(kernels::add);
    return kernels;
  }

  private Optional<Kernel> kernel(Plasticity.Place place) {
    List<Equation> own = new ArrayList<>();
    for (Equation equation : plasticity.synapse.equations()) {
      boolean here =
          plasticity.has(equation.variable())
              ? plasticity.place(equation.variable()) == place
              : place == Plasticity.Place.SYNAPSE;
      if (here && !plasticity.lazy().contains(equation.variable())) {
        own.add(equation);
      }
    }
    if (own.isEmpty()) {
      return Optional.empty();
    }
    var noises = Noises.ofEach(plasticity.synapse.noises());
    List<Block> blocks = IntegratorChoice.choose(own, noises, bodies.world.step());
    String suffix =
        switch (place) {
          case PROJECTION -> ":shared";
          case TARGET -> ":target";
          case SOURCE -> ":source";
          case SYNAPSE -> ":synapse";
        };
    List<Stmt> all =
        switch (place) {
          case PROJECTION -> oneStep(blocks, SynapseScope.At.of(i(0), i(0), i(0)));
          case TARGET -> {
            Expr target = bodies.world.names().index("j");
            var at = SynapseScope.At.of(i(0), i(0), target);
            yield List.of(Emit.loop(target, i(links.targets), oneStep(blocks, at)));
          }
          case SOURCE -> {
            Expr source = bodies.world.names().index("i");
            var at = SynapseScope.At.of(i(0), source, i(0));
            yield List.of(Emit.loop(source, i(links.sources), oneStep(blocks, at)));
          }
          case SYNAPSE -> {
            List<Stmt> walk =
                links.all((synapse, source, target) ->
                    oneStep(blocks, SynapseScope.At.of(synapse, source, target)));
            yield links.sharedWeights().isPresent() ? Emit.allInOrder(walk) : walk;
          }
        };
    return Optional.of(new Kernel(bodies.path + suffix, Phase.INTEGRATE, all));
  }

  private List<Stmt> oneStep(List<Block> blocks, SynapseScope.At at) {
    var kernel = bodies.world.kernel();
    return kernel.collect(() -> {
      Map<String, Expr> values =
          new Integration(
                  bodies.real,
                  bodies.world.step(),
                  kernel,
                  overrides -> {
                    SynapseScope scope = scope(at, kernel);
                    overrides.forEach(scope::bind);
                    return scope;
                  },
                  state -> old(state, at, kernel),
                  normal -> noise(normal, at),
                  _ -> Optional.empty())
              .all(blocks);
      values.forEach((state, value) -> bodies.storeIntegrated(state, value, at, kernel));
    });
  }

  private Expr noise(Block.Normal normal, SynapseScope.At at) {
    var draws =
        new SynapseDraws(
            bodies.path + "." + normal.noise(),
            "noise",
            at.source(),
            at.target(),
            Optional.empty(),
            true);
    return Emit.call(Function.NORMAL, bodies.real, draws.word(normal.ordinal(), i(0)));
  }

  private Expr old(String state, SynapseScope.At at, KernelScope kernel) {
    return scope(at, kernel).read(new snel.math.Expr.Ref(Owner.SELF, state, Kind.REAL)).expr();
  }

  private SynapseScope scope(SynapseScope.At at, KernelScope kernel) {
    return bodies.scope(at, kernel, "equation", Moment.WITHIN_STEP);
  }
}
