package snel.lower;

import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Stmt;
import snel.model.Competition;

/// `inhibit first(k, per: group)`: in each group the first k since the last reset or presentation
/// start may spike.
final class Inhibition {
  private final World world;
  private final Cells cells;
  private final Competition competition;

  Inhibition(World world, Cells cells, Competition competition) {
    this.world = world;
    this.cells = cells;
    this.competition = competition;
  }

  /// Number of the group of neuron `self`, and how many groups there are.
  static Expr group(Cells cells, Competition.Group group, Expr self) {
    int positions = positions(cells);
    return switch (group) {
      case POPULATION -> i(0);
      case MAP -> new Expr.Binary(BinaryOp.DIV, self, i(positions));
      case POSITION -> new Expr.Binary(BinaryOp.REM, self, i(positions));
    };
  }

  static int groups(Cells cells, Competition.Group group) {
    return switch (group) {
      case POPULATION -> 1;
      case MAP -> cells.size / positions(cells);
      case POSITION -> positions(cells);
    };
  }

  /// Neurons of one map: the product of all axes but the first.
  static int positions(Cells cells) {
    return cells.size / cells.population.shape().get(0);
  }

  private Buffer spent() {
    return world.buffers.declare(
        cells.population.path() + ".inhibit.spent",
        Cell.I32,
        groups(cells, competition.group()),
        Role.STATE);
  }

  /// Neurons of groups that have spent their number: nobody looks whether they are over threshold.
  private Buffer shut() {
    return world.buffers.declare(
        cells.population.path() + ".inhibit.shut", Cell.U8, cells.size, Role.STATE);
  }

  /// Whether neuron `self` may still spike in this presentation.
  Expr isOpen(Expr self) {
    return compare(CompareOp.EQ, load(shut(), self), i(0));
  }

  private Buffer allowed() {
    return world.buffers.declare(
        cells.population.path() + ".inhibit.allowed", Cell.I32, cells.size, Role.SCRATCH);
  }

  /// The best of each group in a round, by its position in the list of spikes.
  private Buffer top() {
    return world.buffers.declare(
        cells.population.path() + ".inhibit.top",
        Cell.I32,
        groups(cells, competition.group()),
        Role.SCRATCH);
  }

  Kernel kernel() {
    List<Stmt> all = new ArrayList<>();
    var contest = new Contest(world, cells, "inhibit");
    all.add(contest.measured(m -> store(allowed(), m, i(0))));
    all.add(Emit.serial("round", i(0), i(competition.first()), round(contest)));
    Expr c = index("c");
    all.addAll(only(c, "kept", compare(CompareOp.NE, load(allowed(), c), i(0))));
    return new Kernel(cells.population.path() + ":inhibit", Phase.COMPETE, all);
  }

  /// In each group that has room its best spike is allowed.
  private List<Stmt> round(Contest contest) {
    Expr count = Emit.one(cells.spikeCount);
    Expr a = index("a");
    Expr b = index("b");
    Expr d = index("d");
    Stmt none = store(top(), groupOf(a), i(-1));
    Expr room =
        Emit.and(
            compare(CompareOp.EQ, load(allowed(), b), i(0)),
            compare(CompareOp.LT, load(spent(), groupOf(b)), i(competition.first())));
    Expr better = Emit.and(room, contest.isBetter(b, load(top(), groupOf(b))));
    Stmt ahead = when(better, List.of(store(top(), groupOf(b), b)));
    Stmt passes =
        when(
            compare(CompareOp.EQ, load(top(), groupOf(d)), d),
            List.of(
                store(allowed(), d, i(1)),
                Emit.increment(spent(), groupOf(d), i(1)),
                when(
                    compare(CompareOp.GE, load(spent(), groupOf(d)), i(competition.first())),
                    List.of(shutting(groupOf(d))))));
    return List.of(
        Emit.serial("a", i(0), count, List.of(none)),
        Emit.serial("b", i(0), count, List.of(ahead)),
        Emit.serial("d", i(0), count, List.of(passes)));
  }

  private Stmt shutting(Expr group) {
    int positions = positions(cells);
    Expr n = index("n");
    return switch (competition.group()) {
      case POPULATION -> Emit.loop(n, i(cells.size), List.of(store(shut(), n, i(1))));
      case MAP -> {
        Expr member = Emit.add(Emit.mul(group, i(positions)), n);
        yield Emit.loop(n, i(positions), List.of(store(shut(), member, i(1))));
      }
      case POSITION -> {
        Expr member = Emit.add(Emit.mul(n, i(positions)), group);
        yield Emit.serial(n, i(0), i(cells.size / positions), List.of(store(shut(), member, i(1))));
      }
    };
  }

  /// Of the spikes those remain for which `condition` holds.
  private List<Stmt> only(Expr place, String name, Expr condition) {
    Expr kept = index(name);
    List<Stmt> keep =
        List.of(
            store(cells.spikes, kept, load(cells.spikes, place)),
            Emit.assign(kept, Emit.add(kept, i(1))));
    return List.of(
        Emit.variable(kept, i(0)),
        Emit.serial(place, i(0), Emit.one(cells.spikeCount), List.of(when(condition, keep))),
        store(cells.spikeCount, i(0), kept));
  }

  private Expr groupOf(Expr place) {
    return group(cells, competition.group(), load(cells.spikes, place));
  }

  /// A presentation gives every group its full number again.
  List<Stmt> renewed() {
    return List.of(
        Emit.loop(
            "g", i(groups(cells, competition.group())), List.of(store(spent(), index("g"), i(0)))),
        Emit.loop("n", i(cells.size), List.of(store(shut(), index("n"), i(0)))));
  }
}
