package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.i;
import static snel.lower.Emit.store;

import java.util.List;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.math.Kind;

/// Where the amounts that a projection delivers go: into the sums of one of the three classes of
/// semantics.md §3, or, for a port whose body is not linear, to where they are looked up.
sealed interface Arrivals {
  /// What `deliver value` does at one synapse.
  ///
  /// @param ordinal how many `deliver` stand before it in the handler
  List<Stmt> deliver(
      SynapseScope.At at, Scope scope, snel.math.Expr value, Scalar real, int ordinal);

  /// Notes that the slot holds something, once a source spike.
  List<Stmt> mark();

  /// Whether the handler need not run, because nothing has to be noted.
  default boolean isIdle() {
    return false;
  }

  /// Class i.
  record Counted(Route route, Inbox.Counted box) implements Arrivals {
    @Override
    public List<Stmt> deliver(
        SynapseScope.At at, Scope scope, snel.math.Expr value, Scalar real, int ordinal) {
      return List.of(Emit.increment(box.counts(), route.place(box.slots(), at), i(1)));
    }

    @Override
    public List<Stmt> mark() {
      return route.mark(box.any(), box.slots());
    }

    /// What the spikes of a list deliver over rows of bits.
    Stmt addBits(Links links, Cells.EventList spikes) {
      Expr none = i(0);
      return new Stmt.AddBits(
          box.counts(),
          route.place(box.slots(), SynapseScope.At.of(none, none, none)),
          links.wiring().orElseThrow().target(),
          links.sources,
          links.targets,
          spikes.list(),
          spikes.count(),
          links.projection.source().at(0));
    }
  }

  /// Class ii or iii.
  record Summed(Route route, Inbox.Summed box, Kind kind) implements Arrivals {
    @Override
    public List<Stmt> deliver(
        SynapseScope.At at, Scope scope, snel.math.Expr value, Scalar real, int ordinal) {
      Expr given = new Expressions(scope, real).of(value, kind);
      Expr amount = box.scale().map(s -> s.whole(given)).orElse(given);
      Expr place = route.place(box.slots(), at);
      return List.of(store(box.sums(), place, add(Emit.load(box.sums(), place), amount)));
    }

    @Override
    public List<Stmt> mark() {
      return route.mark(box.any(), box.slots());
    }
  }

  /// Class ii: the common ring is known only when every projection has asked for its room.
  record Early(Route route, Inbox inbox) implements Arrivals {
    private Summed ring() {
      return new Summed(route, inbox.early(), inbox.kind());
    }

    @Override
    public List<Stmt> deliver(
        SynapseScope.At at, Scope scope, snel.math.Expr value, Scalar real, int ordinal) {
      return ring().deliver(at, scope, value, real, ordinal);
    }

    @Override
    public List<Stmt> mark() {
      return ring().mark();
    }
  }

  /// One by one.
  record Single(SingleArrivals arrivals) implements Arrivals {
    @Override
    public List<Stmt> deliver(
        SynapseScope.At at, Scope scope, snel.math.Expr value, Scalar real, int ordinal) {
      return arrivals.noted(at, scope, value, real, ordinal);
    }

    @Override
    public List<Stmt> mark() {
      return List.of();
    }

    @Override
    public boolean isIdle() {
      return arrivals.isKnownAlways();
    }
  }

  /// The way from a synapse to the slot of its target neuron.
  record Route(Links links, Delays.Delay delay, int size) {
    /// Place in a ring of the arrival of what is delivered now.
    Expr place(int slots, SynapseScope.At at) {
      return Inbox.position(slots, size, slot(at), links.targetInPopulation(at.target()));
    }

    /// Step (`I32`) of arrival. A synapse that is drawn again brings its delay.
    private Expr slot(SynapseScope.At at) {
      if (delay.isNone()) {
        return Emit.step32();
      }
      Expr steps = delay.isDrawn() ? at.delay().orElseThrow() : delay.of(at.synapse());
      return add(Emit.step32(), steps);
    }

    List<Stmt> mark(Buffer any, int slots) {
      if (delay.differs()) {
        Expr d = Emit.index("d");
        return List.of(Emit.loop("d", i(slots), List.of(store(any, d, i(1)))));
      }
      Expr at = Inbox.slot(slots, add(Emit.step32(), i(delay.longest())));
      return List.of(store(any, at, i(1)));
    }
  }
}
