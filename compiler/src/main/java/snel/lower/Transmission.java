package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Stmt;
import snel.model.Port;

/// Graded transmission: adds `transmit` of every synapse to the sum of its target, source rising;
/// or takes the largest of them.
final class Transmission {
  private final SynapseBodies bodies;

  Transmission(SynapseBodies bodies) {
    this.bodies = bodies;
  }

  Optional<Kernel> kernel() {
    if (bodies.plasticity.synapse.transmit().isEmpty()) {
      return Optional.empty();
    }
    snel.math.Expr value = bodies.plasticity.synapse.transmit().get();
    Buffer sums = Transmissions.sums(bodies.world, bodies.plasticity);
    var kernel = bodies.world.kernel();
    boolean largest = bodies.plasticity.synapse.sum() == Port.Sum.LARGEST;
    Expr none = Expr.real(bodies.real, largest ? Double.NEGATIVE_INFINITY : 0);
    Expr k = Emit.index("k");
    List<Stmt> all = new ArrayList<>();
    all.add(Emit.loop("k", i(bodies.links.targets), List.of(store(sums, k, none))));
    all.addAll(
        Emit.inOrder(
            bodies.links.all((synapse, source, target) ->
                kernel.collect(() -> {
                  SynapseScope scope =
                      bodies.scope(SynapseScope.At.of(synapse, source, target), kernel, "transmit");
                  Expr amount = new Expressions(scope, bodies.real).real(value);
                  Expr before = load(sums, target);
                  Expr after =
                      largest ? new Expr.Binary(BinaryOp.MAX, before, amount) : sum(before, amount);
                  kernel.statements().add(store(sums, target, after));
                }))));
    if (largest) {
      Expr nothing = Emit.compare(CompareOp.EQ, load(sums, k), none);
      Expr held = new Expr.Choose(nothing, Emit.zero(bodies.real), load(sums, k));
      all.add(Emit.loop("k", i(bodies.links.targets), List.of(store(sums, k, held))));
    }
    return Optional.of(new Kernel(bodies.path + ":transmit", Phase.DELIVER, all));
  }

  /// A value times a weight is rounded once, together with the sum (semantics.md §3).
  private static Expr sum(Expr before, Expr amount) {
    return amount instanceof Expr.Binary(BinaryOp op, Expr a, Expr b) && op == BinaryOp.MUL
        ? new Expr.Fma(a, b, before)
        : add(before, amount);
  }
}
