package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Stmt;

/// Graded transmission: adds `transmit` of every synapse to the sum of its target, source rising.
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
    Expr zero = Emit.zero(bodies.real);
    List<Stmt> all = new ArrayList<>();
    all.add(Emit.loop("k", i(bodies.links.targets), List.of(store(sums, Emit.index("k"), zero))));
    all.addAll(
        Emit.inOrder(
            bodies.links.all((synapse, source, target) ->
                kernel.collect(() -> {
                  SynapseScope scope =
                      bodies.scope(SynapseScope.At.of(synapse, source, target), kernel, "transmit");
                  Expr amount = new Expressions(scope, bodies.real).real(value);
                  kernel.statements().add(store(sums, target, add(load(sums, target), amount)));
                }))));
    return Optional.of(new Kernel(bodies.path + ":transmit", Phase.DELIVER, all));
  }
}
