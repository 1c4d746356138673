package snel.lower;

import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
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
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Goes through the spikes of this step from the largest margin over the threshold to the smallest,
/// ties by lower index, and lets `visit` say what happens to each.
final class Ranking {
  private final World world;
  private final Cells cells;
  private final Buffer margins;
  private final Buffer visited;

  Ranking(World world, Cells cells, String purpose) {
    this.world = world;
    this.cells = cells;
    String path = cells.population.path() + "." + purpose;
    margins = world.buffers.real(path + ".margin", cells.size, Role.SCRATCH);
    visited = world.buffers.declare(path + ".visited", Cell.I32, cells.size, Role.SCRATCH);
  }

  /// @param visit statements for list position `p` (local `p`) holding neuron `i` (local `i`)
  List<Stmt> statements(Function<Expr, List<Stmt>> visit) {
    Expr count = Emit.one(cells.spikeCount);
    List<Stmt> all = new ArrayList<>();
    var kernel = world.kernel();
    List<Stmt> measured =
        kernel.collect(() -> {
          kernel.statements().add(new Stmt.Let("who", load(cells.spikes, index("m"))));
          Expr margin = Margins.of(world, cells, index("who"), kernel);
          kernel.statements().add(store(margins, index("m"), margin));
          kernel.statements().add(store(visited, index("m"), i(0)));
        });
    all.add(Emit.serial("m", i(0), count, measured));
    Expr best = index("best");
    Expr q = index("q");
    Expr better =
        Emit.and(
            compare(CompareOp.EQ, load(visited, q), i(0)),
            Emit.or(
                compare(CompareOp.LT, best, i(0)),
                compare(
                    CompareOp.GT,
                    load(margins, q),
                    load(margins, new Expr.Binary(snel.ir.BinaryOp.MAX, best, i(0))))));
    List<Stmt> round = new ArrayList<>();
    round.add(new Stmt.Var("best", i(-1)));
    round.add(
        Emit.serial("q", i(0), count, List.of(when(better, List.of(new Stmt.Assign("best", q))))));
    round.add(store(visited, best, i(1)));
    round.add(new Stmt.Let("p", best));
    round.add(new Stmt.Let("i", load(cells.spikes, new Expr.Read("p", Scalar.I32))));
    round.addAll(visit.apply(index("i")));
    all.add(Emit.serial("rank", i(0), count, round));
    return all;
  }
}
