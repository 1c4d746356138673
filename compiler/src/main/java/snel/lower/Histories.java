package snel.lower;

import snel.math.Expr;
import snel.model.Endpoint;
import snel.model.Handler;
import snel.model.Trace;

/// How many past instants of its events each population keeps. All who read them ask before the
/// first kernel is made: a kernel has the size of the ring in it.
final class Histories {
  private final World world;

  private Histories(World world) {
    this.world = world;
  }

  static void reserve(World world) {
    var histories = new Histories(world);
    for (Plasticity plasticity : world.allPlasticities()) {
      if (world.carriesPrecise(plasticity.projection)) {
        keep(plasticity.sourceCells(), "", Math.max(1, plasticity.delays().arrival().longest()));
        plasticity.sourceCells().keepEarly();
      }
      histories.ends(plasticity);
      if (plasticity.projection.target() instanceof Endpoint.SynapsePort(var onto, var port, _)) {
        histories.port(plasticity, world.plasticity(onto), port);
      }
    }
  }

  private void port(Plasticity plasticity, Plasticity onto, String port) {
    int delay = plasticity.delays().arrival().longest();
    String event = plasticity.projection.sourceEvent();
    keep(plasticity.sourceCells(), event, delay + late(onto));
    for (TraceStore trace : onto.followers.traces()) {
      if (trace.trace.event().equals(port)) {
        keep(plasticity.sourceCells(), event, delay + landing(trace, onto));
      }
    }
  }

  /// How long after its arrival an event is asked for by what follows it.
  private int landing(EndValues follower, Plasticity plasticity) {
    return width(follower) + late(plasticity);
  }

  /// What synapses of an `instant` projection do comes in the middle of a step, whose own events
  /// may be listed by then.
  private static int late(Plasticity plasticity) {
    return plasticity.projection.instant() ? 1 : 0;
  }

  private void ends(Plasticity plasticity) {
    boolean isLearned = plasticity.delays().isLearned();
    int pre = isLearned ? 0 : plasticity.delays().axonal().longest();
    int back = plasticity.effect.isLookedUp() ? plasticity.delays().arrival().longest() : 0;
    int post = plasticity.delays().backprop().longest();
    keep(plasticity.sourceCells(), plasticity.projection.sourceEvent(), pre + back);
    for (Handler handler : EndEvents.handlersOfSource(plasticity.projection)) {
      keep(
          plasticity.sourceCells(),
          EndEvents.ofSource(handler.event(), plasticity.projection),
          pre + back);
    }
    for (Handler handler : plasticity.synapse.handlers()) {
      if (EndEvents.isOf(handler.event(), "post")) {
        keep(plasticity.targetCells().orElseThrow(), EndEvents.named(handler.event()), post);
      }
    }
    for (EndValues follower : plasticity.followers.all()) {
      switch (follower.side) {
        case PRE ->
            keep(plasticity.sourceCells(), follower.event(), pre + landing(follower, plasticity));
        case POST ->
            keep(
                plasticity.targetCells().orElseThrow(),
                follower.event(),
                post + landing(follower, plasticity));
        case PORT, BROADCAST -> {}
      }
    }
  }

  private int width(EndValues follower) {
    return follower instanceof TraceStore store
            && store.trace instanceof Trace.Window(_, _, Expr.Num(var length), _)
        ? (int) Math.round(length.toDouble() / world.step())
        : 0;
  }

  private static void keep(Cells cells, String event, int steps) {
    if (steps > 0) {
      cells.keepHistory(event, steps + 1);
    }
  }
}
