package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.when;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Role;
import snel.ir.Stmt;
import snel.model.Slice;

/// Indices within a slice of a population, and within the population.
final class LocalIndex {
  private LocalIndex() {}

  /// Population index of neuron `local` of the slice.
  ///
  /// @param map name of the table, where one is needed
  static Expr inPopulation(World world, Slice slice, String map, Expr local) {
    if (slice.whole()) {
      return local;
    }
    if (slice.isRange()) {
      return slice.at(0) == 0 ? local : add(local, i(slice.at(0)));
    }
    long[] values = new long[slice.size()];
    Arrays.setAll(values, slice::at);
    return load(table(world, map, values), local);
  }

  /// Runs `body` with the index in the slice of population neuron `neuron`, if it is in there.
  static List<Stmt> within(
      World world,
      Slice slice,
      int populationSize,
      String map,
      Expr neuron,
      Function<Expr, List<Stmt>> body) {
    if (slice.whole()) {
      return body.apply(neuron);
    }
    if (slice.isRange()) {
      int first = slice.at(0);
      Expr local = first == 0 ? neuron : Emit.sub(neuron, i(first));
      Expr inside =
          Emit.and(
              compare(CompareOp.GE, neuron, i(first)),
              compare(CompareOp.LT, neuron, i(first + slice.size())));
      return List.of(when(inside, body.apply(local)));
    }
    Expr local = load(inverse(world, slice, populationSize, map), neuron);
    return List.of(when(compare(CompareOp.GE, local, i(0)), body.apply(local)));
  }

  /// Index in the slice of every neuron of the population; -1 for those outside.
  static Buffer inverse(World world, Slice slice, int populationSize, String map) {
    long[] values = new long[populationSize];
    Arrays.fill(values, -1);
    for (int k = 0; k < slice.size(); k++) {
      values[slice.at(k)] = k;
    }
    return table(world, map, values);
  }

  private static Buffer table(World world, String name, long[] values) {
    boolean known = world.buffers.isTaken(name);
    Buffer buffer = world.buffers.declare(name, Cell.I32, values.length, Role.WIRING);
    if (!known) {
      world.build.add(new Build.FillIntegers(buffer, values));
    }
    return buffer;
  }
}
