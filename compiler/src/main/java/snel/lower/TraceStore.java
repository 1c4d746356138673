package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;

import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Role;
import snel.model.Trace;

/// The values of one trace: one for each source or target neuron of the projection. Where the
/// axonal delay differs between synapses, a ring of past values serves all delays (semantics.md
/// §5).
final class TraceStore {
  enum Side {
    PRE,
    POST,
    /// A `receive … of post` port of the synapse.
    PORT
  }

  final Trace trace;
  final Side side;
  final Buffer values;
  private final World world;
  private final Links links;

  TraceStore(World world, Links links, Trace trace) {
    this.world = world;
    this.links = links;
    this.trace = trace;
    this.side =
        Plasticity.isOf(trace, "pre")
            ? Side.PRE
            : Plasticity.isOf(trace, "post") ? Side.POST : Side.PORT;
    this.values =
        world.buffers.real(links.path + "." + trace.name(), Math.max(1, size()), Role.STATE);
  }

  int size() {
    return side == Side.PRE ? links.sources : links.targets;
  }

  /// Event whose jumps it takes: empty for spikes.
  String event() {
    return Plasticity.eventOf(trace.event());
  }

  /// Slots of the ring of past values; empty when one delay serves all.
  Optional<Integer> slots() {
    return side == Side.PRE && links.delays().isPresent()
        ? Optional.of(Inbox.slots(links.classes()))
        : Optional.empty();
  }

  Buffer ring() {
    return world.buffers.real(
        links.path + "." + trace.name() + ".past",
        (long) slots().orElseThrow() * size(),
        Role.STATE);
  }

  /// Value at a synapse at the instant `now` (`I32`), just before any jump of that instant.
  Expr value(Expr source, Expr target, Optional<Expr> delay, Expr now) {
    if (slots().isPresent()) {
      Expr at = Emit.sub(now, delay.orElse(i(0)));
      Expr slot = Inbox.slot(slots().get(), at);
      return load(ring(), add(mul(slot, i(size())), source));
    }
    return load(values, side == Side.PRE ? source : target);
  }
}
