package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import snel.ir.Buffer;
import snel.ir.Clock;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// What is kept of the spikes of one population for measures and recorders.
final class SpikeBooks {
  private final World world;
  private final Cells cells;

  SpikeBooks(World world, Cells cells) {
    this.world = world;
    this.cells = cells;
  }

  /// Keeps the potential of neuron `self`, which spikes, if this is its first spike in the episode
  /// and somebody asks for it. To be called before the reset.
  List<Stmt> potential(Expr self) {
    if (!world.keepsFirstPotential(cells)) {
      return List.of();
    }
    Expr now = load(cells.variable(Needs.POTENTIAL), self);
    return List.of(
        when(
            compare(CompareOp.EQ, load(cells.counts, self), i(0)),
            List.of(store(cells.firstPotential(), self, now))));
  }

  /// Counts a spike of neuron `self` in the present episode.
  ///
  /// @param stamp steps since the episode began
  List<Stmt> count(Expr self, Expr stamp) {
    List<Stmt> first = new ArrayList<>(List.of(store(cells.firstSpike, self, stamp)));
    if (cells.isPrecise) {
      first.add(store(cells.firstEarly(), self, load(cells.early(), self)));
    }
    return List.of(
        when(compare(CompareOp.EQ, load(cells.counts, self), i(0)), first),
        Emit.increment(cells.counts, self, i(1)));
  }

  /// Counts the population's spikes of this step and logs them for the recorder.
  List<Stmt> log(Expr stamp) {
    Expr count = Emit.one(cells.spikeCount);
    return List.of(
        Emit.increment(cells.total, i(0), convert(Scalar.I64, count)),
        when(
            compare(CompareOp.NE, Emit.one(cells.logging), i(0)),
            logged(cells.spikes, cells.spikeCount, stamp)));
  }

  private List<Stmt> logged(Buffer list, Buffer number, Expr stamp) {
    Expr at = add(Emit.one(cells.logCount), index("l"));
    long capacity = ((snel.ir.Length.Fixed) cells.logIndex.length()).count();
    Expr full = compare(CompareOp.GT, Emit.one(cells.logCount), i((int) capacity - 2 * cells.size));
    List<Stmt> entry = new ArrayList<>();
    entry.add(store(cells.logIndex, at, load(list, index("l"))));
    entry.add(store(cells.logStep, at, stamp));
    if (cells.isPrecise) {
      entry.add(store(cells.logEarly(), at, load(cells.early(), load(list, index("l")))));
    }
    return List.of(
        Emit.serial("l", i(0), Emit.one(number), entry),
        Emit.increment(cells.logCount, i(0), Emit.one(number)),
        when(full, List.of(Emit.halt(Clock.HALT_LOG))));
  }
}
