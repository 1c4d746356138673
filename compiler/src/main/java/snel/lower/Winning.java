package snel.lower;

import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;
import static snel.lower.Emit.sub;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Stmt;
import snel.ir.UnaryOp;
import snel.model.Competition;

/// `winners first(k, per: map, radius: r)`: the first k spikes of a presentation win, at most one
/// of each group, and none within r of an earlier winner's position. A winner raises `win` and is
/// `won`.
final class Winning {
  private final World world;
  private final Cells cells;
  private final Competition competition;
  private final String path;

  Winning(World world, Cells cells, Competition competition) {
    this.world = world;
    this.cells = cells;
    this.competition = competition;
    this.path = cells.population.path();
  }

  private Buffer winners() {
    return world.buffers.declare(
        path + ".won.list", Cell.I32, Math.max(1, competition.first()), Role.STATE);
  }

  private Buffer winnerCount() {
    return world.buffers.declare(path + ".won.list.count", Cell.I32, 1, Role.STATE);
  }

  private Buffer barred() {
    return world.buffers.declare(path + ".winners.barred", Cell.I32, cells.size, Role.SCRATCH);
  }

  Kernel kernel() {
    Cells.EventList win = cells.event("win");
    Expr count = Emit.one(winnerCount());
    var contest = new Contest(world, cells, "winners");
    List<Stmt> contested = new ArrayList<>();
    contested.add(contest.measured(m -> store(barred(), m, i(0))));
    Expr m = index("e");
    Expr known = load(winners(), index("w"));
    Stmt bar = when(collides(load(cells.spikes, m), known), List.of(store(barred(), m, i(1))));
    Stmt barAll = Emit.serial("w", i(0), count, List.of(bar));
    contested.add(Emit.serial("e", i(0), Emit.one(cells.spikeCount), List.of(barAll)));
    contested.add(Emit.serial("round", i(0), i(competition.first()), round(contest, win)));
    return new Kernel(
        path + ":winners",
        Phase.COMPETE,
        List.of(
            store(win.count(), i(0), i(0)),
            when(compare(CompareOp.LT, count, i(competition.first())), contested)));
  }

  /// The best spike that nothing bars wins, and bars others.
  private List<Stmt> round(Contest contest, Cells.EventList win) {
    Expr count = Emit.one(winnerCount());
    Expr best = index("best");
    Expr q = index("q");
    Expr free = compare(CompareOp.EQ, load(barred(), q), i(0));
    Stmt ahead =
        when(Emit.and(free, contest.isBetter(q, best)), List.of(new Stmt.Assign("best", q)));
    Expr self = index("i");
    Expr r = index("r");
    Stmt bars = when(collides(load(cells.spikes, r), self), List.of(store(barred(), r, i(1))));
    List<Stmt> won =
        List.of(
            new Stmt.Let("i", load(cells.spikes, best)),
            store(winners(), count, self),
            Emit.increment(winnerCount(), i(0), i(1)),
            store(cells.won(), self, i(1)),
            new Stmt.Push(win.list(), win.count(), self),
            Emit.serial("r", i(0), Emit.one(cells.spikeCount), List.of(bars)));
    Expr wins =
        Emit.and(
            compare(CompareOp.GE, best, i(0)),
            compare(CompareOp.LT, count, i(competition.first())));
    return List.of(
        new Stmt.Var("best", i(-1)),
        Emit.serial("q", i(0), Emit.one(cells.spikeCount), List.of(ahead)),
        when(wins, won));
  }

  private Expr collides(Expr a, Expr b) {
    Expr same = compare(CompareOp.EQ, a, b);
    if (competition.group() != Competition.Group.POPULATION) {
      Expr sameGroup =
          compare(
              CompareOp.EQ,
              Inhibition.group(cells, competition.group(), a),
              Inhibition.group(cells, competition.group(), b));
      same = Emit.or(same, sameGroup);
    }
    if (competition.radius() > 0) {
      Expr near = Expr.bool(true);
      int axes = cells.population.shape().size();
      for (int axis = 1; axis < axes; axis++) {
        Expr distance =
            sub(
                NeuronScope.coordinate(a, cells.population.shape(), axis),
                NeuronScope.coordinate(b, cells.population.shape(), axis));
        near =
            Emit.and(
                near,
                compare(
                    CompareOp.LE, new Expr.Unary(UnaryOp.ABS, distance), i(competition.radius())));
      }
      same = Emit.or(same, near);
    }
    return same;
  }

  List<Stmt> renewed() {
    return List.of(
        store(winnerCount(), i(0), i(0)),
        Emit.loop("g", i(cells.size), List.of(store(cells.won(), index("g"), i(0)))));
  }
}
