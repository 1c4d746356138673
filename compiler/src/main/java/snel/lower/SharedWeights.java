package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Role;
import snel.ir.Stmt;
import snel.model.Variable;

/// Weights that the places of a map share: all changes of one instant are made of the old value,
/// summed by target index, then source index, and applied and clipped once (semantics.md §5). Each
/// synapse keeps its change until all handlers of the instant have run.
final class SharedWeights {
  private final SynapseBodies bodies;
  private final Plasticity plasticity;
  private final Links links;
  private final Variable variable;

  private SharedWeights(SynapseBodies bodies, Variable variable) {
    this.bodies = bodies;
    this.plasticity = bodies.plasticity;
    this.links = bodies.links;
    this.variable = variable;
  }

  /// Those of a projection whose shared weights are changed.
  static Optional<SharedWeights> of(SynapseBodies bodies) {
    return learn(bodies.plasticity)
        ? bodies.plasticity.synapse.weight().map(w -> new SharedWeights(bodies, w))
        : Optional.empty();
  }

  static boolean learn(Plasticity plasticity) {
    return plasticity.links.sharedWeights().isPresent()
        && plasticity.projection.changesWeight()
        && plasticity.weight().isPresent();
  }

  private Buffer changes() {
    return bodies.world.buffers.wide(
        variable.kind(), links.path + ".synapses.change", links.perSynapse(), Role.CHANGE);
  }

  /// 1 for each target of which a synapse has a change, and last for any.
  private Buffer marks() {
    return bodies.world.buffers.declare(
        links.path + ".synapses.changed", Cell.U8, links.targets + 1L, Role.CHANGE);
  }

  /// Where a change of a synapse goes.
  Actions.Aside aside(SynapseScope.At at) {
    List<Stmt> marked =
        List.of(store(marks(), at.target(), i(1)), store(marks(), i(links.targets), i(1)));
    Stmt free = when(Emit.not(plasticity.frozen(variable.name())), marked);
    return new Actions.Aside(changes(), at.synapse(), true, List.of(free));
  }

  /// Applies the changes.
  List<Stmt> settled() {
    Buffer weights = plasticity.weight().orElseThrow();
    Buffer sums =
        bodies.world.buffers.wide(
            variable.kind(), links.path + ".synapses.change_sum", weights.length(), Role.SCRATCH);
    LocalNames names = bodies.world.names();
    Expr count = i((int) links.sharedWeights().orElseThrow().longValue());
    Expr zero = Emit.zero(sums.cell().scalar());
    Expr k = names.index("k");
    List<Stmt> all = new ArrayList<>();
    all.add(Emit.loop(k, count, List.of(store(sums, k, zero))));
    Expr target = names.index("j");
    List<Stmt> column =
        new ArrayList<>(
            Emit.allInOrder(
                links.column(
                    target,
                    Optional.empty(),
                    (synapse, source) ->
                        List.of(
                            Emit.increment(
                                sums,
                                links.weightIndex(weights, synapse),
                                load(changes(), synapse)),
                            store(changes(), synapse, zero)))));
    column.add(store(marks(), target, i(0)));
    Expr isMarked = compare(CompareOp.NE, load(marks(), target), i(0));
    all.add(Emit.serial(target, i(0), i(links.targets), List.of(when(isMarked, column))));
    Expr which = names.index("k");
    all.add(Emit.serial(which, i(0), count, applied(weights, sums, which)));
    all.add(store(marks(), i(links.targets), i(0)));
    return List.of(when(compare(CompareOp.NE, load(marks(), i(links.targets)), i(0)), all));
  }

  private List<Stmt> applied(Buffer weights, Buffer sums, Expr k) {
    KernelScope kernel = bodies.world.kernel();
    return kernel.collect(() -> {
      var at = SynapseScope.At.of(i(0), i(0), i(0));
      SynapseScope scope = bodies.scope(at, kernel, "weight");
      Expr old = Emit.convert(sums.cell().scalar(), load(weights, k));
      Expr sum = add(old, load(sums, k));
      Expr fitting = variable.kind().asFixed().map(f -> FixedPoint.narrowed(sum, f)).orElse(sum);
      Expr value = Piecewise.bounded(new Expressions(scope, bodies.real), fitting, variable);
      Expr held = plasticity.frozen(variable.name());
      Expr kept = new Expr.Choose(held, old, value);
      kernel.statements().add(store(weights, k, Emit.convert(weights.cell().scalar(), kept)));
    });
  }
}
