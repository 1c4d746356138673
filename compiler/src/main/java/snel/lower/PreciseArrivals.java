package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;
import static snel.lower.Emit.sub;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.math.Known;
import snel.model.Port;

/// What arrives within a step at some populations (semantics.md §7, `spike times precise`): spikes
/// are looked up among the past ones of their sources and put in order of time. All that arrives at
/// a neuron at one time is added up by the classes of §3, and taken by it when it has been moved
/// there.
final class PreciseArrivals {
  private final World world;
  private final Inboxes inboxes;
  private final List<PreciseRows> rows = new ArrayList<>();
  private final Map<String, Integer> sources = new LinkedHashMap<>();
  final ArrivalList list;

  /// @param targets the populations
  /// @param others entries that others may put into the list in a step
  PreciseArrivals(
      World world,
      List<Cells> targets,
      int others,
      Inboxes inboxes,
      Map<String, SynapseKernels> synapses) {
    this.world = world;
    this.inboxes = inboxes;
    List<String> paths = targets.stream().map(c -> c.population.path()).toList();
    for (var projection : world.network.projections()) {
      boolean leadsHere =
          projection.target().neurons().filter(s -> paths.contains(s.population())).isPresent();
      if (leadsHere && world.carriesPrecise(projection)) {
        rows.add(Known.in(synapses, projection.path()).precise());
        sources.putIfAbsent(projection.source().population(), sources.size());
      }
    }
    int entries = others;
    for (String source : sources.keySet()) {
      // of one delay may come spikes within the steps that it takes, and at their ends
      var stamps = new TreeSet<Integer>(delays(source));
      delays(source).forEach(d -> stamps.add(d - 1));
      entries += world.cells(source).size * stamps.size();
    }
    this.list = new ArrivalList(world, paths.getFirst(), entries);
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  private List<PreciseRows> of(String source) {
    return rows.stream().filter(r -> r.projection().source().population().equals(source)).toList();
  }

  /// The delays in steps that a spike of a source population may have.
  private TreeSet<Integer> delays(String source) {
    var all = new TreeSet<Integer>();
    for (PreciseRows row : of(source)) {
      int longest = row.delay().longest();
      int least = row.isAtOnce() ? 0 : 1;
      for (int d = row.delay().differs() ? least : longest; d <= longest; d++) {
        all.add(d);
      }
    }
    return all;
  }

  // Listing

  /// Lists what arrives in this step of spikes of earlier ones: earlier times first, then older
  /// stamps, then sources as they are declared and rising.
  List<Stmt> listed() {
    int longest = sources.keySet().stream().mapToInt(s -> delays(s).last()).max().orElseThrow();
    Expr since = world.names().index("since");
    Expr lag = world.names().index("lag");
    List<Stmt> stamped = new ArrayList<>();
    stamped.add(Emit.let(lag, sub(i(longest), since)));
    sources.keySet().forEach(source -> stamped.add(stamped(source, lag)));
    return List.of(Emit.serial(since, i(0), i(longest + 1), stamped));
  }

  /// Lists the spikes of `source` stamped `lag` ago. A spike comes `early` before its stamp; one at
  /// its stamp arrives at the start of a step, another in the step before.
  private Stmt stamped(String source, Expr lag) {
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
    Expr time = new Expr.Choose(isEarly, sub(Expr.f64(1), early), Expr.f64(0));
    int least = of(source).stream().anyMatch(PreciseRows::isAtOnce) ? 0 : 1;
    Expr isLater = compare(CompareOp.GE, due, i(least));
    Expr isDue = of(source).stream().map(r -> r.isDue(due)).reduce(Emit::or).orElseThrow();
    List<Stmt> spike = new ArrayList<>();
    spike.add(Emit.let(place, add(mul(slot, i(from.size)), e)));
    spike.add(Emit.let(early, load(earlies, place)));
    spike.add(Emit.let(due, add(lag, convert(Scalar.I32, isEarly))));
    spike.add(
        when(
            Emit.and(isDue, isLater),
            list.inserted(
                time,
                load(history.lists(), place),
                due,
                Known.in(sources, source),
                i(ArrivalList.FIRST))));
    Stmt walk = Emit.serial(e, i(0), load(history.counts(), slot), spike);
    return when(compare(CompareOp.LE, lag, i(longest)), List.of(walk));
  }

  /// Lists a spike of this step for the targets that it reaches at once; one at the very end of the
  /// step will be looked up in the next.
  ///
  /// @param next the first place whose entry has not had its turn
  List<Stmt> sent(Cells source, Expr neuron, Expr time, Expr next) {
    String path = source.population.path();
    if (of(path).stream().noneMatch(PreciseRows::isAtOnce)) {
      return List.of();
    }
    List<Stmt> all =
        new ArrayList<>(list.inserted(time, neuron, i(0), Known.in(sources, path), next));
    all.add(list.closed());
    return List.of(when(compare(CompareOp.LT, time, Expr.f64(1)), all));
  }

  // Arriving

  /// Goes through the entries for the time of entry `next`, which goes on to the one after: puts
  /// what the spikes deliver into the accumulators of their targets.
  ///
  /// @param reached what is done for each neuron of a population that is reached
  List<Stmt> arriving(Expr time, Expr next, BiFunction<String, Expr, List<Stmt>> reached) {
    return arriving(time, next, reached, (_, _) -> List.of());
  }

  /// @param others what is done for the entries between two places, besides
  List<Stmt> arriving(
      Expr time,
      Expr next,
      BiFunction<String, Expr, List<Stmt>> reached,
      BiFunction<Expr, Expr, List<Stmt>> others) {
    Expr due = world.names().index("due");
    Expr end = world.names().index("end");
    List<Stmt> stamped = new ArrayList<>();
    stamped.add(Emit.let(due, list.delay(next)));
    stamped.add(Emit.variable(end, add(next, i(1))));
    Expr isNow = compare(CompareOp.EQ, list.time(end), time);
    Expr isSame = Emit.and(isNow, compare(CompareOp.EQ, list.delay(end), due));
    stamped.add(new Stmt.While(isSame, List.of(Emit.assign(end, add(end, i(1))))));
    rows.forEach(row -> stamped.add(delivered(row, next, end, due, reached)));
    stamped.addAll(others.apply(next, end));
    stamped.add(Emit.assign(next, end));
    return List.of(new Stmt.While(compare(CompareOp.EQ, list.time(next), time), stamped));
  }

  private Stmt delivered(
      PreciseRows row, Expr from, Expr to, Expr due, BiFunction<String, Expr, List<Stmt>> reached) {
    String target = row.projection().target().neurons().orElseThrow().population();
    int source = Known.in(sources, row.projection().source().population());
    Expr e = world.names().index("e");
    Expr neuron = world.names().index("who");
    List<Stmt> spike = new ArrayList<>();
    spike.add(Emit.let(neuron, list.neuron(e)));
    spike.addAll(row.arriving(neuron, due, neuronThere -> reached.apply(target, neuronThere)));
    Expr isFromThere = compare(CompareOp.EQ, list.kind(e), i(source));
    Stmt walk = Emit.serial(e, from, to, List.of(when(isFromThere, spike)));
    return when(row.isDue(due), List.of(walk));
  }

  /// Runs the bodies of the ports for `neuron` with what arrived.
  List<Stmt> received(Cells cells, Expr neuron) {
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
