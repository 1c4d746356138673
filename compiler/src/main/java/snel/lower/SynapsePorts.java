package snel.lower;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Stmt;
import snel.math.Kind;
import snel.model.Port;

/// What events sent to the ports of a projection's synapses do: `receive` of one target's synapses,
/// or of all.
final class SynapsePorts {
  private final SynapseBodies bodies;

  SynapsePorts(SynapseBodies bodies) {
    this.bodies = bodies;
  }

  /// Events of `from`, a projection onto this one's port.
  Kernel kernel(Plasticity from, Port port, boolean inDeliver) {
    Expr now = inDeliver ? Emit.step() : Emit.nextStep();
    List<Stmt> all =
        new PreSpikes(from)
            .reaching(
                from.delays().arrival(),
                arriving(port, inDeliver),
                (synapse, source, target, _) ->
                    arrival(from, SynapseScope.At.of(synapse, source, target), port, now));
    return new Kernel(
        from.links.path + ":" + bodies.path + "." + port.name(),
        inDeliver ? Phase.DELIVER : Phase.PLASTICITY,
        all);
  }

  private PreSpikes.Instant arriving(Port port, boolean inDeliver) {
    if (!inDeliver) {
      return PreSpikes.Instant.NEXT;
    }
    // after `on pre` of an `instant` projection lists may hold the stamp of the step's end
    boolean isWithinStep = bodies.projection.instant() && !port.perTarget();
    return isWithinStep ? PreSpikes.Instant.NEXT.before(1) : PreSpikes.Instant.NOW;
  }

  private List<Stmt> arrival(Plasticity from, SynapseScope.At at, Port port, Expr now) {
    var kernel = bodies.world.kernel();
    return kernel.collect(() -> {
      Map<String, Typed> arguments = new LinkedHashMap<>();
      if (!port.parameters().isEmpty()) {
        Kind kind = port.kinds().get(0);
        SynapseScope scope =
            new SynapseBodies(bodies.world, from)
                .scope(at, kernel, port.name(), Moment.before(now));
        Typed weight = WeightReader.read(bodies.world, from, scope, kind);
        arguments.put(port.parameters().get(0), local(kernel, "weight", weight));
      }
      Typed onto = local(kernel, "onto", new Typed(at.target(), Kind.INT));
      kernel.statements().addAll(received(port, onto.expr(), now, arguments));
    });
  }

  private static Typed local(KernelScope kernel, String name, Typed value) {
    Expr local = Emit.local(kernel.fresh(name), value.expr().type());
    kernel.statements().add(Emit.let(local, value.expr()));
    return new Typed(local, value.kind());
  }

  /// What an event sent by the protocol does: `of post` ports for target `who`, others for all.
  List<Stmt> sent(Port port, Expr who, List<Expr> values) {
    Map<String, Typed> arguments = new LinkedHashMap<>();
    for (int k = 0; k < port.parameters().size(); k++) {
      arguments.put(port.parameters().get(k), new Typed(values.get(k), Kind.REAL));
    }
    return received(port, who, Emit.step(), arguments);
  }

  private List<Stmt> received(Port port, Expr who, Expr now, Map<String, Typed> arguments) {
    var occasion =
        new SynapseBodies.Occasion(port.name(), port.body(), Moment.before(now), arguments);
    return port.perTarget() ? bodies.column(who, occasion) : bodies.all(occasion);
  }
}
