package snel.lower;

import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.math.Known;

/// Phase 2 of populations that located spikes reach within the step: one kernel for each, where all
/// that arrives was sent in earlier steps; one for all those between which a spike may act at once.
final class PreciseKernels {
  private final World world;
  private final Inboxes inboxes;
  private final Map<String, SynapseKernels> synapses;

  PreciseKernels(World world, Inboxes inboxes, Map<String, SynapseKernels> synapses) {
    this.world = world;
    this.inboxes = inboxes;
    this.synapses = synapses;
  }

  List<Kernel> of(List<Cells> populations) {
    List<Kernel> kernels = new ArrayList<>();
    List<Cells> inOrder = populations.stream().filter(world::isInOrder).toList();
    for (Cells cells : populations) {
      if (world.splitsSteps(cells) && !inOrder.contains(cells)) {
        kernels.add(apart(cells));
      }
    }
    if (!inOrder.isEmpty()) {
      kernels.add(together(inOrder));
    }
    return kernels;
  }

  private Kernel apart(Cells cells) {
    var arrivals = new PreciseArrivals(world, List.of(cells), 0, inboxes, synapses);
    var split = new SplitSteps(world, cells);
    Expr next = world.names().index("next");
    Expr time = Emit.local(world.names().fresh("time"), Scalar.F64);
    List<Stmt> instant = new ArrayList<>();
    instant.add(Emit.let(time, arrivals.list.time(next)));
    instant.addAll(arrivals.arriving(time, next, (_, neuron) -> split.reached(neuron)));
    instant.addAll(split.at(time, neuron -> arrivals.received(cells, neuron)));
    List<Stmt> all = new ArrayList<>(arrivals.list.begin());
    all.addAll(arrivals.listed());
    all.add(arrivals.list.closed());
    all.addAll(split.begin());
    all.add(Emit.variable(next, i(ArrivalList.FIRST)));
    all.add(new Stmt.While(compare(CompareOp.LE, next, arrivals.list.count()), instant));
    all.addAll(split.end());
    return new Kernel(cells.population.path() + ":arrive", Phase.INTEGRATE, all);
  }

  private Kernel together(List<Cells> populations) {
    int endings =
        populations.stream()
            .filter(c -> new Refractoriness(world, c).endsWithin())
            .mapToInt(c -> c.size)
            .sum();
    var arrivals = new PreciseArrivals(world, populations, endings, inboxes, synapses);
    ArrivalList list = arrivals.list;
    Expr next = world.names().index("next");
    Expr spike = Emit.local(world.names().fresh("spike"), Scalar.F64);
    Map<String, TimedSteps> steps = new LinkedHashMap<>();
    for (Cells cells : populations) {
      TimedSteps.Sending sending = (neuron, at) -> arrivals.sent(cells, neuron, at, next);
      steps.put(cells.population.path(), new TimedSteps(world, cells, sending));
    }
    List<Stmt> all = new ArrayList<>(list.begin());
    // kinds of populations whose refractory times end: below those of sources
    int kind = -1;
    Map<TimedSteps, Integer> kinds = new LinkedHashMap<>();
    for (TimedSteps each : steps.values()) {
      if (each.hasEndings()) {
        int own = kind--;
        kinds.put(each, own);
        all.addAll(
            each.endings(
                (neuron, time) -> list.inserted(time, neuron, i(-1), own, i(ArrivalList.FIRST))));
      }
    }
    all.addAll(arrivals.listed());
    all.add(list.closed());
    steps.values().forEach(each -> all.addAll(each.begin()));
    all.add(Emit.variable(next, i(ArrivalList.FIRST)));
    all.add(Emit.variable(spike, ArrivalList.NEVER));
    List<Stmt> look = new ArrayList<>();
    look.add(Emit.assign(spike, ArrivalList.NEVER));
    steps.values().forEach(each -> look.addAll(each.earliest(spike)));
    all.addAll(look);
    List<Stmt> spiking = new ArrayList<>();
    steps.values().forEach(each -> spiking.addAll(each.spiking(spike)));
    List<Stmt> arriving = arriving(arrivals, next, populations, steps, kinds);
    Expr isSpike =
        Emit.and(
            compare(CompareOp.LT, spike, ArrivalList.NEVER),
            compare(CompareOp.LE, spike, list.time(next)));
    List<Stmt> turn = new ArrayList<>();
    turn.add(new Stmt.If(isSpike, spiking, arriving));
    turn.addAll(look);
    Expr isLeft =
        Emit.or(
            compare(CompareOp.LT, spike, ArrivalList.NEVER),
            compare(CompareOp.LE, next, list.count()));
    all.add(new Stmt.While(isLeft, turn));
    steps.values().forEach(each -> all.addAll(each.end()));
    return new Kernel("network:arrive", Phase.INTEGRATE, all);
  }

  private List<Stmt> arriving(
      PreciseArrivals arrivals,
      Expr next,
      List<Cells> populations,
      Map<String, TimedSteps> steps,
      Map<TimedSteps, Integer> kinds) {
    Expr time = Emit.local(world.names().fresh("time"), Scalar.F64);
    List<Stmt> all = new ArrayList<>();
    all.add(Emit.let(time, arrivals.list.time(next)));
    all.addAll(
        arrivals.arriving(
            time,
            next,
            (population, neuron) -> Known.in(steps, population).reached(neuron),
            (from, to) -> {
              List<Stmt> released = new ArrayList<>();
              kinds.forEach((each, kind) -> released.add(released(arrivals, from, to, each, kind)));
              return released;
            }));
    for (Cells cells : populations) {
      all.addAll(
          Known.in(steps, cells.population.path())
              .at(time, neuron -> arrivals.received(cells, neuron)));
    }
    return all;
  }

  private Stmt released(PreciseArrivals arrivals, Expr from, Expr to, TimedSteps steps, int kind) {
    Expr e = world.names().index("e");
    Expr neuron = world.names().index("who");
    List<Stmt> body = new ArrayList<>();
    body.add(Emit.let(neuron, arrivals.list.neuron(e)));
    body.addAll(steps.released(neuron));
    Expr isOfThem = compare(CompareOp.EQ, arrivals.list.kind(e), i(kind));
    return Emit.serial(e, from, to, List.of(when(isOfThem, body)));
  }
}
