package snel.lower;

import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.sub;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Stmt;

/// Walks over the synapses that events of their targets reach at an instant, after the backprop
/// delay: older events first, then targets rising, then sources.
final class PostSpikes {
  private final Plasticity plasticity;
  private final Links links;
  private final Delays.Delay delay;

  PostSpikes(Plasticity plasticity) {
    this.plasticity = plasticity;
    this.links = plasticity.links;
    this.delay = plasticity.delays().backprop();
  }

  /// @param event empty for spikes
  List<Stmt> reaching(String event, PreSpikes.Instant instant, Links.Each body) {
    End targets = plasticity.targets();
    if (!delay.differs()) {
      return targets.events(
          event,
          delay.longest(),
          instant.step(),
          target -> column(target, i(delay.longest()), body));
    }
    int first = instant.isKept() ? 0 : 1;
    Expr lag = links.world().names().index("lag");
    Expr since = links.world().names().index("since");
    List<Stmt> one = new ArrayList<>();
    one.add(Emit.let(lag, sub(i(delay.longest()), since)));
    one.addAll(
        targets.past(
            event, delay.longest(), lag, instant.step(), target -> column(target, lag, body)));
    List<Stmt> all = new ArrayList<>();
    all.add(Emit.serial(since, i(0), i(delay.longest() + 1 - first), one));
    if (!instant.isKept()) {
      all.addAll(targets.events(event, 0, instant.step(), target -> column(target, i(0), body)));
    }
    return all;
  }

  /// The synapses onto a target whose delay is `lag`.
  private List<Stmt> column(Expr target, Expr lag, Links.Each body) {
    BiFunction<Expr, Expr, List<Stmt>> each =
        (synapse, source) -> body.body(synapse, source, target);
    if (!delay.differs()) {
      return links.column(target, Optional.empty(), each);
    }
    if (links.hasColumnClasses()) {
      return links.column(target, Optional.of(lag), each);
    }
    return links.column(
        target,
        Optional.empty(),
        (synapse, source) ->
            List.of(
                when(compare(CompareOp.EQ, delay.of(synapse), lag), each.apply(synapse, source))));
  }
}
