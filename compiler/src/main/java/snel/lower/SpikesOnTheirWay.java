package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;
import static snel.lower.Emit.store;
import static snel.lower.Emit.sub;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.model.Trace;

/// Events of sources on their way to synapses that change their axonal delays: each keeps the delay
/// of its emission. A list for every instant holds what will reach its synapse then, older events
/// first, then sources rising, then synapses in the order of the row.
///
/// A neuron emits at most one event a step, so `synapse * slots + (stamp & (slots - 1))` names an
/// event on its way to a synapse; lists hold these numbers plus 1.
final class SpikesOnTheirWay {
  private final World world;
  private final Plasticity plasticity;
  private final Links links;
  private final String event;
  private final String name;

  /// @param event empty for spikes
  SpikesOnTheirWay(World world, Plasticity plasticity, String event) {
    this.world = world;
    this.plasticity = plasticity;
    this.links = plasticity.links;
    this.event = event;
    this.name = links.path + ".synapses.on_the_way" + (event.isEmpty() ? "" : "." + event);
  }

  /// Those of every event that something waits for; none where delays do not change.
  static List<SpikesOnTheirWay> of(World world, Plasticity plasticity) {
    if (!plasticity.delays().isLearned()) {
      return List.of();
    }
    Set<String> events = new LinkedHashSet<>();
    events.add(plasticity.projection.sourceEvent());
    EndEvents.handlersOfSource(plasticity.projection)
        .forEach(h -> events.add(EndEvents.ofSource(h.event(), plasticity.projection)));
    for (EndValues follower : plasticity.followers.all()) {
      if (follower.side == EndValues.Side.PRE) {
        events.add(follower.event());
      }
    }
    return events.stream().map(e -> new SpikesOnTheirWay(world, plasticity, e)).toList();
  }

  /// For how many instants a list is needed after its own.
  private int kept() {
    int longest = plasticity.effect.isLookedUp() ? plasticity.delays().arrival().longest() : 0;
    for (TraceStore trace : plasticity.followers.traces()) {
      if (trace.trace instanceof Trace.Window(_, _, snel.math.Expr.Num(var ms), _)) {
        longest = Math.max(longest, (int) Math.round(ms.toDouble() / world.step()));
      }
    }
    return longest;
  }

  private int slots() {
    return Inbox.slots(plasticity.delays().axonal().longest() + kept() + 1);
  }

  private Buffer next() {
    var length = Delays.times(links.perSynapse(), slots());
    return world.buffers.declare(name + ".next", Cell.I32, length, Role.QUEUE);
  }

  private Buffer first() {
    return world.buffers.declare(name + ".first", Cell.I32, slots(), Role.QUEUE);
  }

  private Buffer last() {
    return world.buffers.declare(name + ".last", Cell.I32, slots(), Role.QUEUE);
  }

  // Emission

  /// Puts the events stamped with the end of the step on their way, before any handler of the
  /// instant changes a delay. Those of sources outside, stamped with the start of the step, are not
  /// known earlier: handlers of the instant in phase 5 of the step before have changed the delay.
  Kernel emission() {
    boolean outside = plasticity.sourceCells().isOutside();
    Expr stamp = outside ? Emit.step32() : Emit.nextStep32();
    List<Stmt> all =
        plasticity
            .sources()
            .events(
                event,
                0,
                stamp,
                source -> {
                  List<Stmt> spike = new ArrayList<>();
                  if (event.equals(plasticity.projection.sourceEvent())) {
                    Expr reached = convert(Scalar.I64, links.fanOut(source));
                    spike.add(Emit.increment(links.delivered(), i(0), reached));
                  }
                  spike.addAll(
                      Emit.inOrder(
                          links.row(
                              source, Optional.empty(), (synapse, _) -> sent(synapse, stamp))));
                  return spike;
                });
    Phase phase = outside ? Phase.DELIVER : Phase.RESET_SPIKED;
    return new Kernel(name.replace(".synapses.", ":"), phase, all);
  }

  private List<Stmt> sent(Expr synapse, Expr stamp) {
    Buffer delay = plasticity.variable(plasticity.synapse.delay().orElseThrow().name());
    Expr steps = convert(Scalar.I32, Emit.nearestStep(load(delay, synapse), world.step()));
    List<Stmt> all = new ArrayList<>();
    all.add(new Stmt.Let("number", add(mul(synapse, i(slots())), Inbox.slot(slots(), stamp))));
    all.add(new Stmt.Let("due", Inbox.slot(slots(), add(stamp, steps))));
    Expr before = load(last(), index("due"));
    Expr entry = add(index("number"), i(1));
    all.add(store(next(), index("number"), i(0)));
    all.add(
        new Stmt.If(
            compare(CompareOp.EQ, before, i(0)),
            List.of(store(first(), index("due"), entry)),
            List.of(store(next(), sub(before, i(1)), entry))));
    all.add(store(last(), index("due"), entry));
    return all;
  }

  // Arrival

  /// Runs `body` for what reaches its synapse at `instant`.
  List<Stmt> reaching(PreSpikes.Instant instant, List<Stmt> atSpike, PreSpikes.Body body) {
    LocalNames names = world.names();
    Expr slot = Inbox.slot(slots(), instant.step());
    Expr entry = names.index("entry");
    Expr number = names.index("number");
    Expr synapse = names.index("synapse");
    Expr source = names.index("source");
    Expr target = names.index("target");
    Expr late = names.index("late");
    List<Stmt> one = new ArrayList<>();
    one.add(Emit.let(number, sub(entry, i(1))));
    one.add(Emit.let(synapse, new Expr.Binary(BinaryOp.DIV, number, i(slots()))));
    one.add(Emit.let(source, sourceOf(synapse)));
    one.add(Emit.let(target, targetOf(synapse)));
    one.add(Emit.let(late, Inbox.slot(slots(), sub(instant.step(), number))));
    one.addAll(body.at(synapse, source, target, late));
    one.add(Emit.assign(entry, load(next(), number)));
    List<Stmt> all = new ArrayList<>();
    all.add(Emit.variable(entry, load(first(), slot)));
    Expr any = compare(CompareOp.NE, entry, i(0));
    if (!atSpike.isEmpty()) {
      all.add(when(any, atSpike));
    }
    all.add(new Stmt.While(any, one));
    return all;
  }

  private Expr sourceOf(Expr synapse) {
    return switch (links.layout) {
      case ONE_TO_ONE -> synapse;
      case DENSE -> new Expr.Binary(BinaryOp.DIV, synapse, i(links.targets));
      case SPARSE -> convert(Scalar.I32, load(sources(), synapse));
      case BITS, PROCEDURAL -> throw new snel.diagnostics.CompilerBug("synapses are not stored");
    };
  }

  private Expr targetOf(Expr synapse) {
    return switch (links.layout) {
      case ONE_TO_ONE -> synapse;
      case DENSE -> new Expr.Binary(BinaryOp.REM, synapse, i(links.targets));
      case SPARSE -> convert(Scalar.I32, load(links.wiring().orElseThrow().target(), synapse));
      case BITS, PROCEDURAL -> throw new snel.diagnostics.CompilerBug("synapses are not stored");
    };
  }

  /// The source of each synapse of compressed rows.
  private Buffer sources() {
    String full = links.path + ".synapses.source";
    boolean known = world.buffers.isTaken(full);
    Cell cell = links.sources <= 65_536 ? Cell.U16 : Cell.I32;
    Buffer buffer = world.buffers.declare(full, cell, links.perSynapse(), Role.WIRING);
    if (!known) {
      List<Stmt> body = links.all((synapse, source, _) -> List.of(store(buffer, synapse, source)));
      world.build.add(new Build.Run(new Kernel(links.path + ":source", Phase.BUILD, body)));
    }
    return buffer;
  }

  /// Empties the list that nobody needs any more.
  Kernel forgotten() {
    Expr slot = Inbox.slot(slots(), sub(Emit.step32(), i(kept())));
    return new Kernel(
        name.replace(".synapses.", ":") + ".forgotten",
        Phase.DELIVER,
        List.of(store(first(), slot, i(0)), store(last(), slot, i(0))));
  }
}
