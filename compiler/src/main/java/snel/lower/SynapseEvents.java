package snel.lower;

import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Scalar;
import snel.ir.Stmt;
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

  /// Phase 1: `on pre` for the spikes that reach their synapses at this instant, with delivery.
  Optional<Kernel> onPre(Optional<Arrivals> arrivals) {
    Optional<Handler> onPre =
        bodies.plasticity.synapse.handlers().stream()
            .filter(h -> h.event().equals("pre"))
            .findFirst();
    if (onPre.isEmpty() || arrivals.isEmpty()) {
      return Optional.empty();
    }
    List<Stmt> all = new ArrayList<>();
    if (links.delays().isPresent() && !arrivals.get().atEmission()) {
      for (int k = links.classes() - 1; k >= 0; k--) {
        all.addAll(spikes(k, Optional.of(i(k)), onPre.get(), arrivals.get()));
      }
    } else {
      int late = arrivals.get().atEmission() ? 0 : links.constantDelay().orElse(0);
      all.addAll(spikes(late, Optional.empty(), onPre.get(), arrivals.get()));
    }
    return Optional.of(new Kernel(bodies.path + ":pre", Phase.DELIVER, all));
  }

  /// Runs the handler for the source events stamped `steps` ago.
  private List<Stmt> spikes(
      int steps, Optional<Expr> delayClass, Handler onPre, Arrivals arrivals) {
    var occasion = new SynapseBodies.Occasion("pre", onPre.body(), Emit.step());
    End sources = bodies.plasticity.sources();
    return sources.events(
        bodies.projection.sourceEvent(),
        steps,
        Emit.step32(),
        source -> {
          List<Stmt> all = new ArrayList<>();
          if (delayClass.isEmpty() || steps == links.classes() - 1) {
            all.add(
                Emit.increment(links.delivered(), i(0), convert(Scalar.I64, links.fanOut(source))));
          }
          var kernel = new KernelScope();
          all.addAll(
              links.row(
                  source,
                  delayClass,
                  (synapse, target) -> {
                    var at = new SynapseScope.At(synapse, source, target, delayClass);
                    return bodies.handler(
                        at,
                        kernel,
                        occasion,
                        Optional.of((scope, value) ->
                            arrivals.deliver(drawn(at, kernel), scope, value, bodies.real)));
                  }));
          all.addAll(arrivals.mark());
          return all;
        });
  }

  /// With its delay, where that is drawn at the spike.
  private SynapseScope.At drawn(SynapseScope.At at, KernelScope kernel) {
    return links
        .drawnDelay()
        .map(delay ->
            new SynapseScope.At(
                at.synapse(), at.source(), at.target(), Optional.of(delay.of(at, kernel))))
        .orElse(at);
  }

  /// `on post` and `on post.EVENT`, in text order: in phase 5, or in phase 1 where the spikes come
  /// from outside and are stamped with the start of the step.
  List<Kernel> onPost(boolean inDeliver) {
    List<Kernel> kernels = new ArrayList<>();
    for (Handler handler : bodies.plasticity.synapse.handlers()) {
      String event = handler.event();
      boolean isPost = Plasticity.isOf(event, "post");
      if (!isPost || inDeliver != bodies.plasticity.isPostGiven(Plasticity.eventOf(event))) {
        continue;
      }
      Expr now = inDeliver ? Emit.step() : Emit.nextStep();
      var occasion = new SynapseBodies.Occasion("post", handler.body(), now);
      List<Stmt> all =
          bodies
              .plasticity
              .targets()
              .events(
                  Plasticity.eventOf(event),
                  bodies.plasticity.backprop(),
                  convert(Scalar.I32, now),
                  target -> bodies.column(target, occasion));
      Phase phase = inDeliver ? Phase.DELIVER : Phase.PLASTICITY;
      kernels.add(new Kernel(bodies.path + ":" + event, phase, all));
    }
    return kernels;
  }

  /// Phase 5: `every` blocks, in text order.
  List<Kernel> every() {
    List<Kernel> kernels = new ArrayList<>();
    int number = 0;
    for (Every every : bodies.plasticity.synapse.every()) {
      List<Stmt> all =
          bodies.all(new SynapseBodies.Occasion("every", every.body(), Emit.nextStep()));
      if (every.steps() > 1) {
        all = List.of(when(NeuronKernels.due(every.steps(), Emit.nextStep()), all));
      }
      kernels.add(new Kernel(bodies.path + ":every" + number++, Phase.PLASTICITY, all));
    }
    return kernels;
  }
}
