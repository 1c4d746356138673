package snel.lower;

import snel.ir.Expr;
import snel.model.Trace;

/// The values of one trace.
final class TraceStore extends EndValues {
  final Trace trace;
  private final World world;

  TraceStore(World world, Links links, Trace trace) {
    super(world, links, side(trace), trace.name(), world.buffers.realCell());
    this.trace = trace;
    this.world = world;
  }

  private static Side side(Trace trace) {
    return Plasticity.isOf(trace.event(), "pre")
        ? Side.PRE
        : Plasticity.isOf(trace.event(), "post") ? Side.POST : Side.PORT;
  }

  @Override
  String event() {
    return Plasticity.eventOf(trace.event());
  }

  /// What a jump makes of `value`.
  Expr jumped(Expr value) {
    return switch (trace) {
      case Trace.Decaying decaying -> {
        double amount = ((snel.math.Expr.Num) decaying.amount()).value().toDouble();
        Expr by = Expr.real(world.real(), amount);
        yield decaying.set() ? by : Emit.add(value, by);
      }
      case Trace.Window _ -> Emit.add(value, Expr.real(world.real(), 1));
    };
  }
}
