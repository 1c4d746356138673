package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.and;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.or;
import static snel.lower.Emit.store;
import static snel.lower.Emit.sub;

import java.util.ArrayList;
import java.util.List;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// What happens within one step, in order of time: an entry has a time as a share of the step, a
/// neuron, the kind of its population, and for an arrival its delay in steps. Entries begin at
/// place [#FIRST]; before them lies one with a time before all others, behind them one with a time
/// after all others.
final class ArrivalList {
  static final int FIRST = 1;

  /// Later than any time in a step.
  static final Expr NEVER = Expr.f64(2);

  private final World world;
  private final String name;
  private final int capacity;

  ArrivalList(World world, String path, int entries) {
    this.world = world;
    this.name = path + ".arrivals";
    this.capacity = entries + 2;
  }

  private Buffer list(String what, Cell cell) {
    return world.buffers.declare(name + "." + what, cell, capacity, Role.SCRATCH);
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

  private Buffer kinds() {
    return list("kind", Cell.I32);
  }

  private Buffer counts() {
    return world.buffers.declare(name + ".count", Cell.I32, 1, Role.SCRATCH);
  }

  Expr time(Expr place) {
    return load(times(), place);
  }

  Expr neuron(Expr place) {
    return load(neurons(), place);
  }

  Expr delay(Expr place) {
    return load(delays(), place);
  }

  Expr kind(Expr place) {
    return load(kinds(), place);
  }

  /// How many entries there are.
  Expr count() {
    return Emit.one(counts());
  }

  List<Stmt> begin() {
    return List.of(store(counts(), i(0), i(0)), store(times(), i(0), Expr.f64(-1)));
  }

  /// No more entries follow for now.
  Stmt closed() {
    return store(times(), add(count(), i(FIRST)), NEVER);
  }

  /// Puts an entry behind those of its time; those of the same delay are in the order of kinds, and
  /// neurons rise.
  ///
  /// @param from the first place that may change
  List<Stmt> inserted(Expr time, Expr neuron, Expr delay, int kind, Expr from) {
    Expr at = world.names().index("at");
    Expr own = Emit.local(world.names().fresh("time"), Scalar.F64);
    Expr who = world.names().index("who");
    Expr before = sub(at, i(1));
    Expr isEqual =
        and(compare(CompareOp.EQ, time(before), own), compare(CompareOp.EQ, delay(before), delay));
    Expr isBehind =
        or(
            compare(CompareOp.GT, kind(before), i(kind)),
            and(
                compare(CompareOp.EQ, kind(before), i(kind)),
                compare(CompareOp.GT, neuron(before), who)));
    Expr isLater = or(compare(CompareOp.GT, time(before), own), and(isEqual, isBehind));
    List<Stmt> all = new ArrayList<>();
    all.add(Emit.let(own, time));
    all.add(Emit.let(who, neuron));
    all.add(Emit.variable(at, add(count(), i(FIRST))));
    all.add(
        new Stmt.While(
            and(compare(CompareOp.GT, at, from), isLater),
            List.of(
                store(times(), at, time(before)),
                store(neurons(), at, neuron(before)),
                store(delays(), at, delay(before)),
                store(kinds(), at, kind(before)),
                Emit.assign(at, before))));
    all.add(store(times(), at, own));
    all.add(store(neurons(), at, who));
    all.add(store(delays(), at, delay));
    all.add(store(kinds(), at, i(kind)));
    all.add(Emit.increment(counts(), i(0), i(1)));
    return all;
  }
}
