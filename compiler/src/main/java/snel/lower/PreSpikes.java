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
import snel.model.Endpoint;

/// Walks over the synapses of a projection that spikes of its sources reach at an instant: older
/// spikes first, then sources rising, then synapses in the order of the row.
final class PreSpikes {
  /// An instant in steps (`I32`).
  ///
  /// @param back how many steps it lies back at most
  /// @param isKept whether the events stamped with it have been put away already
  record Instant(Expr step, int back, boolean isKept) {
    /// The beginning of the present step.
    static final Instant NOW = new Instant(Emit.step32(), 0, true);

    /// The same when no event stamped with it need have been put away: between two steps.
    static final Instant LISTED = new Instant(Emit.step32(), 0, false);

    /// Its end.
    static final Instant NEXT = new Instant(Emit.nextStep32(), 0, false);

    /// `steps` before this one.
    Instant before(int steps) {
      return steps == 0 ? this : new Instant(sub(step, i(steps)), back + steps, true);
    }

    /// `steps`, at most `longest`, before the present step.
    static Instant ago(Expr steps, int longest) {
      return longest == 0 ? NOW : new Instant(sub(Emit.step32(), steps), longest, true);
    }
  }

  /// What is done for one synapse; `lag` is how many steps ago its source spiked.
  interface Body {
    List<Stmt> at(Expr synapse, Expr source, Expr target, Expr lag);
  }

  private final Plasticity plasticity;
  private final Links links;
  private final String event;

  /// The events that the projection carries.
  PreSpikes(Plasticity plasticity) {
    this(plasticity, plasticity.projection.sourceEvent());
  }

  /// @param event empty for spikes
  PreSpikes(Plasticity plasticity, String event) {
    this.plasticity = plasticity;
    this.links = plasticity.links;
    this.event = event;
  }

  /// Runs `body` for every synapse that a spike reaches at `instant` after `delay`.
  List<Stmt> reaching(Delays.Delay delay, Instant instant, Body body) {
    return reaching(delay, instant, List.of(), body);
  }

  /// @param atSpike what is done before, once for every spike of which something may be due
  List<Stmt> reaching(Delays.Delay delay, Instant instant, List<Stmt> atSpike, Body body) {
    if (plasticity.delays().isLearned() && delay.equals(plasticity.delays().axonal())) {
      return new SpikesOnTheirWay(links.world(), plasticity, event)
          .reaching(instant, atSpike, body);
    }
    BiFunction<Expr, Expr, List<Stmt>> spike =
        (source, lag) -> {
          List<Stmt> all = new ArrayList<>(atSpike);
          all.addAll(row(delay, source, lag, body));
          return all;
        };
    if (!delay.differs()) {
      return constant(delay, instant, spike);
    }
    int first = instant.isKept() ? 0 : 1;
    Expr lag = links.world().names().index("lag");
    Expr since = links.world().names().index("since");
    List<Stmt> one = new ArrayList<>();
    one.add(Emit.let(lag, sub(i(delay.longest()), since)));
    one.addAll(stamped(delay.longest(), lag, instant, source -> spike.apply(source, lag)));
    List<Stmt> all = new ArrayList<>();
    all.add(Emit.serial(since, i(0), i(delay.longest() + 1 - first), one));
    if (!instant.isKept()) {
      End sources = plasticity.sources();
      all.addAll(sources.events(event, 0, instant.step(), s -> spike.apply(s, i(0))));
    }
    return all;
  }

  /// Runs `body` for every source that spiked a constant `delay` before `instant`.
  List<Stmt> constant(
      Delays.Delay delay, Instant instant, BiFunction<Expr, Expr, List<Stmt>> body) {
    int steps = delay.constant().orElseThrow();
    End sources = plasticity.sources();
    return instant.back() == 0
        ? sources.events(event, steps, instant.step(), s -> body.apply(s, i(steps)))
        : stamped(steps, i(steps), instant, s -> body.apply(s, i(steps)));
  }

  /// Runs `body` for every source that spiked `lag` (at most `longest`) before `instant`.
  List<Stmt> stamped(
      int longest, Expr lag, Instant instant, java.util.function.Function<Expr, List<Stmt>> body) {
    return plasticity.sources().past(event, longest + instant.back(), lag, instant.step(), body);
  }

  /// The synapses of a source whose `delay` is `lag`.
  List<Stmt> row(Delays.Delay delay, Expr source, Expr lag, Body body) {
    BiFunction<Expr, Expr, List<Stmt>> each =
        (synapse, target) -> body.at(synapse, source, target, lag);
    if (!delay.differs()) {
      return walked(source, Optional.empty(), each);
    }
    if (plasticity.delays().isSortedBy(delay)) {
      return walked(source, Optional.of(lag), each);
    }
    return walked(
        source,
        Optional.empty(),
        (synapse, target) -> {
          Expr isDue = compare(CompareOp.EQ, delay.of(synapse), lag);
          return List.of(when(isDue, each.apply(synapse, target)));
        });
  }

  /// Several targets of a port of synapses may lead to the same synapses.
  private List<Stmt> walked(
      Expr source, Optional<Expr> delayClass, BiFunction<Expr, Expr, List<Stmt>> body) {
    List<Stmt> row = links.row(source, delayClass, body);
    boolean ofSynapses = plasticity.projection.target() instanceof Endpoint.SynapsePort;
    return ofSynapses ? Emit.inOrder(row) : row;
  }
}
