package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.sub;

import snel.ir.Cell;
import snel.ir.Clock;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.math.Owner;
import snel.math.Walk;

/// When an event of one of its neurons last reached a synapse, for `since` and `spiked`: both
/// follow the clock of the synapse (semantics.md §2). 1 + the instant is stored, 0 before the
/// first.
final class LastArrival extends EndValues {
  private final String event;

  LastArrival(World world, Links links, Delays delays, Side side, String event) {
    super(world, links, delays, side, name(side, event), Cell.I64, false);
    this.event = event;
  }

  private static String name(Side side, String event) {
    String end = side == Side.PRE ? "pre" : "post";
    return "synapses.last_" + (event.isEmpty() ? end : end + "_" + event);
  }

  @Override
  String event() {
    return event;
  }

  @Override
  boolean isReadIn(snel.math.Expr expression) {
    return Walk.any(
        expression,
        e ->
            e instanceof snel.math.Expr.Since(var owner, _) && isOf(owner)
                || e instanceof snel.math.Expr.Ref(var end, var name, _)
                    && name.equals("spiked")
                    && isOf(end));
  }

  private boolean isOf(Owner owner) {
    return owner == (side == Side.PRE ? Owner.PRE : Owner.POST);
  }

  /// The event reaches the synapses at the present instant.
  Stmt arrived(Expr who) {
    return Emit.store(values, who, Emit.nextStep());
  }

  /// Milliseconds since the last arrival that counts at the moment.
  Typed since(SynapseScope.At at, Moment moment) {
    Expr last = value(at, moment);
    Expr now = moment.now();
    Expr here = slots().isPresent() ? sub(now, convert(Scalar.I64, steps(at))) : now;
    Typed since = world.since(sub(last, Expr.i64(1)), here);
    if (!moment.counts(side)) {
      return since;
    }
    Expr value = new Expr.Choose(isPending(at), Expr.real(world.real(), 0), since.expr());
    return new Typed(value, since.kind());
  }

  /// Whether an event of the present episode has arrived that counts at the moment.
  ///
  /// @param first steps from the start of the episode to the earliest arrival of an event of its
  ///   own
  Typed spiked(SynapseScope.At at, Moment moment, int first) {
    Expr last = value(at, moment);
    Expr earliest = add(load(Emit.CLOCK, i(Clock.EPISODE_BEGAN)), Expr.i64(first));
    Expr spiked = compare(CompareOp.GT, last, earliest);
    Expr counting = moment.counts(side) ? Emit.or(isPending(at), spiked) : spiked;
    return new Typed(counting, snel.math.Kind.BOOL);
  }
}
