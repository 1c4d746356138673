package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Stmt;
import snel.model.Endpoint;

/// Graded transmission: adds `transmit` of every synapse to the target's input, source rising.
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
    Buffer input = input();
    var kernel = new KernelScope();
    List<Stmt> all =
        bodies.links.all((synapse, source, target) ->
            kernel.collect(() -> {
              SynapseScope scope =
                  bodies.scope(bodies.at(synapse, source, target), kernel, "transmit");
              Expr amount = new Expressions(scope, bodies.real).real(value);
              Expr place = bodies.links.targetInPopulation(target);
              kernel.statements().add(store(input, place, add(load(input, place), amount)));
            }));
    // sums onto one target keep their order, so the walk may not be split
    return Optional.of(new Kernel(bodies.path + ":transmit", Phase.DELIVER, Emit.inOrder(all)));
  }

  private Buffer input() {
    return switch (bodies.projection.target()) {
      case Endpoint.NeuronInput(var slice, var name) ->
          bodies.world.cells(slice.population()).variable(name);
      case Endpoint.SynapseInput(var other, var name) ->
          bodies.world.plasticity(other).variable(name);
      case Endpoint.NeuronPort _, Endpoint.SynapsePort _ ->
          throw new CompilerBug("transmit to an event port");
    };
  }
}
