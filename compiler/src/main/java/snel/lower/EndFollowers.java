package snel.lower;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.math.Expr;
import snel.math.Known;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.SynapseText;
import snel.model.Trace;

/// What follows the events of the two ends of a projection: the traces of its synapses, and the
/// last arrivals that `since(…)` and `spiked` ask for.
final class EndFollowers {
  private final World world;
  private final Plasticity plasticity;
  private final Delays delays;
  private final Map<String, TraceStore> traces = new LinkedHashMap<>();
  private final Map<String, LastArrival> lastOfPre = new LinkedHashMap<>();
  private final Map<String, LastArrival> lastOfPost = new LinkedHashMap<>();

  EndFollowers(World world, Plasticity plasticity, Delays delays) {
    this.world = world;
    this.plasticity = plasticity;
    this.delays = delays;
  }

  /// Declares them all, once the variables of the synapses are there: how many values a trace has
  /// depends on what it reads.
  void declare() {
    for (Trace trace : plasticity.synapse.traces()) {
      traces.put(trace.name(), new TraceStore(world, plasticity, delays, trace));
    }
    SynapseText.of(plasticity.projection).forEach(text -> Walk.each(text, this::follow));
  }

  private void follow(Expr expression) {
    if (expression instanceof Expr.Since since) {
      follow(since.owner(), EndEvents.of(since, plasticity.projection));
    } else if (expression instanceof Expr.Ref(var owner, var name, _) && name.equals("spiked")) {
      follow(owner, "");
    }
  }

  private void follow(Owner owner, String event) {
    if (owner == Owner.PRE) {
      lastOfPre.computeIfAbsent(event, e -> last(EndValues.Side.PRE, e));
    } else if (owner == Owner.POST) {
      lastOfPost.computeIfAbsent(event, e -> last(EndValues.Side.POST, e));
    }
  }

  private LastArrival last(EndValues.Side side, String event) {
    return new LastArrival(world, plasticity.links, delays, side, event);
  }

  Optional<TraceStore> trace(String name) {
    return Optional.ofNullable(traces.get(name));
  }

  Collection<TraceStore> traces() {
    return traces.values();
  }

  LastArrival lastArrival(EndValues.Side side, String event) {
    return Known.in(side == EndValues.Side.PRE ? lastOfPre : lastOfPost, event);
  }

  List<LastArrival> lastArrivals() {
    List<LastArrival> all = new ArrayList<>(lastOfPre.values());
    all.addAll(lastOfPost.values());
    return all;
  }

  List<EndValues> all() {
    List<EndValues> all = new ArrayList<>(traces.values());
    all.addAll(lastArrivals());
    return all;
  }
}
