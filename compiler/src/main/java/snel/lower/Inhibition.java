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

  private Buffer allowed() {
    return world.buffers.declare(
        cells.population.path() + ".inhibit.allowed", Cell.I32, cells.size, Role.SCRATCH);
  }

  Kernel kernel() {
    List<Stmt> all = new ArrayList<>();
    Expr group = group(cells, competition.group(), index("i"));
    all.addAll(
        new Ranking(world, cells, "inhibit")
            .statements(self -> {
              Expr room = compare(CompareOp.LT, load(spent(), group), i(competition.first()));
              return List.of(
                  store(allowed(), index("p"), i(0)),
                  when(
                      room,
                      List.of(
                          store(allowed(), index("p"), i(1)),
                          Emit.increment(spent(), group, i(1)))));
            }));
    all.add(new Stmt.Var("kept", i(0)));
    Expr kept = index("kept");
    Expr c = index("c");
    all.add(
        Emit.serial(
            "c",
            i(0),
            Emit.one(cells.spikeCount),
            List.of(
                when(
                    compare(CompareOp.NE, load(allowed(), c), i(0)),
                    List.of(
                        store(cells.spikes, kept, load(cells.spikes, c)),
                        new Stmt.Assign("kept", Emit.add(kept, i(1))))))));
    all.add(store(cells.spikeCount, i(0), kept));
    return new Kernel(cells.population.path() + ":inhibit", Phase.COMPETE, all);
  }

  /// A presentation gives every group its full number again.
  List<Stmt> renewed() {
    return List.of(
        Emit.loop(
            "g", i(groups(cells, competition.group())), List.of(store(spent(), index("g"), i(0)))));
  }
}
