package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.call;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.mul;
import static snel.lower.Emit.sub;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import snel.ir.BinaryOp;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.UnaryOp;
import snel.math.Kind;
import snel.math.Known;

/// Emits one step of a [Block] for one element: the new values, from old ones only.
final class Integration {
  /// The addend that lets a decaying value reach zero instead of the subnormals (semantics.md §11).
  static Expr noSlowZeros(Scalar real) {
    return real == Scalar.F32 ? Expr.f32(0x1p-83f) : Expr.f64(0x1p-900);
  }

  private final Scalar real;
  private final double step;
  private final KernelScope kernel;
  private final Function<Map<String, Typed>, Scope> scopes;
  private final Function<String, Expr> old;
  private final Function<Block.Normal, Expr> noise;
  private final Function<String, Optional<Expr>> moves;

  /// @param scopes a scope for the element in which the given states have other values
  /// @param old the value of a state before the step
  /// @param noise a standard normal of this step
  /// @param moves when a state that may be held is not; empty if it always moves
  Integration(
      Scalar real,
      double step,
      KernelScope kernel,
      Function<Map<String, Typed>, Scope> scopes,
      Function<String, Expr> old,
      Function<Block.Normal, Expr> noise,
      Function<String, Optional<Expr>> moves) {
    this.real = real;
    this.step = step;
    this.kernel = kernel;
    this.scopes = scopes;
    this.old = old;
    this.noise = noise;
    this.moves = moves;
  }

  /// New values of the states of several blocks, each bound to a local before any is stored.
  Map<String, Expr> all(List<Block> blocks) {
    Map<String, Expr> fresh = new LinkedHashMap<>();
    blocks.forEach(b -> fresh.putAll(emit(b)));
    fresh.replaceAll((state, value) -> {
      String name = kernel.fresh("new");
      kernel.statements().add(new Stmt.Let(name, value));
      return new Expr.Read(name, value.type());
    });
    return fresh;
  }

  /// New value of every state of the block, by name.
  Map<String, Expr> emit(Block block) {
    return switch (block) {
      case Block.Exact exact -> exact(exact);
      case Block.ExactNoise exact -> Map.of(exact.state(), exactNoise(exact));
      case Block.ExponentialEuler euler -> Map.of(euler.state(), exponentialEuler(euler));
      case Block.RungeKutta rk -> rungeKutta(rk);
      case Block.Euler(var state, var rate) ->
          Map.of(state, moved(rate, Map.of(), Optional.of(old.apply(state))));
      case Block.Heun heun -> heun(heun);
    };
  }

  private Expressions expressions(Map<String, Typed> overrides) {
    return new Expressions(scopes.apply(overrides), real);
  }

  private Expr constant(double value) {
    return Expr.real(real, value);
  }

  private Map<String, Expr> exact(Block.Exact block) {
    var expressions = expressions(Map.of());
    List<Expr> drives = block.drives().stream().map(d -> local("u", expressions.real(d))).toList();
    List<Expr> values = block.states().stream().map(s -> local("old", old.apply(s))).toList();
    Map<String, Expr> result = new LinkedHashMap<>();
    for (int k = 0; k < block.rows().size(); k++) {
      Block.Row row = block.rows().get(k);
      boolean driven = row.drives().stream().anyMatch(Optional::isPresent);
      boolean decays = snel.math.Fold.isZero(row.constant()) && !driven && row.noise().isEmpty();
      Expr sum = decays ? noSlowZeros(real) : expressions.real(row.constant());
      sum = products(expressions, row.states(), values, sum);
      sum = products(expressions, row.drives(), drives, sum);
      sum = noise(expressions, row.noise(), sum);
      result.put(block.states().get(k), decays ? sub(sum, noSlowZeros(real)) : sum);
    }
    return result;
  }

  private static Expr products(
      Expressions expressions, List<Optional<snel.math.Expr>> factors, List<Expr> of, Expr before) {
    Expr sum = before;
    for (int k = 0; k < of.size(); k++) {
      if (factors.get(k).isPresent()) {
        sum = new Expr.Fma(expressions.real(factors.get(k).get()), of.get(k), sum);
      }
    }
    return sum;
  }

  private Expr noise(Expressions expressions, List<Block.Share> shares, Expr before) {
    Expr sum = before;
    for (Block.Share share : shares) {
      sum = new Expr.Fma(expressions.real(share.amplitude()), noise.apply(share.normal()), sum);
    }
    return sum;
  }

  private Expr exactNoise(Block.ExactNoise block) {
    var expressions = expressions(Map.of());
    Expr factor = expressions.real(block.decay());
    Expr value = old.apply(block.state());
    Expr sum =
        snel.math.Fold.isZero(block.constant())
            ? mul(factor, value)
            : new Expr.Fma(factor, value, expressions.real(block.constant()));
    if (block.drive().isPresent()) {
      Expr gain = expressions.real(block.driveGain());
      sum = new Expr.Fma(gain, expressions.real(block.drive().get()), sum);
    }
    return noise(expressions, block.noise(), sum);
  }

  /// `fma(y - yInf, exp(-h / tau), yInf)`; towards zero in the form without slow zeros. Where
  /// `exp(-h / tau)` is 1 there is no end to go to: its limit, the Euler step, is taken.
  private Expr exponentialEuler(Block.ExponentialEuler block) {
    var expressions = expressions(Map.of());
    Expr value = old.apply(block.state());
    if (snel.math.Fold.isZero(block.rest())) {
      Expr factor = factor(expressions, block.coefficient());
      return sub(new Expr.Fma(factor, value, noSlowZeros(real)), noSlowZeros(real));
    }
    if (block.coefficient() instanceof snel.math.Expr.Num) {
      Expr factor = factor(expressions, block.coefficient());
      return factor.equals(constant(1))
          ? euler(expressions.real(block.coefficient()), expressions.real(block.rest()), value)
          : towards(end(expressions, block), factor, value);
    }
    Expr rate = local("rate", expressions.real(block.coefficient()));
    Expr rest = local("rest", expressions.real(block.rest()));
    Expr factor = local("factor", call(snel.ir.Function.EXP, real, mul(rate, constant(step))));
    Expr stands = local("stands", compare(CompareOp.EQ, factor, constant(1)));
    // no quotient by zero, for the sake of gradients: they come through both arms
    Expr divisor = new Expr.Choose(stands, constant(1), rate);
    Expr end =
        local("limit", new Expr.Unary(UnaryOp.NEG, new Expr.Binary(BinaryOp.DIV, rest, divisor)));
    return new Expr.Choose(stands, euler(rate, rest, value), towards(end, factor, value));
  }

  private Expr euler(Expr rate, Expr rest, Expr value) {
    return new Expr.Fma(new Expr.Fma(rate, value, rest), constant(step), value);
  }

  private Expr end(Expressions expressions, Block.ExponentialEuler block) {
    return local(
        "limit",
        expressions.real(
            snel.math.Fold.neg(snel.math.Fold.div(block.rest(), block.coefficient()))));
  }

  private static Expr towards(Expr end, Expr factor, Expr value) {
    return new Expr.Fma(sub(value, end), factor, end);
  }

  private Expr factor(Expressions expressions, snel.math.Expr coefficient) {
    if (coefficient instanceof snel.math.Expr.Num(var a)) {
      return constant(StrictMath.exp(a.toDouble() * step));
    }
    Expr exponent = mul(expressions.real(coefficient), constant(step));
    return local("factor", call(snel.ir.Function.EXP, real, exponent));
  }

  private Map<String, Expr> rungeKutta(Block.RungeKutta block) {
    List<String> states = block.states();
    Map<String, Expr> start = new LinkedHashMap<>();
    states.forEach(s -> start.put(s, local("old", old.apply(s))));
    Map<String, Expr> k1 = slopes(block, Map.of());
    Map<String, Expr> k2 = slopes(block, moved(start, k1, step / 2));
    Map<String, Expr> k3 = slopes(block, moved(start, k2, step / 2));
    Map<String, Expr> k4 = slopes(block, moved(start, k3, step));
    Map<String, Expr> result = new LinkedHashMap<>();
    for (String state : states) {
      Expr two = constant(2);
      Expr inner = add(Known.in(k1, state), mul(two, Known.in(k2, state)));
      Expr sum = add(add(inner, mul(two, Known.in(k3, state))), Known.in(k4, state));
      result.put(state, add(Known.in(start, state), mul(constant(step / 6), sum)));
    }
    return result;
  }

  private Map<String, Typed> moved(Map<String, Expr> start, Map<String, Expr> slope, double by) {
    Map<String, Typed> result = new HashMap<>();
    start.forEach((state, value) -> {
      Expr there = local("mid", add(value, mul(constant(by), Known.in(slope, state))));
      result.put(state, new Typed(there, Kind.REAL));
    });
    return result;
  }

  private Map<String, Expr> slopes(Block.RungeKutta block, Map<String, Typed> overrides) {
    var expressions = expressions(overrides);
    Map<String, Expr> result = new LinkedHashMap<>();
    for (int k = 0; k < block.states().size(); k++) {
      String state = block.states().get(k);
      Expr slope = expressions.real(block.rates().get(k));
      Optional<Expr> free = moves.apply(state);
      // a held state is a constant to the others (semantics.md §4), in every stage
      Expr held = free.isEmpty() ? slope : new Expr.Choose(free.get(), slope, constant(0));
      result.put(state, local("slope", held));
    }
    return result;
  }

  /// `base + h * f`, plus `g * sqrt(h) * z` for each noise.
  private Expr moved(Block.Stochastic rate, Map<String, Typed> overrides, Optional<Expr> base) {
    var expressions = expressions(overrides);
    Expr change = mul(constant(step), expressions.real(rate.rate()));
    Expr sum = base.map(b -> add(b, change)).orElse(change);
    for (int k = 0; k < rate.noises().size(); k++) {
      Expr amplitude = expressions.real(rate.amplitudes().get(k));
      Expr size = mul(amplitude, constant(StrictMath.sqrt(step)));
      sum = new Expr.Fma(size, normal(rate.noises().get(k)), sum);
    }
    return sum;
  }

  private final Map<String, Expr> normals = new HashMap<>();

  private Expr normal(String name) {
    return normals.computeIfAbsent(name, n -> local("z", noise.apply(Block.Normal.first(n))));
  }

  /// The mean of the changes at the start and at the end that the first of them leads to.
  private Map<String, Expr> heun(Block.Heun block) {
    Map<String, Expr> first = new LinkedHashMap<>();
    Map<String, Typed> end = new HashMap<>();
    for (int k = 0; k < block.states().size(); k++) {
      String state = block.states().get(k);
      first.put(state, local("change", moved(block.rates().get(k), Map.of(), Optional.empty())));
    }
    first.forEach((state, change) ->
        end.put(state, new Typed(local("end", add(old.apply(state), change)), Kind.REAL)));
    Map<String, Expr> result = new LinkedHashMap<>();
    for (int k = 0; k < block.states().size(); k++) {
      String state = block.states().get(k);
      Expr second = moved(block.rates().get(k), end, Optional.empty());
      Expr mean = mul(constant(0.5), add(Known.in(first, state), second));
      result.put(state, add(old.apply(state), mean));
    }
    return result;
  }

  /// `value` as it decays with the state of `equation` and nothing else; empty if it does not.
  Optional<Expr> decayed(snel.model.Equation equation, Expr value) {
    return snel.math.Linear.in(equation.rate(), equation.variable())
        .map(parts ->
            sub(
                new Expr.Fma(
                    factor(expressions(Map.of()), parts.coefficient()), value, noSlowZeros(real)),
                noSlowZeros(real)));
  }

  private Expr local(String hint, Expr value) {
    if (value instanceof Expr.Read || value instanceof Expr.Const) {
      return value;
    }
    String name = kernel.fresh(hint);
    kernel.statements().add(new Stmt.Let(name, value));
    return new Expr.Read(name, value.type());
  }
}
