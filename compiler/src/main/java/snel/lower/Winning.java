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

  Kernel kernel() {
    Cells.EventList win = cells.event("win");
    List<Stmt> all = new ArrayList<>();
    all.add(store(win.count(), i(0), i(0)));
    Expr count = Emit.one(winnerCount());
    Expr other = load(winners(), index("w"));
    all.addAll(
        new Ranking(world, cells, "winners")
            .statements(self -> {
              List<Stmt> visit = new ArrayList<>();
              visit.add(new Stmt.Var("barred", i(0)));
              visit.add(
                  Emit.serial(
                      "w",
                      i(0),
                      count,
                      List.of(
                          when(collides(self, other), List.of(new Stmt.Assign("barred", i(1)))))));
              Expr wins =
                  Emit.and(
                      compare(CompareOp.EQ, index("barred"), i(0)),
                      compare(CompareOp.LT, count, i(competition.first())));
              visit.add(
                  when(
                      wins,
                      List.of(
                          store(winners(), count, self),
                          Emit.increment(winnerCount(), i(0), i(1)),
                          store(cells.won(), self, i(1)),
                          new Stmt.Push(win.list(), win.count(), self))));
              return visit;
            }));
    return new Kernel(path + ":winners", Phase.COMPETE, all);
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
