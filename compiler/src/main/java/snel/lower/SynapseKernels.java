package snel.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Stmt;
import snel.model.Handler;
import snel.model.Port;

/// The kernels of one projection, phase by phase (semantics.md §2).
final class SynapseKernels {
  private final SynapseBodies bodies;
  private final SynapseEvents events;
  private final SynapseTraces traces;
  private final Map<Handler, Arrivals> arrivals;

  SynapseKernels(World world, Plasticity plasticity, Map<Handler, Arrivals> arrivals) {
    this.bodies = new SynapseBodies(world, plasticity);
    this.events = new SynapseEvents(bodies);
    this.traces = new SynapseTraces(world, plasticity);
    this.arrivals = arrivals;
  }

  /// Phase 1: `on pre` and `on pre.EVENT`.
  List<Kernel> onPre() {
    return events.onPre(arrivals);
  }

  /// Phase 2: what spikes that are located within their steps deliver, at their own times.
  PreciseRows precise() {
    return new PreciseRows(bodies, arrivals);
  }

  /// The end of phase 1: jumps of traces.
  Optional<Kernel> land() {
    return traces.land();
  }

  /// The end of phase 1: what is shared changes once.
  Optional<Kernel> settle() {
    return SharedWeights.of(bodies)
        .map(shared -> new Kernel(bodies.path + ":settle", Phase.DELIVER, shared.settled()));
  }

  /// Phase 2: equations read traces as they were before they decay.
  List<Kernel> integrate() {
    List<Kernel> kernels = new ArrayList<>(new SynapseEquations(bodies).kernels());
    traces.decay().ifPresent(kernels::add);
    return kernels;
  }

  /// `on post` of those that have this turn.
  List<Kernel> onPost(SynapseEvents.Turn turn) {
    return events.onPost(turn);
  }

  /// Phase 5: `every`.
  List<Kernel> every() {
    return events.every();
  }

  /// `receive` for events of `from`, a projection onto this one's port.
  Kernel port(Plasticity from, Port port, boolean inDeliver) {
    return new SynapsePorts(bodies).kernel(from, port, inDeliver);
  }

  /// `receive` for an event sent by the protocol.
  List<Stmt> sent(Port port, Expr who, List<Expr> values) {
    return new SynapsePorts(bodies).sent(port, who, values);
  }

  /// `on presentation.start` or `.end`, and `normalise`.
  Optional<Kernel> hook(String event, Phase phase) {
    return new SynapseHooks(bodies).kernel(event, phase);
  }

  /// Phase 1: graded transmission.
  Optional<Kernel> transmit() {
    return new Transmission(bodies).kernel();
  }
}
