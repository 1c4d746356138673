package snel.parallel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import snel.ir.Build;
import snel.ir.Directory;
import snel.ir.Expr;
import snel.ir.Program;
import snel.ir.Stmt;
import snel.ir.Wiring;

/// Which neurons of a population belong to which part.
///
/// All populations stand in a line, which is cut into stretches of equal work: so there are no more
/// places than cuts where two parts meet, and write to one line of the cache by turns. A population
/// is known by its size; those of one size are cut alike. Cuts lie where vectors, cache lines and
/// rows of bits begin.
final class Ranges {
  private static final int CACHE_LINES = 64;

  /// From so many neurons on the limits suit rows of bits.
  private static final int MANY = 4 * Stmt.AddBits.TOGETHER;

  /// With fewer neurons each part would have less than a cache line of them.
  private static final int FEW = 2 * CACHE_LINES;

  /// The work of a synapse that learns, at spikes of its source and of its target, on top of that
  /// of one that does not.
  private static final double LEARNING = 2;

  private final int parts;
  private final int least;

  /// Where each part begins in populations of a size.
  private final Map<Integer, int[]> starts = new LinkedHashMap<>();

  /// Equal ranges of any population.
  ///
  /// @param least neurons that are worth dividing
  Ranges(int parts, int least) {
    this.parts = parts;
    this.least = least;
  }

  /// @param arrivals of a wiring in a step, by the work that a neuron makes
  static Ranges of(Program program, int parts, int least, ToDoubleFunction<Wiring> arrivals) {
    Map<Integer, Double> work = new LinkedHashMap<>();
    for (Directory.Population population : program.directory().populations()) {
      if (population.size() >= least) {
        work.merge(population.size(), (double) population.size(), Double::sum);
      }
    }
    for (Build step : program.build()) {
      if (step instanceof Build.Wire(Wiring wiring)) {
        add(work, wiring, arrivals.applyAsDouble(wiring));
      } else if (step instanceof Build.Transpose columns) {
        add(work, columns.wiring(), LEARNING * arrivals.applyAsDouble(columns.wiring()));
      }
    }
    Ranges ranges = new Ranges(parts, least);
    ranges.cut(work);
    return ranges;
  }

  private static void add(Map<Integer, Double> work, Wiring wiring, double more) {
    work.computeIfPresent(wiring.targets(), (_, own) -> own + more);
  }

  private void cut(Map<Integer, Double> work) {
    double each = work.values().stream().mapToDouble(Double::doubleValue).sum() / parts;
    double before = 0;
    for (Map.Entry<Integer, Double> population : work.entrySet()) {
      int size = population.getKey();
      double own = population.getValue();
      int[] start = new int[parts + 1];
      for (int part = 1; part < parts; part++) {
        double share = Math.clamp((part * each - before) / own, 0, 1);
        start[part] = share == 1 ? size : suitable((long) (share * size), size);
      }
      start[parts] = size;
      starts.put(size, start);
      before += own;
    }
  }

  int parts() {
    return parts;
  }

  boolean isDivided(long neurons) {
    return neurons >= least && neurons <= Integer.MAX_VALUE;
  }

  /// The number of neurons that a loop runs over, if it is worth dividing.
  Optional<Integer> neurons(Expr from, Expr to) {
    return from instanceof Expr.Const(_, long first)
            && first == 0
            && to instanceof Expr.Const(_, long limit)
            && isDivided(limit)
        ? Optional.of((int) limit)
        : Optional.empty();
  }

  /// Where part `part` of so many neurons begins; part `parts` begins at their number.
  int start(int part, int neurons) {
    if (part == parts) {
      return neurons;
    }
    int[] known = starts.get(neurons);
    return known == null ? suitable((long) neurons * part / parts, neurons) : known[part];
  }

  private static int suitable(long start, int neurons) {
    int unit = unit(neurons);
    return (int) Math.min(neurons, (start + unit / 2) / unit * unit);
  }

  private static int unit(int neurons) {
    if (neurons >= MANY) {
      return Stmt.AddBits.TOGETHER;
    }
    return neurons >= FEW ? CACHE_LINES : Stmt.Words.TOGETHER;
  }

  int end(int part, int neurons) {
    return start(part + 1, neurons);
  }

  /// Whether the limits are such that rows of bits can be added up for each part.
  static boolean suitsBits(int neurons) {
    return neurons >= MANY;
  }
}
