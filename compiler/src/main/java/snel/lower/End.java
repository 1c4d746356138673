package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import snel.ir.Expr;
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

  /// A whole population.
  static End ofAll(World world, Cells cells) {
    var population = cells.population;
    return new End(
        world, cells, new Slice(population.path(), true, new int[0], population.shape()), "");
  }

  /// Runs `body` with the local index of every neuron whose event is stamped `instant - steps`.
  ///
  /// @param event empty for spikes
  List<Stmt> events(String event, int steps, Expr instant, Function<Expr, List<Stmt>> body) {
    if (steps == 0) {
      Cells.EventList list = cells.event(event);
      return each(e -> load(list.list(), e), Emit.one(list.count()), body);
    }
    return past(event, steps, i(steps), instant, body);
  }

  /// The same for a time that a kernel computes: `steps`, at most `longest`, lies so far back that
  /// the events have been put away.
  List<Stmt> past(
      String event, int longest, Expr steps, Expr instant, Function<Expr, List<Stmt>> body) {
    Cells.History history = cells.history(event, longest);
    Expr slot = Inbox.slot(history.slots(), Emit.sub(instant, steps));
    Expr first = mul(slot, i(cells.size));
    return each(e -> load(history.lists(), add(first, e)), load(history.counts(), slot), body);
  }

  private List<Stmt> each(UnaryOperator<Expr> who, Expr count, Function<Expr, List<Stmt>> body) {
    Expr e = world.names().index("e");
    Expr neuron = world.names().index("who");
    List<Stmt> inner = new ArrayList<>();
    inner.add(Emit.let(neuron, who.apply(e)));
    inner.addAll(LocalIndex.within(world, slice, cells.size, map, neuron, body));
    return List.of(Emit.serial(e, i(0), count, inner));
  }
}
