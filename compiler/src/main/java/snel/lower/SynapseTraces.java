package snel.lower;

import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
    for (LastArrival last : plasticity.lastArrivals()) {
      all.addAll(landing(last, 0, who -> List.of(last.arrived(who))));
    }
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel(path + ":land", Phase.DELIVER, all));
  }

  /// The events that reach the synapses at the start of the step, or did so `earlier` steps ago.
  private List<Stmt> landing(EndValues of, int earlier, Function<Expr, List<Stmt>> body) {
    if (!plasticity.projection.instant()) {
      return events(of, earlier, PreSpikes.Instant.NOW, body);
    }
    // in the middle of the step: the present lists may hold the stamp of its end
    boolean within = of.side == EndValues.Side.PRE && plasticity.isWithinStep();
    return events(of, within ? earlier : earlier + 1, PreSpikes.Instant.NEXT, body);
  }

  /// The events that reached the synapses `earlier` steps before an instant whose lists are there.
  private List<Stmt> events(
      EndValues of, int earlier, PreSpikes.Instant instant, Function<Expr, List<Stmt>> body) {
    int delay = of.delay().constant().orElse(0) + earlier;
    return switch (of.side) {
      case PRE ->
          of.isOfSynapses()
              ? new PreSpikes(plasticity, of.event())
                  .reaching(of.delay(), instant.before(earlier), (s, _, _, _) -> body.apply(s))
              : plasticity.sources().events(of.event(), delay, instant.step(), body);
      case POST -> plasticity.targets().events(of.event(), delay, instant.step(), body);
      case PORT, BROADCAST -> {
        List<Stmt> all = new ArrayList<>();
        for (Plasticity from : plasticity.onto(of.event())) {
          all.addAll(
              new PreSpikes(from)
                  .reaching(
                      from.delays().arrival(),
                      instant.before(earlier),
                      (_, _, target, _) ->
                          body.apply(of.side == EndValues.Side.PORT ? target : i(0))));
        }
        yield all;
      }
    };
  }

  private List<Stmt> jumps(TraceStore trace) {
    List<Stmt> all = new ArrayList<>(landing(trace, 0, who -> List.of(jump(trace, who))));
    if (trace.trace instanceof Trace.Window(_, _, var length, _)) {
      int width = (int) Math.round(number(length) / world.step());
      Expr one = Expr.real(real, 1);
      // at the next instant the stamps of the last width - 1 steps count
      all.addAll(
          landing(
              trace,
              width - 1,
              who -> List.of(store(trace.values, who, Emit.sub(load(trace.values, who), one)))));
    }
    return all;
  }

  private static double number(snel.math.Expr expression) {
    return ((snel.math.Expr.Num) expression).value().toDouble();
  }

  static Stmt jump(TraceStore trace, Expr who) {
    return store(trace.values, who, trace.jumped(load(trace.values, who)));
  }

  /// Phase 2.
  Optional<Kernel> decay() {
    List<Stmt> decays = new ArrayList<>();
    for (TraceStore trace : plasticity.allTraces()) {
      if (trace.trace instanceof Trace.Decaying decaying) {
        decays.add(decay(trace, decaying));
      } else if (trace.slots().isPresent()) {
        decays.add(trace.kept());
      }
    }
    for (LastArrival last : plasticity.lastArrivals()) {
      if (last.slots().isPresent()) {
        decays.add(last.kept());
      }
    }
    return decays.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel(path + ":decay", Phase.INTEGRATE, decays));
  }

  private Stmt decay(TraceStore trace, Trace.Decaying decaying) {
    Expr factor = Expr.real(real, StrictMath.exp(-world.step() / number(decaying.tau())));
    Expr zero = Integration.noSlowZeros(real);
    Expr k = world.names().index("k");
    Expr value = Emit.sub(new Expr.Fma(factor, load(trace.values, k), zero), zero);
    List<Stmt> body = new ArrayList<>();
    Expr decayed = Emit.local(world.names().fresh("value"), real);
    body.add(Emit.let(decayed, value));
    body.add(store(trace.values, k, decayed));
    if (trace.slots().isPresent()) {
      body.add(trace.kept(k, decayed));
    }
    return Emit.loop(k, trace.count(), body);
  }

  /// Marks whose events of the present instant are still to count, on these sides.
  List<Stmt> markPending(Set<EndValues.Side> sides) {
    List<Stmt> all = new ArrayList<>();
    for (EndValues values : plasticity.followers()) {
      if (!sides.contains(values.side)) {
        continue;
      }
      all.add(values.noPending());
      // what reached synapses within a step has landed in it
      if (values.side != EndValues.Side.PRE || !plasticity.isWithinStep()) {
        all.addAll(markPending(values));
      }
    }
    return all;
  }

  private List<Stmt> markPending(EndValues values) {
    int classes = values.slots().isPresent() ? values.delay().classes() : 1;
    List<Stmt> all = new ArrayList<>();
    for (int delay = 0; delay < classes; delay++) {
      int late = delay;
      all.addAll(
          events(values, late, PreSpikes.Instant.NOW, who -> List.of(values.pend(who, late))));
    }
    return all;
  }
}
