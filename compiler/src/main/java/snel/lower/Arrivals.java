package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.math.Kind;

/// Where the amounts that a projection delivers go: one of the three classes of semantics.md §3,
/// or, for a port whose body is not linear, straight into the body.
sealed interface Arrivals {
  /// What `deliver value` does at one synapse.
  List<Stmt> deliver(SynapseScope.At at, Scope scope, snel.math.Expr value, Scalar real);

  /// Notes that the slot holds something, once a source spike.
  List<Stmt> mark();

  /// Whether spikes are put into the ring as soon as they are known, whatever their axonal delay.
  boolean atEmission();

  /// Class i.
  record Counted(Links links, Inbox.Counted box, int size, Optional<Expr> delay)
      implements Arrivals {
    @Override
    public List<Stmt> deliver(SynapseScope.At at, Scope scope, snel.math.Expr value, Scalar real) {
      Expr target = links.targetInPopulation(at.target());
      Expr place = Inbox.position(box.slots(), size, arrival(links, delay, at), target);
      return List.of(Emit.increment(box.counts(), place, i(1)));
    }

    @Override
    public List<Stmt> mark() {
      return markSlots(links, delay, box.any(), box.slots());
    }

    @Override
    public boolean atEmission() {
      return true;
    }
  }

  /// Class ii (with the total delay, from emission) or class iii (dendritic delay, from arrival).
  record Summed(
      Links links, Inbox.Summed box, int size, Optional<Expr> delay, boolean atEmission, Kind kind)
      implements Arrivals {
    @Override
    public List<Stmt> deliver(SynapseScope.At at, Scope scope, snel.math.Expr value, Scalar real) {
      Expr amount = new Expressions(scope, real).of(value, kind);
      Expr target = links.targetInPopulation(at.target());
      Expr place = Inbox.position(box.slots(), size, arrival(links, delay, at), target);
      return List.of(store(box.sums(), place, add(load(box.sums(), place), amount)));
    }

    @Override
    public List<Stmt> mark() {
      return markSlots(links, delay, box.any(), box.slots());
    }
  }

  /// Class ii: the common ring is known only when every projection has asked for its room.
  record Early(Inbox inbox, Links links, int size, Optional<Expr> delay, boolean atEmission)
      implements Arrivals {
    private Summed ring() {
      return new Summed(links, inbox.early(), size, delay, atEmission, inbox.kind());
    }

    @Override
    public List<Stmt> deliver(SynapseScope.At at, Scope scope, snel.math.Expr value, Scalar real) {
      return ring().deliver(at, scope, value, real);
    }

    @Override
    public List<Stmt> mark() {
      return ring().mark();
    }
  }

  /// A port with a body that is not linear in its argument: run for each arrival, at its instant.
  record Direct(Links links, Cells cells, snel.model.Port port, NeuronBodies bodies)
      implements Arrivals {
    @Override
    public List<Stmt> deliver(SynapseScope.At at, Scope scope, snel.math.Expr value, Scalar real) {
      Expr amount = new Expressions(scope, real).real(value);
      Expr target = links.targetInPopulation(at.target());
      var kernel = new KernelScope();
      List<Stmt> all = new ArrayList<>();
      String who = scope.fresh("to");
      String what = scope.fresh("amount");
      all.add(new Stmt.Let(who, target));
      all.add(new Stmt.Let(what, amount));
      all.addAll(
          kernel.collect(() ->
              bodies.receive(
                  cells, port, new Expr.Read(who, Scalar.I32), new Expr.Read(what, real), kernel)));
      return all;
    }

    @Override
    public List<Stmt> mark() {
      return List.of();
    }

    @Override
    public boolean atEmission() {
      return false;
    }
  }

  /// Step (`I32`) of arrival: now plus the delay, which may be a class of its own for each synapse.
  private static Expr arrival(Links links, Optional<Expr> delay, SynapseScope.At at) {
    if (delay.isPresent()) {
      Expr steps = delay.get();
      boolean none = steps instanceof Expr.Const(_, var bits) && bits == 0;
      return none ? Emit.step32() : add(Emit.step32(), steps);
    }
    if (links.drawnDelay().isPresent()) {
      return add(Emit.step32(), at.delay().orElseThrow());
    }
    Buffer delays = links.delays().orElseThrow();
    return add(Emit.step32(), convert(Scalar.I32, load(delays, at.synapse())));
  }

  private static List<Stmt> markSlots(Links links, Optional<Expr> delay, Buffer any, int slots) {
    if (delay.isPresent()) {
      Expr at = Inbox.slot(slots, add(Emit.step32(), delay.get()));
      return List.of(store(any, at, i(1)));
    }
    Expr d = Emit.index("d");
    return List.of(Emit.loop("d", i(slots), List.of(store(any, d, i(1)))));
  }
}
