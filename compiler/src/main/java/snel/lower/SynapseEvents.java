package snel.lower;

import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.lower.SynapseBodies.Occasion;
import snel.model.Endpoint;
import snel.model.Every;
import snel.model.Handler;

/// What synapses do at events of their two neurons, and in `every` blocks.
final class SynapseEvents {
  private final SynapseBodies bodies;
  private final Links links;

  SynapseEvents(SynapseBodies bodies) {
    this.bodies = bodies;
    this.links = bodies.links;
  }

  /// Phase 1: `on pre` and `on pre.EVENT` for what reaches the synapses at this instant, with
  /// delivery, in text order.
  List<Kernel> onPre(Map<Handler, Arrivals> arrivals) {
    List<Kernel> kernels = new ArrayList<>();
    for (Handler handler : EndEvents.handlersOfSource(bodies.plasticity.projection)) {
      Optional<Arrivals> to = Optional.ofNullable(arrivals.get(handler));
      if (!(bodies.projection.target() instanceof Endpoint.SynapsePort)) {
        kernels.add(onPre(handler, to));
      }
    }
    return kernels;
  }

  private Kernel onPre(Handler handler, Optional<Arrivals> arrivals) {
    if (links.layout == Links.Layout.BITS) {
      return addedUp((Arrivals.Counted) arrivals.orElseThrow());
    }
    var spikes =
        new PreSpikes(
            bodies.plasticity, EndEvents.ofSource(handler.event(), bodies.plasticity.projection));
    Delays.Delay delay = bodies.plasticity.delays().axonal();
    Occasion occasion = occasion(handler, Emit.step(), EndValues.Side.PRE);
    List<Stmt> all = new ArrayList<>();
    if (handler.event().equals("pre")) {
      all.addAll(counted(spikes, delay));
    }
    if (arrivals.filter(Arrivals::isIdle).isEmpty()) {
      all.addAll(marked(occasion));
      var kernel = bodies.world.kernel();
      List<Stmt> walk =
          spikes.reaching(
              delay,
              PreSpikes.Instant.NOW,
              arrivals.map(Arrivals::mark).orElse(List.of()),
              (synapse, source, target, lag) -> {
                Optional<Expr> known = delay.differs() ? Optional.of(lag) : Optional.empty();
                var at = new SynapseScope.At(synapse, source, target, known);
                return bodies.handler(
                    at, kernel, occasion, arrivals.map(a -> delivering(a, at, kernel)));
              });
      List<Stmt> walked = bodies.walked(occasion, walk);
      all.addAll(bodies.plasticity.addsInAnyOrder() ? Emit.openOrder(walked) : walked);
    }
    return new Kernel(bodies.path + ":" + handler.event(), Phase.DELIVER, all);
  }

  /// All spikes of the step at once.
  private Kernel addedUp(Arrivals.Counted arrivals) {
    var spikes = new PreSpikes(bodies.plasticity);
    List<Stmt> all =
        new ArrayList<>(
            spikes.constant(
                Delays.Delay.NONE,
                PreSpikes.Instant.NOW,
                (source, _) -> {
                  Expr reached = convert(Scalar.I64, links.fanOut(source));
                  List<Stmt> each = new ArrayList<>(arrivals.mark());
                  each.add(Emit.increment(links.delivered(), i(0), reached));
                  return each;
                }));
    Cells.EventList list = bodies.plasticity.sourceCells().event(bodies.projection.sourceEvent());
    all.add(arrivals.addBits(links, list));
    return new Kernel(bodies.path + ":pre", Phase.DELIVER, all);
  }

  /// What `deliver` does: each in a handler has a place of its own.
  private BiFunction<Scope, snel.math.Expr, List<Stmt>> delivering(
      Arrivals arrivals, SynapseScope.At at, KernelScope kernel) {
    var ordinal = new AtomicInteger();
    return (scope, value) ->
        arrivals.deliver(drawn(at, kernel), scope, value, bodies.real, ordinal.getAndIncrement());
  }

  /// Counts the synapses that each spike reaches, when it reaches the last of them. A row that is
  /// drawn again counts itself, and a spike on its way was counted when it set out.
  private List<Stmt> counted(PreSpikes spikes, Delays.Delay delay) {
    if (links.layout == Links.Layout.PROCEDURAL || bodies.plasticity.delays().isLearned()) {
      return List.of();
    }
    return spikes.constant(
        Delays.Delay.of(delay.longest()),
        PreSpikes.Instant.NOW,
        (source, _) -> {
          Expr reached = convert(Scalar.I64, links.fanOut(source));
          return List.of(Emit.increment(links.delivered(), i(0), reached));
        });
  }

  /// With its delay, where that is drawn at the spike.
  private SynapseScope.At drawn(SynapseScope.At at, KernelScope kernel) {
    Delays.Delay arrival = bodies.plasticity.delays().arrival();
    if (!arrival.isDrawn()) {
      return at;
    }
    Expr steps = bodies.plasticity.delays().drawn(at, kernel);
    return new SynapseScope.At(at.synapse(), at.source(), at.target(), Optional.of(steps));
  }

  /// When `on post` of an instant runs.
  enum Turn {
    /// In phase 1, before `on pre`: the spikes come from outside and are stamped with the start of
    /// the step.
    GIVEN,
    /// In phase 1, after `on pre` of all projections, because that comes first.
    AFTER_PRE,
    /// In phase 5.
    LEARNING
  }

  private Turn turn(String event) {
    if (bodies.plasticity.coincidence.isPreFirst()) {
      return Turn.AFTER_PRE;
    }
    return bodies.plasticity.coincidence.isPostGiven(event) ? Turn.GIVEN : Turn.LEARNING;
  }

  /// `on post` and `on post.EVENT` that have this turn, in text order.
  List<Kernel> onPost(Turn turn) {
    List<Kernel> kernels = new ArrayList<>();
    for (Handler handler : bodies.plasticity.synapse.handlers()) {
      String event = EndEvents.named(handler.event());
      if (!EndEvents.isOf(handler.event(), "post") || turn(event) != turn) {
        continue;
      }
      boolean inDeliver = turn != Turn.LEARNING;
      Expr now = inDeliver ? Emit.step() : Emit.nextStep();
      Occasion occasion = occasion(handler, now, EndValues.Side.POST);
      List<Stmt> all = new ArrayList<>(marked(occasion));
      List<Stmt> walk =
          new PostSpikes(bodies.plasticity)
              .reaching(
                  event,
                  inDeliver ? PreSpikes.Instant.NOW : PreSpikes.Instant.NEXT,
                  (synapse, source, target) ->
                      bodies.handler(
                          SynapseScope.At.of(synapse, source, target),
                          bodies.world.kernel(),
                          occasion,
                          Optional.empty()));
      all.addAll(bodies.walked(occasion, walk));
      Phase phase = inDeliver ? Phase.DELIVER : Phase.PLASTICITY;
      kernels.add(new Kernel(bodies.path + ":" + handler.event(), phase, all));
    }
    return kernels;
  }

  private Occasion occasion(Handler handler, Expr now, EndValues.Side side) {
    Moment moment = Moment.counting(bodies.plasticity.coincidence.countedBefore(side), now);
    return new Occasion(handler.event(), handler.body(), moment, Map.of());
  }

  /// Notes the events that a handler has to count, though their jumps are still to land.
  private List<Stmt> marked(Occasion occasion) {
    return new SynapseTraces(bodies.world, bodies.plasticity)
        .markPending(occasion.moment().counted());
  }

  /// Phase 5: `every` blocks, in text order.
  List<Kernel> every() {
    List<Kernel> kernels = new ArrayList<>();
    for (Every every : bodies.plasticity.synapse.every()) {
      int number = kernels.size();
      List<Stmt> all = bodies.all(Occasion.every(number, every.body(), Emit.nextStep()));
      if (every.steps() > 1) {
        all = List.of(when(Emit.due(every.steps(), Emit.nextStep()), all));
      }
      String name = EveryNames.of(bodies.path, every.steps(), bodies.world.step(), kernels);
      kernels.add(new Kernel(name, Phase.PLASTICITY, all));
    }
    return kernels;
  }
}
