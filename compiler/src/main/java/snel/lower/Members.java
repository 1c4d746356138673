package snel.lower;

import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;

import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.math.Kind;

/// Members of a neuron: its variables and what every neuron has.
final class Members {
  private Members() {}

  static Typed read(World world, Cells cells, snel.math.Expr.Ref ref, Expr index) {
    String name = ref.name();
    if (cells.has(name)) {
      Buffer buffer = cells.variable(name);
      Expr value = load(buffer, cells.isShared(name) ? i(0) : index);
      Expr typed = convert(Expressions.scalar(ref.kind(), world.real()), value);
      return new Typed(typed, ref.kind());
    }
    if (name.startsWith("position.")) {
      int axis = Integer.parseInt(name.substring("position.".length()));
      Expr coordinate = NeuronScope.coordinate(index, cells.population.shape(), axis);
      return new Typed(convert(world.real(), coordinate), Kind.REAL);
    }
    return switch (name) {
      case "index" -> new Typed(NeuronScope.asInt(index), Kind.INT);
      case "count", "spikes" ->
          new Typed(NeuronScope.asInt(load(cells.countsRead(), index)), Kind.INT);
      case "spiked" -> NeuronScope.flag(load(cells.countsRead(), index));
      case "won" -> NeuronScope.flag(load(cells.won(), index));
      case "first_spike" -> firstSpike(world, cells, index);
      case "t" -> world.time();
      default ->
          throw new snel.diagnostics.CompilerBug(
              "no member " + name + " in " + cells.population.path());
    };
  }

  private static Typed firstSpike(World world, Cells cells, Expr index) {
    cells.countsRead();
    Expr stamp = load(cells.firstSpike, index);
    Expr none = compare(CompareOp.LT, stamp, Expr.i64(0));
    Expr ms = world.milliseconds(stamp);
    if (cells.isPrecise) {
      ms = Emit.sub(ms, Emit.mul(load(cells.firstEarly(), index), Expr.f64(world.step())));
    }
    Expr never = Expr.real(world.real(), Double.POSITIVE_INFINITY);
    return new Typed(new Expr.Choose(none, never, ms), Kind.REAL);
  }
}
