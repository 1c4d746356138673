package snel.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Stmt;
import snel.model.Handler;
import snel.model.Projection;

/// What synapses do at the start and the end of a presentation (semantics.md §8).
final class SynapseHooks {
  private final SynapseBodies bodies;

  SynapseHooks(SynapseBodies bodies) {
    this.bodies = bodies;
  }

  Optional<Kernel> kernel(String event, Phase phase) {
    List<Stmt> all = new ArrayList<>();
    boolean atEnd = event.equals("presentation.end");
    Set<EndValues.Side> counted =
        atEnd ? bodies.plasticity.coincidence.pendingBetweenSteps() : Set.of();
    for (Handler handler : bodies.plasticity.synapse.handlers()) {
      if (handler.event().equals(event)) {
        all.addAll(new SynapseTraces(bodies.world, bodies.plasticity).markPending(counted));
        Moment moment = Moment.counting(counted, Emit.step());
        all.addAll(bodies.all(new SynapseBodies.Occasion(event, handler.body(), moment, Map.of())));
      }
    }
    Optional<Projection.Normalise> normalise =
        bodies.projection.normalise().filter(n -> n.event().equals(event));
    if (!all.isEmpty() || normalise.isPresent()) {
      // what the last instant changed counts, and what the hook's handlers do
      SharedWeights.of(bodies)
          .ifPresent(shared -> {
            all.addAll(0, shared.settled());
            all.addAll(shared.settled());
          });
    }
    normalise.ifPresent(rule -> all.addAll(new Normalisation(bodies, rule).statements()));
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel(bodies.path + ":" + event, phase, all));
  }
}
