package snel.lower;

import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;

import java.util.List;
import java.util.function.Function;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Role;
import snel.ir.Stmt;

/// Compares the spikes of this step: the larger margin over the threshold is better, then the lower
/// index. A spike is named by its position in their list, where indices rise.
final class Contest {
  private final World world;
  private final Cells cells;
  private final Buffer margins;

  Contest(World world, Cells cells, String purpose) {
    this.world = world;
    this.cells = cells;
    String path = cells.population.path() + "." + purpose;
    margins = world.buffers.real(path + ".margin", cells.size, Role.SCRATCH);
  }

  /// Takes the margin of each spike, and does something for each.
  Stmt measured(Function<Expr, Stmt> also) {
    var kernel = world.kernel();
    List<Stmt> each =
        kernel.collect(() -> {
          kernel.statements().add(new Stmt.Let("who", load(cells.spikes, index("m"))));
          Expr margin = Margins.of(world, cells, index("who"), kernel);
          kernel.statements().add(store(margins, index("m"), margin));
          kernel.statements().add(also.apply(index("m")));
        });
    return Emit.serial("m", i(0), Emit.one(cells.spikeCount), each);
  }

  /// Whether the spike at `place` is better than the one at `best`, which is lower in the list; -1
  /// is none.
  Expr isBetter(Expr place, Expr best) {
    Expr known = new Expr.Binary(BinaryOp.MAX, best, i(0));
    return Emit.or(
        compare(CompareOp.LT, best, i(0)),
        compare(CompareOp.GT, load(margins, place), load(margins, known)));
  }
}
