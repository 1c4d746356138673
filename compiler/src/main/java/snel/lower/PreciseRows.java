package snel.lower;

import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.lower.SynapseBodies.Occasion;
import snel.model.Handler;
import snel.model.Projection;

/// The rows of a projection whose spikes are located within their steps: what a spike delivers is
/// put into the accumulators of its targets when it is due.
final class PreciseRows {
  private final SynapseBodies bodies;
  private final Links links;
  private final Map<Handler, Arrivals> arrivals;

  PreciseRows(SynapseBodies bodies, Map<Handler, Arrivals> arrivals) {
    this.bodies = bodies;
    this.links = bodies.links;
    this.arrivals = arrivals;
  }

  Projection projection() {
    return bodies.projection;
  }

  Delays.Delay delay() {
    return bodies.plasticity.delays().arrival();
  }

  /// Whether some synapse has a delay of `due` steps.
  Expr isDue(Expr due) {
    return delay().differs()
        ? compare(CompareOp.LE, due, i(delay().longest()))
        : compare(CompareOp.EQ, due, i(delay().longest()));
  }

  /// Whether a spike may arrive in its own step.
  boolean isAtOnce() {
    return delay().differs() ? bodies.world.actsAtOnce(projection()) : delay().isNone();
  }

  /// Takes a spike of neuron `source` of its population to the synapses with a delay of `due`
  /// steps.
  ///
  /// @param reached what is done for each target neuron before
  List<Stmt> arriving(Expr source, Expr due, Function<Expr, List<Stmt>> reached) {
    return LocalIndex.within(
        bodies.world,
        projection().source(),
        bodies.plasticity.sourceCells().size,
        bodies.path + ".synapses.source_index",
        source,
        local -> {
          List<Stmt> all = new ArrayList<>();
          if (links.layout != Links.Layout.PROCEDURAL) {
            Expr isLast = compare(CompareOp.EQ, due, i(delay().longest()));
            Expr count = convert(Scalar.I64, links.fanOut(local));
            all.add(when(isLast, List.of(Emit.increment(links.delivered(), i(0), count))));
          }
          all.addAll(
              new PreSpikes(bodies.plasticity)
                  .row(
                      delay(),
                      local,
                      due,
                      (synapse, _, target, _) ->
                          delivered(SynapseScope.At.of(synapse, local, target), reached)));
          return Emit.allInOrder(all);
        });
  }

  private List<Stmt> delivered(SynapseScope.At at, Function<Expr, List<Stmt>> reached) {
    var kernel = bodies.world.kernel();
    return kernel.collect(() -> {
      Expr to = bodies.world.names().index("to");
      kernel.statements().add(Emit.let(to, links.targetInPopulation(at.target())));
      kernel.statements().addAll(reached.apply(to));
      arrivals.forEach((handler, sums) -> {
        var occasion =
            new Occasion(handler.event(), handler.body(), Moment.before(Emit.step()), Map.of());
        kernel
            .statements()
            .addAll(
                bodies.handler(
                    at,
                    kernel,
                    occasion,
                    Optional.of((scope, value) -> sums.deliver(at, scope, value, bodies.real, 0))));
      });
    });
  }
}
