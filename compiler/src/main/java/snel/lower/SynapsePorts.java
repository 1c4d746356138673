package snel.lower;

import static snel.lower.Emit.i;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Stmt;
import snel.math.Kind;
import snel.model.Port;
import snel.model.Projection;
import snel.model.WeightSource;

/// What events sent to the ports of a projection's synapses do: `receive` of one target's synapses,
/// or of all.
final class SynapsePorts {
  private final SynapseBodies bodies;

  SynapsePorts(SynapseBodies bodies) {
    this.bodies = bodies;
  }

  /// Events of `from`, a projection onto this one's port.
  Kernel kernel(Projection from, Port port, boolean inDeliver) {
    Expr now = inDeliver ? Emit.step() : Emit.nextStep();
    int delay = from.axonal().map(bodies.plasticity::steps).orElse(0);
    List<Stmt> all =
        End.ofSource(bodies.world, from)
            .events(
                from.sourceEvent(),
                delay,
                inDeliver ? Emit.step32() : Emit.nextStep32(),
                who -> {
                  Map<String, Typed> arguments = new LinkedHashMap<>();
                  if (!port.parameters().isEmpty()) {
                    arguments.put(port.parameters().get(0), new Typed(weight(from), Kind.REAL));
                  }
                  return received(port, who, now, arguments);
                });
    return new Kernel(
        from.path() + ":" + bodies.path + "." + port.name(),
        inDeliver ? Phase.DELIVER : Phase.PLASTICITY,
        all);
  }

  private Expr weight(Projection from) {
    return switch (from.weight()) {
      case WeightSource.Value(snel.math.Expr.Num(var v)) -> Expr.real(bodies.real, v.toDouble());
      default -> Expr.real(bodies.real, 1);
    };
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
    var occasion = new SynapseBodies.Occasion(port.name(), port.body(), now, arguments, false);
    List<Stmt> all = new ArrayList<>();
    all.addAll(port.perTarget() ? bodies.column(who, occasion) : bodies.all(occasion));
    for (TraceStore trace : bodies.plasticity.allTraces()) {
      if (trace.side == EndValues.Side.PORT && trace.trace.event().equals(port.name())) {
        all.add(SynapseTraces.jump(trace, port.perTarget() ? who : i(0)));
      }
    }
    return all;
  }
}
