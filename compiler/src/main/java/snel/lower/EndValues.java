package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;
import static snel.lower.Emit.store;

import java.util.List;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Values that follow the events of one end of a projection: one for each source or target neuron.
/// Where the delay from that neuron differs between synapses, a ring of past values serves all
/// delays (semantics.md §5); where it changes, or a `reset` clears the values and not what is on
/// its way, each synapse has a value of its own.
abstract class EndValues {
  enum Side {
    PRE,
    POST,
    /// A `receive … of post` port of the synapse.
    PORT,
    /// A port that reaches all synapses: one value for all.
    BROADCAST
  }

  final Side side;
  final Buffer values;
  final World world;
  final Links links;
  private final Delays delays;
  private final String name;
  private final boolean isOfSynapses;

  /// @param differs whether it differs between the synapses of one neuron
  EndValues(
      World world, Links links, Delays delays, Side side, String name, Cell cell, boolean differs) {
    this.world = world;
    this.links = links;
    this.delays = delays;
    this.side = side;
    this.name = links.path + "." + name;
    this.isOfSynapses =
        differs
            || side == Side.PRE && delays.isLearned()
            || isResetApart() && delay(side, delays).isStored();
    this.values = world.buffers.declare(this.name, cell, length(1), Role.STATE);
  }

  /// Whether a `reset` clears the values though events that set out before arrive later.
  final boolean isResetApart() {
    return world.needs().resetApart().contains(links.path);
  }

  /// Whether each synapse has a value.
  final boolean isOfSynapses() {
    return isOfSynapses;
  }

  /// The length of an array with `each` for every value.
  private Length length(int each) {
    return isOfSynapses()
        ? Delays.times(links.perSynapse(), each)
        : Length.of((long) each * Math.max(1, size()));
  }

  /// How many values there are.
  final Expr count() {
    return isOfSynapses() ? links.synapseCount() : i(size());
  }

  private int size() {
    return switch (side) {
      case PRE -> links.sources;
      case POST, PORT -> links.targets;
      case BROADCAST -> 1;
    };
  }

  /// Event that it follows: empty for spikes, the name of a port.
  abstract String event();

  /// Slots of the ring of past values; empty when one delay serves all.
  final Optional<Integer> slots() {
    return delay().isStored() && !isOfSynapses
        ? Optional.of(Inbox.slots(delay().classes()))
        : Optional.empty();
  }

  /// From the event to the synapse.
  final Delays.Delay delay() {
    return delay(side, delays);
  }

  static Delays.Delay delay(Side side, Delays delays) {
    return switch (side) {
      case PRE -> delays.axonal();
      case POST -> delays.backprop();
      case PORT, BROADCAST -> Delays.Delay.NONE;
    };
  }

  /// The delay (`I32`) of one synapse, where it differs.
  final Expr steps(SynapseScope.At at) {
    return side == Side.PRE && at.delay().isPresent() ? at.delay().get() : delay().of(at.synapse());
  }

  /// Past values, each as it was just before the events of its instant, or when they had landed.
  private Buffer ring(boolean landed) {
    return world.buffers.declare(
        name + (landed ? ".landed" : ".past"),
        values.cell(),
        length(slots().orElseThrow()),
        Role.STATE);
  }

  final Expr isPending(SynapseScope.At at) {
    return compare(CompareOp.NE, pending(at), i(0));
  }

  /// How many events reach the synapse at the present instant: they are still to count.
  final Expr pending(SynapseScope.At at) {
    Expr place = who(at);
    if (slots().isPresent()) {
      place = add(mul(steps(at), i(size())), place);
    }
    return load(pending(), place);
  }

  private int classes() {
    return slots().isPresent() ? delay().classes() : 1;
  }

  private Buffer pending() {
    return world.buffers.declare(name + ".pending", Cell.I32, length(classes()), Role.SCRATCH);
  }

  final Stmt noPending() {
    Expr length = classes() == 1 ? count() : i(classes() * size());
    return Emit.loop("k", length, List.of(store(pending(), index("k"), i(0))));
  }

  /// Notes an event of neuron `who` as pending for synapses with this delay.
  final Stmt pend(Expr who, int delay) {
    Expr place = slots().isPresent() ? add(i(delay * size()), who) : who;
    return Emit.increment(pending(), place, i(1));
  }

  final Expr who(SynapseScope.At at) {
    if (isOfSynapses) {
      return at.synapse();
    }
    return switch (side) {
      case PRE -> at.source();
      case POST, PORT -> at.target();
      case BROADCAST -> i(0);
    };
  }

  /// What an expression at the value `k` sees, where one stands for all synapses of a neuron.
  final SynapseScope.At at(Expr k) {
    return switch (side) {
      case PRE -> SynapseScope.At.of(i(0), k, i(0));
      case POST, PORT -> SynapseScope.At.of(i(0), i(0), k);
      case BROADCAST -> SynapseScope.At.of(i(0), i(0), i(0));
    };
  }

  /// Value at a synapse; what is pending does not count.
  final Expr value(SynapseScope.At at, Moment moment) {
    if (slots().isPresent()) {
      Expr now = convert(Scalar.I32, moment.now());
      Expr slot = Inbox.slot(slots().get(), Emit.sub(now, steps(at)));
      return load(ring(moment.landed()), add(mul(slot, i(size())), who(at)));
    }
    return load(values, who(at));
  }

  /// Keeps `value`, that of neuron `k` at the end of the step, for synapses with longer delays.
  final Stmt kept(Expr k, Expr value) {
    return kept(false, Emit.nextStep32(), k, value);
  }

  private Stmt kept(boolean landed, Expr instant, Expr k, Expr value) {
    Expr slot = Inbox.slot(slots().orElseThrow(), instant);
    return store(ring(landed), add(mul(slot, i(size())), k), value);
  }

  /// Keeps the values of all neurons.
  final Stmt kept() {
    Expr k = index("k");
    return Emit.loop("k", count(), List.of(kept(k, load(values, k))));
  }

  /// Keeps the values of all neurons when the events of the present instant have landed.
  final Stmt keptLanded() {
    Expr k = index("k");
    return Emit.loop("k", count(), List.of(kept(true, Emit.step32(), k, load(values, k))));
  }

  /// Whether an expression asks for it.
  abstract boolean isReadIn(snel.math.Expr expression);
}
