package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;
import static snel.lower.Emit.store;
import static snel.lower.Emit.sub;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.math.Known;
import snel.model.Port;

/// Phase 2 of a population that spikes reach within the step (semantics.md §7, `spike times
/// precise`): they are looked up among the past spikes of their sources and put in order of time;
/// at each time all that arrives at a neuron is added up by the classes of §3, the neuron is moved
/// on to that time and takes the sums. Delays are whole steps, at least one, so that nothing that
/// happens in the step can arrive in it.
final class PreciseArrivals {
  private final World world;
  private final Cells cells;
  private final Inboxes inboxes;
  private final List<PreciseRows> rows = new ArrayList<>();
  private final Map<String, Integer> sources = new LinkedHashMap<>();

  PreciseArrivals(World world, Cells cells, Inboxes inboxes, Map<String, SynapseKernels> synapses) {
    this.world = world;
    this.cells = cells;
    this.inboxes = inboxes;
    for (var projection : world.network.projections()) {
      boolean leadsHere =
          projection
              .target()
              .neurons()
              .filter(slice -> slice.population().equals(cells.population.path()))
              .isPresent();
      if (leadsHere && world.carriesPrecise(projection)) {
        rows.add(Known.in(synapses, projection.path()).precise());
        sources.putIfAbsent(projection.source().population(), sources.size());
      }
    }
  }

  Optional<Kernel> kernel() {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<Stmt> all = new ArrayList<>(listed());
    var split = new SplitSteps(world, cells);
    all.addAll(split.begin());
    Expr next = world.names().index("next");
    all.add(Emit.variable(next, i(FIRST)));
    all.add(
        new Stmt.While(
            compare(CompareOp.LE, next, Emit.one(count())), arrivingAtOnce(next, split)));
    all.addAll(split.end());
    return Optional.of(new Kernel(cells.population.path() + ":arrive", Phase.INTEGRATE, all));
  }

  // The list: from place FIRST on, with a time before all others in front of it and one after all
  // others behind it

  private static final int FIRST = 1;

  private Buffer list(String what, Cell cell) {
    int capacity = 2;
    for (String source : sources.keySet()) {
      capacity += world.cells(source).size * delays(source).size();
    }
    String name = cells.population.path() + ".arrivals." + what;
    return world.buffers.declare(name, cell, capacity, Role.SCRATCH);
  }

  private Buffer times() {
    return list("time", Cell.F64);
  }

  private Buffer neurons() {
    return list("neuron", Cell.I32);
  }

  private Buffer delays() {
    return list("delay", Cell.I32);
  }

  private Buffer populations() {
    return list("population", Cell.I32);
  }

  private Buffer count() {
    return world.buffers.declare(
        cells.population.path() + ".arrivals.count", Cell.I32, 1, Role.SCRATCH);
  }

  /// The delays in steps that a spike of a source population may have.
  private TreeSet<Integer> delays(String source) {
    var all = new TreeSet<Integer>();
    for (PreciseRows row : of(source)) {
      for (int d = row.delay().differs() ? 1 : row.delay().longest();
          d <= row.delay().longest();
          d++) {
        all.add(d);
      }
    }
    return all;
  }

  private List<PreciseRows> of(String source) {
    return rows.stream().filter(r -> r.projection().source().population().equals(source)).toList();
  }

  /// Lists what arrives in this step: earlier times first, then older stamps, then sources as they
  /// are declared and rising.
  private List<Stmt> listed() {
    int longest = rows.stream().mapToInt(r -> r.delay().longest()).max().orElseThrow();
    List<Stmt> all = new ArrayList<>();
    all.add(store(count(), i(0), i(0)));
    all.add(store(times(), i(0), Expr.f64(-1)));
    Expr since = world.names().index("since");
    Expr lag = world.names().index("lag");
    List<Stmt> stamped = new ArrayList<>();
    stamped.add(Emit.let(lag, sub(i(longest), since)));
    sources.keySet().forEach(source -> stamped.addAll(stamped(source, lag)));
    all.add(Emit.serial(since, i(0), i(longest + 1), stamped));
    all.add(store(times(), add(Emit.one(count()), i(FIRST)), Expr.f64(2)));
    return all;
  }

  /// Lists the spikes of `source` stamped `lag` ago. A spike comes `early` before its stamp; one at
  /// its stamp arrives at the start of a step, another in the step before.
  private List<Stmt> stamped(String source, Expr lag) {
    Cells from = world.cells(source);
    int longest = delays(source).last();
    Cells.History history = from.history("", longest);
    Buffer earlies = from.earlyOf(history).orElseThrow();
    Expr slot = Inbox.slot(history.slots(), sub(Emit.step32(), lag));
    Expr e = world.names().index("e");
    Expr place = world.names().index("place");
    Expr due = world.names().index("due");
    Expr early = Emit.local(world.names().fresh("early"), Scalar.F64);
    Expr isEarly = compare(CompareOp.GT, early, Expr.f64(0));
    List<Stmt> spike = new ArrayList<>();
    spike.add(Emit.let(place, add(mul(slot, i(from.size)), e)));
    spike.add(Emit.let(early, load(earlies, place)));
    spike.add(Emit.let(due, add(lag, convert(Scalar.I32, isEarly))));
    Expr isDue = of(source).stream().map(r -> r.isDue(due)).reduce(Emit::or).orElseThrow();
    Expr time = new Expr.Choose(isEarly, sub(Expr.f64(1), early), Expr.f64(0));
    Expr isLater = compare(CompareOp.GE, due, i(FIRST));
    spike.add(
        when(
            Emit.and(isDue, isLater),
            inserted(time, load(history.lists(), place), due, Known.in(sources, source))));
    Stmt walk = Emit.serial(e, i(0), load(history.counts(), slot), spike);
    return List.of(when(compare(CompareOp.LE, lag, i(longest)), List.of(walk)));
  }

  private List<Stmt> inserted(Expr time, Expr neuron, Expr due, int source) {
    Expr at = world.names().index("at");
    Expr when = Emit.local(world.names().fresh("time"), Scalar.F64);
    Expr before = sub(at, i(1));
    List<Stmt> all = new ArrayList<>();
    all.add(Emit.let(when, time));
    all.add(Emit.variable(at, add(Emit.one(count()), i(FIRST))));
    all.add(
        new Stmt.While(
            compare(CompareOp.GT, load(times(), before), when),
            List.of(
                store(times(), at, load(times(), before)),
                store(neurons(), at, load(neurons(), before)),
                store(delays(), at, load(delays(), before)),
                store(populations(), at, load(populations(), before)),
                Emit.assign(at, before))));
    all.add(store(times(), at, when));
    all.add(store(neurons(), at, neuron));
    all.add(store(delays(), at, due));
    all.add(store(populations(), at, i(source)));
    all.add(Emit.increment(count(), i(0), i(1)));
    return all;
  }

  /// All that arrives at the time of entry `next`, which goes on to the one after.
  private List<Stmt> arrivingAtOnce(Expr next, SplitSteps split) {
    Expr time = Emit.local(world.names().fresh("time"), Scalar.F64);
    Expr due = world.names().index("due");
    Expr end = world.names().index("end");
    List<Stmt> stamped = new ArrayList<>();
    stamped.add(Emit.let(due, load(delays(), next)));
    stamped.add(Emit.variable(end, add(next, i(1))));
    Expr isNow = compare(CompareOp.EQ, load(times(), end), time);
    Expr isSame = Emit.and(isNow, compare(CompareOp.EQ, load(delays(), end), due));
    stamped.add(new Stmt.While(isSame, List.of(Emit.assign(end, add(end, i(1))))));
    rows.forEach(row -> stamped.add(delivered(row, next, end, due, split)));
    stamped.add(Emit.assign(next, end));
    List<Stmt> all = new ArrayList<>();
    all.add(Emit.let(time, load(times(), next)));
    all.add(new Stmt.While(compare(CompareOp.EQ, load(times(), next), time), stamped));
    all.addAll(split.at(time, this::received));
    return all;
  }

  private Stmt delivered(PreciseRows row, Expr from, Expr to, Expr due, SplitSteps split) {
    Expr e = world.names().index("e");
    Expr neuron = world.names().index("who");
    List<Stmt> spike = new ArrayList<>();
    spike.add(Emit.let(neuron, load(neurons(), e)));
    spike.addAll(row.arriving(neuron, due, split::reached));
    String source = row.projection().source().population();
    Expr isHere = compare(CompareOp.EQ, load(populations(), e), i(Known.in(sources, source)));
    List<Stmt> body = sources.size() == 1 ? spike : List.of(when(isHere, spike));
    return when(row.isDue(due), List.of(Emit.serial(e, from, to, body)));
  }

  private List<Stmt> received(Expr neuron) {
    var delivery = new Delivery(world, world.bodies());
    List<Stmt> all = new ArrayList<>();
    for (Port port : cells.population.ports()) {
      inboxes
          .find(cells.population.path(), port.name(), Inbox.Timing.PRECISE)
          .ifPresent(inbox -> all.addAll(delivery.precise(inbox, neuron)));
    }
    return all;
  }
}
