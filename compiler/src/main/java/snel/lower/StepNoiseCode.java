package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;
import static snel.lower.Emit.store;
import static snel.lower.Emit.sub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.UnaryOp;
import snel.math.StepNoise;

/// Emits the factor of the noise of a step as [StepNoise] computes it, operation by operation.
final class StepNoiseCode {
  /// Takes the share of a standard normal in state `row`.
  interface Sink {
    void keep(int row, Block.Normal normal, Expr value);
  }

  private final LinearParts parts;
  private final KernelScope kernel;
  private final Expressions expressions;
  private final MatrixCode small;
  private final MatrixCode pair;
  private final int n;
  private final double step;

  StepNoiseCode(World world, KernelScope kernel, LinearParts parts, Expressions expressions) {
    this.parts = parts;
    this.kernel = kernel;
    this.expressions = expressions;
    this.n = parts.size();
    this.step = world.step();
    this.small = new MatrixCode(world, kernel, n);
    this.pair = new MatrixCode(world, kernel, 2 * n);
  }

  void factor(NoiseGroup group, Sink sink) {
    Buffer covariance = covariance(group);
    List<Integer> order = group.order();
    int count = order.size();
    Expr[][] lower = new Expr[count][count];
    for (int j = 0; j < count; j++) {
      Expr diagonal = load(covariance, i(order.get(j) * n + order.get(j)));
      Expr rest = diagonal;
      for (int k = 0; k < j; k++) {
        rest = sub(rest, mul(lower[j][k], lower[j][k]));
      }
      Expr left = small.let("rest", rest);
      Expr negligible = mul(new Expr.Unary(UnaryOp.ABS, diagonal), Expr.f64(StepNoise.ROUNDING));
      Expr counts = compare(CompareOp.GT, left, negligible);
      Expr pivot = small.let("pivot", new Expr.Unary(UnaryOp.SQRT, left));
      lower[j][j] = small.let("lower", new Expr.Choose(counts, pivot, Expr.f64(0)));
      for (int row = j + 1; row < count; row++) {
        Expr below = load(covariance, i(order.get(row) * n + order.get(j)));
        for (int k = 0; k < j; k++) {
          below = sub(below, mul(lower[row][k], lower[j][k]));
        }
        Expr quotient = new Expr.Binary(snel.ir.BinaryOp.DIV, below, pivot);
        lower[row][j] = small.let("lower", new Expr.Choose(counts, quotient, Expr.f64(0)));
      }
    }
    for (int j = 0; j < count; j++) {
      for (int k = 0; k <= j; k++) {
        sink.keep(order.get(j), group.draws().get(k), lower[j][k]);
      }
    }
  }

  private Buffer covariance(NoiseGroup group) {
    Buffer a = small.matrix("a");
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        Expr coefficient = expressions.real(parts.a().get(row).get(column));
        small.emit(store(a, i(row * n + column), coefficient));
      }
    }
    Expr doublings = small.halvings(mul(small.norm(a), Expr.f64(step)));
    Expr length = small.let("small", mul(Expr.f64(step), small.powerOfHalf(doublings)));
    Buffer whole = pair.matrix("pair");
    pair.clear(whole);
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        int at = row * n + column;
        put(whole, row, column, mul(mul(load(a, i(at)), Expr.f64(-1)), length));
        put(whole, n + column, n + row, mul(load(a, i(at)), length));
      }
    }
    diffusion(group)
        .forEach(entry -> put(whole, entry.row(), n + entry.column(), mul(entry.value(), length)));
    Buffer exponential = pair.matrix("exponential");
    new ExponentialCode(pair).exponential(exponential, whole);
    return doubled(exponential, doublings);
  }

  /// An element of G G' that is not zero by the pattern of the equations.
  private record Entry(int row, int column, Expr value) {}

  private List<Entry> diffusion(NoiseGroup group) {
    List<Map<String, Expr>> amplitudes = new ArrayList<>();
    for (int row = 0; row < n; row++) {
      Map<String, Expr> each = new LinkedHashMap<>();
      for (LinearParts.Noise noise : group.driving(parts, row)) {
        each.put(noise.name(), small.let("amplitude", expressions.real(noise.amplitude())));
      }
      amplitudes.add(each);
    }
    List<Entry> all = new ArrayList<>();
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        Map<String, Expr> other = amplitudes.get(column);
        List<Expr> products = new ArrayList<>();
        amplitudes
            .get(row)
            .forEach((noise, amplitude) ->
                Optional.ofNullable(other.get(noise))
                    .ifPresent(o -> products.add(mul(amplitude, o))));
        int to = column;
        int from = row;
        products.stream().reduce(Emit::add).ifPresent(sum -> all.add(new Entry(from, to, sum)));
      }
    }
    return all;
  }

  private void put(Buffer whole, int row, int column, Expr value) {
    pair.emit(store(whole, i(row * 2 * n + column), value));
  }

  private Expr at(Buffer whole, Expr row, Expr column) {
    return load(whole, pair.place(row, column));
  }

  /// From a part of the step to the whole.
  private Buffer doubled(Buffer exponential, Expr doublings) {
    Buffer propagator = small.matrix("step");
    Buffer upper = small.matrix("upper");
    Buffer covariance = small.matrix("covariance");
    small.each(
        "row",
        n,
        row ->
            small.each(
                "column",
                n,
                column -> {
                  Expr to = small.place(row, column);
                  Expr transposed = at(exponential, add(i(n), column), add(i(n), row));
                  small.emit(store(propagator, to, transposed));
                  small.emit(store(upper, to, at(exponential, row, add(i(n), column))));
                }));
    small.times(covariance, propagator, upper);
    symmetric(covariance);
    Buffer half = small.matrix("half");
    Buffer grown = small.matrix("grown");
    Buffer transposed = small.matrix("transposed");
    small.each(
        "doubling",
        i(0),
        doublings,
        _ -> {
          small.times(half, propagator, covariance);
          transpose(transposed, propagator);
          small.times(grown, half, transposed);
          small.fill(covariance, e -> add(load(covariance, e), load(grown, e)));
          small.times(half, propagator, propagator);
          small.copy(propagator, half);
        });
    symmetric(covariance);
    return covariance;
  }

  private void transpose(Buffer out, Buffer from) {
    small.each(
        "row",
        n,
        row ->
            small.each(
                "column",
                n,
                column ->
                    small.emit(
                        store(
                            out, small.place(row, column), load(from, small.place(column, row))))));
  }

  private void symmetric(Buffer matrix) {
    Buffer transposed = small.matrix("transposed");
    transpose(transposed, matrix);
    small.fill(matrix, e -> mul(add(load(matrix, e), load(transposed, e)), Expr.f64(0.5)));
  }
}
