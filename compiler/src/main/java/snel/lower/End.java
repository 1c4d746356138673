package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.model.Slice;

/// The neurons at one end of a projection, and the walk over their events.
///
/// @param map name of the table from population to local indices, where one is needed
record End(World world, Cells cells, Slice slice, String map) {
  /// The source's end of any projection, whatever it leads to.
  static End ofSource(World world, snel.model.Projection projection) {
    Slice slice = projection.source();
    return new End(
        world,
        world.cells(slice.population()),
        slice,
        projection.path() + ".synapses.source_index");
  }

  /// Runs `body` with the local index of every neuron whose event is stamped `instant - steps`.
  ///
  /// @param event empty for spikes
  List<Stmt> events(String event, int steps, Expr instant, Function<Expr, List<Stmt>> body) {
    Expr k = index("e");
    Expr who;
    Expr count;
    if (steps == 0) {
      Cells.EventList list = cells.event(event);
      who = load(list.list(), k);
      count = Emit.one(list.count());
    } else {
      Cells.History history = cells.history(event, steps);
      Expr slot = Inbox.slot(history.slots(), Emit.sub(instant, i(steps)));
      who = load(history.lists(), add(mul(slot, i(cells.size)), k));
      count = load(history.counts(), slot);
    }
    List<Stmt> inner = new ArrayList<>();
    inner.add(new Stmt.Let("who", who));
    Expr neuron = new Expr.Read("who", Scalar.I32);
    inner.addAll(LocalIndex.within(world, slice, cells.size, map, neuron, body));
    return List.of(Emit.serial("e", i(0), count, inner));
  }
}
