package snel.lower;

import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.model.Port;
import snel.model.SynapseText;
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

  /// The jumps of the present instant, at the end of phase 1. How high they are is found before the
  /// first of them.
  Optional<Kernel> land() {
    List<Stmt> all = new ArrayList<>();
    for (TraceStore trace : plasticity.followers.traces()) {
      if (trace.isNoted()) {
        all.addAll(landing(trace, 0, at -> noted(trace, at)));
      }
    }
    for (TraceStore trace : plasticity.followers.traces()) {
      all.addAll(jumps(trace));
    }
    for (LastArrival last : plasticity.followers.lastArrivals()) {
      all.addAll(landing(last, 0, at -> List.of(last.arrived(last.who(at)))));
    }
    for (EndValues values : plasticity.followers.all()) {
      if (values.slots().isPresent() && isReadWithinStep(values)) {
        all.add(values.keptLanded());
      }
    }
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel(path + ":land", Phase.DELIVER, all));
  }

  /// Whether what synapses do while a step lasts, by equations and `transmit`, depends on it.
  private boolean isReadWithinStep(EndValues values) {
    return SynapseText.withinStep(plasticity.synapse).anyMatch(values::isReadIn);
  }

  private List<Stmt> noted(TraceStore trace, SynapseScope.At at) {
    var kernel = world.kernel();
    return kernel.collect(
        () -> kernel.statements().add(trace.noted(scope(trace, at, kernel), trace.who(at))));
  }

  private SynapseScope scope(TraceStore trace, SynapseScope.At at, KernelScope kernel) {
    return new SynapseBodies(world, plasticity).scope(at, kernel, trace.trace.name());
  }

  /// The events that reach the synapses at the start of the step, or did so `earlier` steps ago.
  private List<Stmt> landing(
      EndValues of, int earlier, Function<SynapseScope.At, List<Stmt>> body) {
    if (!plasticity.projection.instant()) {
      return events(of, earlier, PreSpikes.Instant.NOW, body);
    }
    // in the middle of the step: the present lists may hold the stamp of its end
    boolean within = of.side == EndValues.Side.PRE && plasticity.coincidence.isWithinStep();
    return events(of, within ? earlier : earlier + 1, PreSpikes.Instant.NEXT, body);
  }

  /// The events that reached the synapses `earlier` steps before an instant whose lists are there.
  private List<Stmt> events(
      EndValues of,
      int earlier,
      PreSpikes.Instant instant,
      Function<SynapseScope.At, List<Stmt>> body) {
    PreSpikes.Instant then = instant.before(earlier);
    if (of.isOfSynapses()) {
      return ofSynapses(of, then, body);
    }
    int delay = of.delay().constant().orElse(0) + earlier;
    return switch (of.side) {
      case PRE ->
          plasticity.sources().events(of.event(), delay, instant.step(), k -> body.apply(of.at(k)));
      case POST ->
          plasticity.targets().events(of.event(), delay, instant.step(), k -> body.apply(of.at(k)));
      case PORT, BROADCAST -> sent(of, then, k -> body.apply(of.at(k)));
    };
  }

  /// Where each synapse has a value: all synapses that the events reach.
  private List<Stmt> ofSynapses(
      EndValues of, PreSpikes.Instant instant, Function<SynapseScope.At, List<Stmt>> body) {
    Links.Each each =
        (synapse, source, target) -> body.apply(SynapseScope.At.of(synapse, source, target));
    return switch (of.side) {
      case PRE ->
          new PreSpikes(plasticity, of.event())
              .reaching(
                  of.delay(),
                  instant,
                  (synapse, source, target, _) -> each.body(synapse, source, target));
      case POST -> new PostSpikes(plasticity).reaching(of.event(), instant, each);
      case PORT -> sent(of, instant, target -> column(target, each));
      case BROADCAST -> sent(of, instant, _ -> plasticity.links.all(each));
    };
  }

  private List<Stmt> column(Expr target, Links.Each each) {
    return plasticity.links.column(
        target, Optional.empty(), (synapse, source) -> each.body(synapse, source, target));
  }

  /// The events of projections onto a port; the body gets the target that one is for.
  private List<Stmt> sent(
      EndValues of, PreSpikes.Instant instant, Function<Expr, List<Stmt>> body) {
    List<Stmt> all = new ArrayList<>();
    for (Plasticity from : plasticity.onto(of.event())) {
      all.addAll(
          new PreSpikes(from)
              .reaching(from.delays().arrival(), instant, (_, _, target, _) -> body.apply(target)));
    }
    return all;
  }

  private List<Stmt> jumps(TraceStore trace) {
    List<Stmt> all = new ArrayList<>(landing(trace, 0, at -> List.of(trace.jump(trace.who(at)))));
    if (trace.trace instanceof Trace.Window(_, _, var length, _)) {
      // at the next instant the stamps of the last width - 1 steps count
      int past = width(length) - 1;
      List<Stmt> falling =
          landing(
              trace,
              past,
              at -> List.of(Emit.increment(trace.values, trace.who(at), Expr.real(real, -1))));
      all.addAll(trace.isResetApart() ? sinceReset(trace, past, falling) : falling);
    }
    return all;
  }

  /// What is done where the stamps of `past` steps ago have been counted since the last `reset`.
  private List<Stmt> sinceReset(TraceStore trace, int past, List<Stmt> body) {
    Buffer age = world.buffers.declare(trace.values.name() + ".age", Cell.I32, 1, Role.STATE);
    Expr isOld = Emit.compare(CompareOp.GE, load(age, i(0)), i(past));
    return List.of(new Stmt.If(isOld, body, List.of(Emit.increment(age, i(0), i(1)))));
  }

  private int width(snel.math.Expr length) {
    return (int) Math.round(((snel.math.Expr.Num) length).value().toDouble() / world.step());
  }

  // What the protocol sends

  /// The jumps for what the protocol sent to a port, and what falls out of windows.
  ///
  /// @param pending how many events wait for each target, or for all
  List<Stmt> sent(Port port, Buffer pending, int size) {
    List<Stmt> all = new ArrayList<>();
    for (boolean notes : new boolean[] {true, false}) {
      for (TraceStore trace : plasticity.followers.traces()) {
        if (trace.follows(port) && (!notes || trace.isNoted())) {
          Expr j = world.names().index("j");
          List<Stmt> each = sent(trace, j, pending, size, notes);
          all.add(Emit.serial(j, i(0), i(size), each));
        }
      }
    }
    return all;
  }

  private List<Stmt> sent(TraceStore trace, Expr j, Buffer pending, int size, boolean notes) {
    Expr isSent = Emit.compare(CompareOp.NE, load(pending, j), i(0));
    if (trace.trace instanceof Trace.Window(_, _, var length, _)) {
      int slots = Inbox.slots(width(length) - 1);
      Buffer past =
          world.buffers.declare(
              trace.values.name() + ".sent", Cell.U8, (long) slots * size, Role.QUEUE);
      Expr now = Emit.step32();
      Expr fallen = Emit.sub(now, i(width(length) - 1));
      Expr left = load(past, Inbox.position(slots, size, fallen, j));
      Expr counted = Emit.sub(convert(Scalar.I32, isSent), convert(Scalar.I32, left));
      return List.of(
          store(past, Inbox.position(slots, size, now, j), convert(Scalar.I32, isSent)),
          Emit.increment(trace.values, j, convert(real, counted)));
    }
    Function<SynapseScope.At, List<Stmt>> body =
        at -> notes ? noted(trace, at) : List.of(trace.jump(trace.who(at)));
    List<Stmt> jump =
        !trace.isOfSynapses()
            ? body.apply(trace.at(j))
            : trace.side == EndValues.Side.PORT
                ? column(j, (s, k, t) -> body.apply(SynapseScope.At.of(s, k, t)))
                : plasticity.links.all((s, k, t) -> body.apply(SynapseScope.At.of(s, k, t)));
    return List.of(Emit.when(isSent, jump));
  }

  /// Phase 2.
  Optional<Kernel> decay() {
    List<Stmt> decays = new ArrayList<>();
    for (TraceStore trace : plasticity.followers.traces()) {
      if (trace.trace instanceof Trace.Decaying decaying) {
        decays.addAll(decay(trace, decaying));
      } else if (trace.slots().isPresent()) {
        decays.add(trace.kept());
      }
    }
    for (LastArrival last : plasticity.followers.lastArrivals()) {
      if (last.slots().isPresent()) {
        decays.add(last.kept());
      }
    }
    return decays.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel(path + ":decay", Phase.INTEGRATE, decays));
  }

  private List<Stmt> decay(TraceStore trace, Trace.Decaying decaying) {
    if (trace.isOfSynapses()) {
      return plasticity.links.all((synapse, source, target) -> {
        var at = SynapseScope.At.of(synapse, source, target);
        return decayed(trace, decaying, at, synapse);
      });
    }
    Expr k = world.names().index("k");
    return List.of(Emit.loop(k, trace.count(), decayed(trace, decaying, trace.at(k), k)));
  }

  private List<Stmt> decayed(
      TraceStore trace, Trace.Decaying decaying, SynapseScope.At at, Expr k) {
    var kernel = world.kernel();
    return kernel.collect(() -> {
      Expr factor = trace.factor(decaying, scope(trace, at, kernel));
      Expr zero = Integration.noSlowZeros(real);
      Expr value = Emit.sub(new Expr.Fma(factor, load(trace.values, k), zero), zero);
      Expr decayed = Emit.local(kernel.fresh("value"), real);
      kernel.statements().add(Emit.let(decayed, value));
      kernel.statements().add(store(trace.values, k, decayed));
      if (trace.slots().isPresent()) {
        kernel.statements().add(trace.kept(k, decayed));
      }
    });
  }

  /// Marks whose events of the present instant are still to count, on these sides.
  List<Stmt> markPending(Set<EndValues.Side> sides) {
    List<Stmt> all = new ArrayList<>();
    for (EndValues values : plasticity.followers.all()) {
      if (!sides.contains(values.side)) {
        continue;
      }
      all.add(values.noPending());
      all.addAll(markPending(values));
    }
    return all;
  }

  private List<Stmt> markPending(EndValues values) {
    int classes = values.slots().isPresent() ? values.delay().classes() : 1;
    List<Stmt> all = new ArrayList<>();
    for (int delay = 0; delay < classes; delay++) {
      int late = delay;
      all.addAll(
          events(
              values,
              late,
              PreSpikes.Instant.LISTED,
              at -> List.of(values.pend(values.who(at), late))));
    }
    return all;
  }
}
