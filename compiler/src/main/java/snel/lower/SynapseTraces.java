package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;
import static snel.lower.Emit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.model.Trace;

/// The traces of one projection: their decay, and their jumps, which land when all handlers of the
/// instant have read the left limit (semantics.md §5).
final class SynapseTraces {
  private final World world;
  private final Plasticity plasticity;
  private final Scalar real;
  private final String path;

  SynapseTraces(World world, Plasticity plasticity) {
    this.world = world;
    this.plasticity = plasticity;
    this.real = world.real();
    this.path = plasticity.links.path;
  }

  /// The jumps of the present instant, at the end of phase 1.
  Optional<Kernel> land() {
    List<Stmt> all = new ArrayList<>();
    for (TraceStore trace : plasticity.allTraces()) {
      all.addAll(jumps(trace));
    }
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel(path + ":land", Phase.DELIVER, all));
  }

  private List<Stmt> jumps(TraceStore trace) {
    return switch (trace.side) {
      case PRE -> {
        int delay = trace.slots().isPresent() ? 0 : plasticity.links.constantDelay().orElse(0);
        Expr stamp = plasticity.isWithinStep() ? Emit.nextStep32() : Emit.step32();
        yield jumps(trace, plasticity.sources(), delay, stamp);
      }
      case POST -> jumps(trace, plasticity.targets(), plasticity.backprop(), Emit.step32());
      case PORT -> List.of();
    };
  }

  /// @param instant stamp of the events that jump now, without delay
  private List<Stmt> jumps(TraceStore trace, End end, int delay, Expr instant) {
    String event = trace.event();
    return switch (trace.trace) {
      case Trace.Decaying decaying ->
          end.events(event, delay, instant, who -> List.of(jump(trace, decaying, who)));
      case Trace.Window window -> {
        int width = (int) Math.round(number(window.length()) / world.step());
        Expr one = Expr.real(real, 1);
        List<Stmt> all = new ArrayList<>();
        all.addAll(
            end.events(
                event, delay, instant, who -> List.of(Emit.increment(trace.values, who, one))));
        // at the next instant the stamps of the last width - 1 steps count
        all.addAll(
            end.events(
                event,
                delay + width - 1,
                instant,
                who -> List.of(store(trace.values, who, Emit.sub(load(trace.values, who), one)))));
        yield all;
      }
    };
  }

  private static double number(snel.math.Expr expression) {
    return ((snel.math.Expr.Num) expression).value().toDouble();
  }

  Stmt jump(TraceStore trace, Trace.Decaying decaying, Expr who) {
    Expr amount = Expr.real(real, number(decaying.amount()));
    return store(trace.values, who, decaying.set() ? amount : add(load(trace.values, who), amount));
  }

  /// Phase 2.
  Optional<Kernel> decay() {
    List<Stmt> decays = new ArrayList<>();
    for (TraceStore trace : plasticity.allTraces()) {
      if (trace.trace instanceof Trace.Decaying decaying) {
        decays.add(decay(trace, decaying));
      } else if (trace.slots().isPresent()) {
        decays.add(keepPast(trace));
      }
    }
    return decays.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel(path + ":decay", Phase.INTEGRATE, decays));
  }

  private Stmt decay(TraceStore trace, Trace.Decaying decaying) {
    Expr factor = Expr.real(real, StrictMath.exp(-world.step() / number(decaying.tau())));
    Expr zero = Integration.noSlowZeros(real);
    Expr k = index("k");
    Expr value = Emit.sub(new Expr.Fma(factor, load(trace.values, k), zero), zero);
    List<Stmt> body = new ArrayList<>();
    body.add(new Stmt.Let("value", value));
    Expr decayed = new Expr.Read("value", real);
    body.add(store(trace.values, k, decayed));
    trace.slots().ifPresent(slots -> body.add(past(trace, slots, k, decayed)));
    return Emit.loop("k", i(trace.size()), body);
  }

  private static Stmt keepPast(TraceStore trace) {
    Expr k = index("k");
    return Emit.loop(
        "k",
        i(trace.size()),
        List.of(past(trace, trace.slots().orElseThrow(), k, load(trace.values, k))));
  }

  private static Stmt past(TraceStore trace, int slots, Expr k, Expr value) {
    Expr slot = Inbox.slot(slots, Emit.nextStep32());
    return store(trace.ring(), add(mul(slot, i(trace.size())), k), value);
  }

  /// Marks whose jumps of the present instant are still to land.
  List<Stmt> markPending() {
    List<Stmt> all = new ArrayList<>();
    for (TraceStore trace : plasticity.allTraces()) {
      if (trace.side != TraceStore.Side.PORT) {
        all.addAll(markPending(trace));
      }
    }
    return all;
  }

  private List<Stmt> markPending(TraceStore trace) {
    Buffer marks = PendingJumps.marks(world, plasticity, trace);
    boolean pre = trace.side == TraceStore.Side.PRE;
    End end = pre ? plasticity.sources() : plasticity.targets();
    int delay = pre ? plasticity.links.constantDelay().orElse(0) : plasticity.backprop();
    List<Stmt> all = new ArrayList<>();
    all.add(Emit.loop("k", i(trace.size()), List.of(store(marks, index("k"), i(0)))));
    if (pre && plasticity.isWithinStep()) {
      return all;
    }
    all.addAll(
        end.events(trace.event(), delay, Emit.step32(), who -> List.of(store(marks, who, i(1)))));
    return all;
  }
}
