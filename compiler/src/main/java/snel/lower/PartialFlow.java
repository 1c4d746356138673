package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;

import java.util.ArrayList;
import java.util.List;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Role;
import snel.model.Equation;

/// How the states of a population move in parts h, h/2, h/4 … h/2^53 of a step, and a table of the
/// coefficients for every part: its length, then row by row what is not left out.
record PartialFlow(List<Block.Exact> blocks, Buffer table, int width) {
  /// Halvings of the step: bits of a place in it.
  static final int HALVINGS = 53;

  PartialFlow {
    blocks = List.copyOf(blocks);
  }

  Expr at(Expr part, int place) {
    return load(table, add(mul(part, i(width)), i(place)));
  }

  Expr length(Expr part) {
    return at(part, 0);
  }

  /// @param isHeld without the states that stand still while a neuron is refractory
  static PartialFlow of(World world, Cells cells, List<Equation> equations, boolean isHeld) {
    List<Equation> moving = new ArrayList<>(equations);
    if (isHeld) {
      List<String> held = NeuronBodies.holding(cells);
      moving.removeIf(equation -> held.contains(equation.variable()));
    }
    String name = cells.population.path() + ".spikes.parts" + (isHeld ? ".held" : "");
    List<Block.Exact> whole = blocks(moving, world.step());
    List<Double> all = new ArrayList<>();
    for (int k = 0; k <= HALVINGS; k++) {
      double length = StrictMath.scalb(1.0, -k);
      all.add(length);
      blocks(moving, world.step() * length)
          .forEach(block -> block.rows().forEach(row -> coefficients(row, all)));
    }
    boolean isNew = !world.buffers.isTaken(name);
    Buffer table = world.buffers.declare(name, Cell.F64, all.size(), Role.WIRING);
    if (isNew) {
      double[] values = all.stream().mapToDouble(Double::doubleValue).toArray();
      world.build.add(new Build.Fill(table, values));
    }
    return new PartialFlow(whole, table, all.size() / (HALVINGS + 1));
  }

  private static List<Block.Exact> blocks(List<Equation> equations, double step) {
    List<Block.Exact> all = new ArrayList<>();
    for (Block block : IntegratorChoice.choose(equations, Noises.NONE, step)) {
      if (!(block instanceof Block.Exact exact)) {
        throw new CompilerBug("not integrated exactly: " + block);
      }
      all.add(exact);
    }
    return all;
  }

  private static void coefficients(Block.Row row, List<Double> all) {
    all.add(number(row.constant()));
    row.states().forEach(factor -> factor.ifPresent(f -> all.add(number(f))));
    row.drives().forEach(factor -> factor.ifPresent(f -> all.add(number(f))));
  }

  private static double number(snel.math.Expr expression) {
    return ((snel.math.Expr.Num) expression).value().toDouble();
  }
}
