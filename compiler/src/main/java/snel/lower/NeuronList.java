package snel.lower;

import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Role;
import snel.ir.Stmt;

/// A list of neurons of one population in which each stands once.
///
/// @param flags 1 of those that are in it; all 0 between two kernels
record NeuronList(World world, Buffer flags, Buffer list, Buffer count) {
  static NeuronList of(World world, Cells cells, String what) {
    String name = cells.population.path() + ".arrivals." + what;
    int size = Math.max(1, cells.size);
    return new NeuronList(
        world,
        world.buffers.declare(name + ".listed", Cell.I32, size, Role.QUEUE),
        world.buffers.declare(name, Cell.I32, size, Role.QUEUE),
        world.buffers.declare(name + ".count", Cell.I32, 1, Role.QUEUE));
  }

  Stmt begin() {
    return store(count, i(0), i(0));
  }

  /// Puts `neuron` into the list.
  Stmt noted(Expr neuron) {
    Expr isNew = compare(CompareOp.EQ, load(flags, neuron), i(0));
    return when(isNew, List.of(store(flags, neuron, i(1)), new Stmt.Push(list, count, neuron)));
  }

  /// Runs `body` for each neuron.
  Stmt each(Function<Expr, List<Stmt>> body) {
    Expr k = world.names().index("k");
    Expr self = world.names().index("self");
    List<Stmt> all = new ArrayList<>();
    all.add(Emit.let(self, load(list, k)));
    all.addAll(body.apply(self));
    return Emit.serial(k, i(0), Emit.one(count), all);
  }

  /// Runs `body` for each neuron and takes it out.
  List<Stmt> taken(Function<Expr, List<Stmt>> body) {
    Stmt walk =
        each(self -> {
          List<Stmt> all = new ArrayList<>();
          all.add(store(flags, self, i(0)));
          all.addAll(body.apply(self));
          return all;
        });
    return List.of(walk, begin());
  }
}
