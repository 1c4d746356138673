package snel.lower;

import java.util.EnumSet;
import java.util.Set;
import snel.model.Projection;
import snel.model.Synapse;

/// When events of the two ends count at a synapse, and which of them first where they meet there
/// (semantics.md §5).
final class Coincidence {
  private final Plasticity plasticity;
  private final Projection projection;
  private final Delays delays;

  Coincidence(Plasticity plasticity) {
    this.plasticity = plasticity;
    this.projection = plasticity.projection;
    this.delays = plasticity.delays();
  }

  /// Whether spikes of the step reach the synapses at its start, before they get their own stamp.
  boolean isWithinStep() {
    return projection.instant() && !plasticity.sourceCells().isOutside();
  }

  /// Whether a source's spike comes before one of the target that meets it at the synapse: then the
  /// target's waits for the start of the next step, when all that meet it are known.
  boolean isPreFirst() {
    return projection.synapse().coincident() == Synapse.Coincident.PRE_FIRST;
  }

  /// The sides whose events of the present instant are still to count between two steps: what
  /// reached synapses within a step has landed in it.
  Set<EndValues.Side> pendingBetweenSteps() {
    return isWithinStep()
        ? EnumSet.complementOf(EnumSet.of(EndValues.Side.PRE))
        : EnumSet.allOf(EndValues.Side.class);
  }

  /// The sides whose events of the instant count already in a handler of `side`: those that come
  /// first by the author's word.
  Set<EndValues.Side> countedBefore(EndValues.Side side) {
    return switch (projection.synapse().coincident()) {
      case IGNORED -> Set.of();
      case PRE_FIRST -> side == EndValues.Side.POST ? Set.of(EndValues.Side.PRE) : Set.of();
      case POST_FIRST -> side == EndValues.Side.PRE ? Set.of(EndValues.Side.POST) : Set.of();
    };
  }

  /// Whether the post-synaptic event that reaches a synapse at an instant is known only at its
  /// start: spikes from outside, unless they take time to get there.
  boolean isPostGiven(String event) {
    boolean late = !delays.backprop().differs() && !delays.backprop().isNone();
    return event.isEmpty() && !late && isPostGiven();
  }

  private boolean isPostGiven() {
    return plasticity.targetCells().orElseThrow().isOutside();
  }

  /// Steps from the start of an episode to the arrival of the first spike that belongs to it.
  int firstArrival(EndValues.Side side) {
    boolean pre = side == EndValues.Side.PRE;
    Delays.Delay of = pre ? delays.axonal() : delays.backprop();
    int delay = of.constant().orElse(0);
    boolean atStart =
        pre ? projection.instant() || plasticity.sourceCells().isOutside() : isPostGiven();
    return atStart ? delay : delay + 1;
  }
}
