package snel.lower;

import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;

import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Role;
import snel.model.Trace;

/// `on presentation.end` reads traces with the jumps of its own instant counted in (semantics.md
/// §8): whether a neuron spiked with that stamp is marked in a scratch array by [#mark].
final class PendingJumps {
  private PendingJumps() {}

  /// 1 for each neuron of the trace's side whose event is stamped with the present instant.
  static Buffer marks(World world, Plasticity plasticity, TraceStore trace) {
    return world.buffers.declare(
        plasticity.links.path + "." + trace.trace.name() + ".pending",
        Cell.I32,
        Math.max(1, trace.size()),
        Role.SCRATCH);
  }

  static Expr with(
      World world, Plasticity plasticity, TraceStore trace, SynapseScope.At at, Expr value) {
    if (trace.side == TraceStore.Side.PORT) {
      return value;
    }
    Expr who = trace.side == TraceStore.Side.PRE ? at.source() : at.target();
    Expr pending = compare(CompareOp.NE, load(marks(world, plasticity, trace), who), i(0));
    Expr jumped =
        switch (trace.trace) {
          case Trace.Decaying decaying -> {
            Expr amount =
                Expr.real(
                    world.real(), ((snel.math.Expr.Num) decaying.amount()).value().toDouble());
            yield decaying.set() ? amount : Emit.add(value, amount);
          }
          case Trace.Window _ -> Emit.add(value, Expr.real(world.real(), 1));
        };
    return new Expr.Choose(pending, jumped, value);
  }
}
