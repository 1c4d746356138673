package snel.lower;

import snel.ir.Expr;
import snel.model.Port;
import snel.model.Projection;
import snel.model.Trace;

/// The values of one trace.
final class TraceStore extends EndValues {
  final Trace trace;
  private final World world;

  TraceStore(World world, Links links, Delays delays, Trace trace) {
    super(
        world,
        links,
        delays,
        side(trace, links.projection),
        trace.name(),
        world.buffers.realCell());
    this.trace = trace;
    this.world = world;
  }

  private static Side side(Trace trace, Projection projection) {
    if (Plasticity.isOf(trace.event(), "pre")) {
      return Side.PRE;
    }
    if (Plasticity.isOf(trace.event(), "post")) {
      return Side.POST;
    }
    boolean perTarget =
        projection.synapse().ports().stream()
            .anyMatch(p -> p.name().equals(trace.event()) && p.perTarget());
    return perTarget ? Side.PORT : Side.BROADCAST;
  }

  @Override
  String event() {
    return side == Side.PRE || side == Side.POST
        ? Plasticity.eventOf(trace.event())
        : trace.event();
  }

  /// Whether events of a port of the synapses make it jump.
  boolean follows(Port port) {
    return (side == Side.PORT || side == Side.BROADCAST) && trace.event().equals(port.name());
  }

  /// What one jump makes of `value`.
  Expr jumped(Expr value) {
    return isSet() ? amount() : Emit.add(value, amount());
  }

  /// The value with the jumps of the present instant counted in.
  Expr withPending(SynapseScope.At at, Expr value) {
    Expr jumps = Emit.convert(world.real(), pending(at));
    return isSet()
        ? new Expr.Choose(isPending(at), amount(), value)
        : Emit.add(value, Emit.mul(jumps, amount()));
  }

  private boolean isSet() {
    return trace instanceof Trace.Decaying decaying && decaying.set();
  }

  private Expr amount() {
    double amount =
        trace instanceof Trace.Decaying decaying
            ? ((snel.math.Expr.Num) decaying.amount()).value().toDouble()
            : 1;
    return Expr.real(world.real(), amount);
  }
}
