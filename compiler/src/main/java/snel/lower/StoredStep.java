package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;
import static snel.lower.Emit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.UnaryOp;
import snel.math.Expr.Ref;

/// Computes the coefficients of an exact step that differ between the neurons of a population, in
/// double precision, and stores them rounded once (semantics.md §7).
final class StoredStep {
  private final World world;
  private final Cells cells;
  private final KernelScope kernel;
  private final Expr self = index("i");
  private final Expressions expressions;
  private final double step;

  StoredStep(World world, Cells cells) {
    this.world = world;
    this.cells = cells;
    this.step = world.step();
    this.kernel = world.kernel();
    Scope scope = world.bodies().scope(cells, self, kernel, "propagator", Emit.step());
    this.expressions = new Expressions(scope, Scalar.F64);
  }

  /// The loop over all neurons that computes what `block` stores.
  Stmt loop(Block block, LinearParts parts) {
    List<Stmt> body =
        kernel.collect(() -> {
          requireFinite(parts);
          switch (block) {
            case Block.Exact exact -> exact(exact, parts);
            case Block.ExactNoise alone ->
                alone(alone, parts, parts.states().indexOf(alone.state()));
            case Block.ExponentialEuler _, Block.RungeKutta _, Block.Euler _, Block.Heun _ ->
                throw new snel.diagnostics.CompilerBug("no stored coefficients in " + block);
          }
        });
    return Emit.serial("i", i(0), i(cells.size), body);
  }

  /// Stops where a coefficient is infinite or no number, as with a time constant of 0.
  private void requireFinite(LinearParts parts) {
    for (int row = 0; row < parts.size(); row++) {
      List<snel.math.Expr> numbers = new ArrayList<>(parts.a().get(row));
      numbers.add(parts.constants().get(row));
      parts.noises().get(row).forEach(noise -> numbers.add(noise.amplitude()));
      int site = world.faultSite(cells.population.path() + "." + parts.states().get(row));
      for (snel.math.Expr number : numbers) {
        if (!(number instanceof snel.math.Expr.Num)) {
          Expr size = new Expr.Unary(UnaryOp.ABS, expressions.real(number));
          Expr bad = Emit.not(compare(CompareOp.LT, size, Expr.f64(Double.POSITIVE_INFINITY)));
          List<Stmt> stop = Fault.raise(Fault.DIVISION_BY_ZERO, site, self);
          kernel.statements().add(Emit.when(bad, stop));
        }
      }
    }
  }

  private Expr let(String hint, Expr value) {
    String name = kernel.fresh(hint);
    kernel.statements().add(new Stmt.Let(name, value));
    return new Expr.Read(name, value.type());
  }

  private void keep(Optional<snel.math.Expr> coefficient, Expr value) {
    coefficient.ifPresent(c -> keep(c, value));
  }

  private void keep(snel.math.Expr coefficient, Expr value) {
    if (coefficient instanceof Ref(_, var name, _)) {
      Buffer buffer = cells.coefficient(name);
      kernel.statements().add(store(buffer, self, convert(buffer.cell().scalar(), value)));
    }
  }

  /// The matrix exponential of one neuron: M and, to its right, the integral.
  private interface Exponential {
    Expr at(int row, int column);
  }

  private Exponential exponential(LinearParts parts) {
    int n = parts.size();
    if (parts.hasNumericPropagator()) {
      double[][] known = ExactStep.exponential(parts, step);
      return (row, column) -> Expr.f64(known[row][column]);
    }
    var code = new MatrixCode(world, kernel, 2 * n);
    Buffer augmented = code.matrix("augmented");
    code.clear(augmented);
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        Expr coefficient = expressions.real(parts.a().get(row).get(column));
        code.emit(store(augmented, i(row * 2 * n + column), mul(coefficient, Expr.f64(step))));
      }
      code.emit(store(augmented, i(row * 2 * n + n + row), Expr.f64(step)));
    }
    Buffer exponential = code.matrix("exponential");
    new ExponentialCode(code).exponential(exponential, augmented);
    return (row, column) -> load(exponential, i(row * 2 * n + column));
  }

  private void exact(Block.Exact block, LinearParts parts) {
    int n = parts.size();
    Exponential exponential = exponential(parts);
    for (int row = 0; row < n; row++) {
      Block.Row wanted = block.rows().get(row);
      if (wanted.constant() instanceof Ref) {
        keep(wanted.constant(), constant(exponential, row, parts));
      }
      int drive = 0;
      for (int column = 0; column < n; column++) {
        keep(wanted.states().get(column), exponential.at(row, column));
        if (parts.drives().get(column).isPresent()) {
          keep(wanted.drives().get(drive++), exponential.at(row, n + column));
        }
      }
    }
    if (!parts.hasNumericNoise()) {
      NoiseGroup.of(parts, block.noises()).forEach(group -> noise(block, parts, group));
    }
  }

  private void noise(Block.Exact block, LinearParts parts, NoiseGroup group) {
    new StepNoiseCode(world, kernel, parts, expressions)
        .factor(
            group,
            (row, normal, value) ->
                block.rows().get(row).noise().stream()
                    .filter(s -> s.normal().equals(normal))
                    .forEach(s -> keep(s.amplitude(), value)));
  }

  private Expr constant(Exponential exponential, int row, LinearParts parts) {
    Expr sum = Expr.f64(0);
    for (int k = 0; k < parts.size(); k++) {
      Expr integral = exponential.at(row, parts.size() + k);
      sum = add(sum, mul(integral, expressions.real(parts.constants().get(k))));
    }
    return sum;
  }

  /// By the closed form for one state.
  private void alone(Block.ExactNoise block, LinearParts parts, int k) {
    Expr a = let("a", expressions.real(parts.a().get(k).get(k)));
    Expr exponent = let("exponent", mul(a, Expr.f64(step)));
    Expr grown = new Expr.Binary(BinaryOp.DIV, Emit.call(Function.EXPM1, Scalar.F64, exponent), a);
    Expr gain = let("gain", new Expr.Choose(isZero(a), Expr.f64(step), grown));
    keep(block.decay(), Emit.call(Function.EXP, Scalar.F64, exponent));
    keep(block.driveGain(), gain);
    keep(block.constant(), mul(expressions.real(parts.constants().get(k)), gain));
    noise(block.noise(), parts, k);
  }

  private static Expr isZero(Expr value) {
    return compare(CompareOp.EQ, value, Expr.f64(0));
  }

  private void noise(List<Block.Share> shares, LinearParts parts, int k) {
    Expr a = let("a", expressions.real(parts.a().get(k).get(k)));
    Expr p = let("p", Emit.call(Function.EXP, Scalar.F64, mul(a, Expr.f64(step))));
    Expr variance =
        new Expr.Binary(BinaryOp.DIV, Emit.sub(mul(p, p), Expr.f64(1)), mul(Expr.f64(2), a));
    Expr moved = new Expr.Unary(UnaryOp.SQRT, variance);
    Expr still = Expr.f64(StrictMath.sqrt(step));
    Expr spread = let("spread", new Expr.Choose(isZero(a), still, moved));
    for (Block.Share share : shares) {
      parts.noises().get(k).stream()
          .filter(n -> n.name().equals(share.normal().noise()))
          .forEach(n -> keep(share.amplitude(), mul(expressions.real(n.amplitude()), spread)));
    }
  }
}
