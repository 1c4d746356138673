package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.call;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.sub;

import java.util.ArrayList;
import java.util.List;
import snel.diagnostics.CompilerBug;
import snel.ir.BinaryOp;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.UnaryOp;
import snel.math.Bounds;
import snel.math.Kind;

/// Random draws (semantics.md §10): `uniform(a, b)` is `fma(u, b - a, a)`, `normal(m, s)` is
/// `fma(z, s, m)`; a draw with bounds is repeated with rising redraw number, at most 64 times, and
/// then clipped.
final class Drawing {
  private static final int TRIES = 64;

  private final Scope scope;
  private final Expressions expressions;
  private final Scalar real;

  Drawing(Scope scope, Expressions expressions, Scalar real) {
    this.scope = scope;
    this.expressions = expressions;
    this.real = real;
  }

  Typed draw(snel.math.Expr.Draw draw) {
    List<Expr> parameters = new ArrayList<>();
    for (snel.math.Expr parameter : draw.parameters()) {
      parameters.add(expressions.once("p", expressions.real(parameter)));
    }
    if (draw.distribution().equals("bernoulli")) {
      return new Typed(
          event(scope.draws().word(draw.ordinal(), Expr.i32(0)), parameters.get(0)), Kind.BOOL);
    }
    if (draw.redraw().isNone()) {
      return new Typed(sample(draw, parameters, Expr.i32(0)), Kind.REAL);
    }
    return new Typed(redrawn(draw, parameters), Kind.REAL);
  }

  /// `w < round(p * 2^32)` as unsigned numbers.
  static Expr event(Expr word, Expr probability) {
    return compare(CompareOp.LT, Emit.unsigned(word), threshold(probability));
  }

  /// `round(p * 2^32)`.
  static Expr threshold(Expr probability) {
    Expr scaled = Emit.mul(convert(Scalar.F64, probability), Expr.f64(4294967296.0));
    return new Expr.Convert(Scalar.I64, new Expr.Unary(UnaryOp.RINT, scaled));
  }

  /// The same event, but where the probability is NaN it happens, so that it falls into the rare
  /// path (semantics.md §11).
  static Expr eventOrNaN(Expr word, Expr probability) {
    Expr scaled = Emit.mul(convert(Scalar.F64, probability), Expr.f64(4294967296.0));
    Expr threshold = new Expr.Unary(UnaryOp.RINT, scaled);
    return Emit.not(compare(CompareOp.GE, convert(Scalar.F64, Emit.unsigned(word)), threshold));
  }

  private Expr redrawn(snel.math.Expr.Draw draw, List<Expr> parameters) {
    String value = scope.fresh("draw");
    String tries = scope.fresh("try");
    Bounds bounds = draw.redraw();
    Expr current = Emit.local(value, real);
    Expr redraw = Emit.index(tries);
    Expr outside = Expr.bool(false);
    Expr clipped = current;
    if (bounds.lower().isPresent()) {
      Expr low = expressions.once("low", expressions.real(bounds.lower().get()));
      outside = compare(CompareOp.LT, current, low);
      clipped = new Expr.Choose(compare(CompareOp.LT, clipped, low), low, clipped);
    }
    if (bounds.upper().isPresent()) {
      Expr high = expressions.once("high", expressions.real(bounds.upper().get()));
      Expr above = compare(CompareOp.GT, current, high);
      outside = Emit.or(outside, above);
      clipped = new Expr.Choose(compare(CompareOp.GT, current, high), high, clipped);
    }
    scope.before().add(new Stmt.Var(value, sample(draw, parameters, Expr.i32(0))));
    scope.before().add(new Stmt.Var(tries, Expr.i32(1)));
    scope
        .before()
        .add(
            new Stmt.While(
                Emit.and(outside, compare(CompareOp.LT, redraw, Expr.i32(TRIES))),
                List.of(
                    new Stmt.Assign(value, sample(draw, parameters, redraw)),
                    new Stmt.Assign(tries, add(redraw, Expr.i32(1))))));
    return clipped;
  }

  private Expr sample(snel.math.Expr.Draw draw, List<Expr> p, Expr redraw) {
    Draws draws = scope.draws();
    return switch (draw.distribution()) {
      case "uniform" -> {
        Expr u = call(Function.UNIFORM, real, draws.word(draw.ordinal(), redraw));
        yield new Expr.Fma(u, sub(p.get(1), p.get(0)), p.get(0));
      }
      case "normal" -> {
        Expr z = call(Function.NORMAL, real, draws.word(draw.ordinal(), redraw));
        yield new Expr.Fma(z, p.get(1), p.get(0));
      }
      case "lognormal" -> {
        // mean m and standard deviation s: the logarithm has the variance log(1 + (s/m)^2)
        Expr z = call(Function.NORMAL, Scalar.F64, draws.word(draw.ordinal(), redraw));
        Expr mean = wide(p.get(0));
        Expr ratio = expressions.once("ratio", new Expr.Binary(BinaryOp.DIV, wide(p.get(1)), mean));
        Expr variance =
            expressions.once("variance", call(Function.LOG1P, Scalar.F64, Emit.mul(ratio, ratio)));
        Expr half = Emit.mul(variance, Expr.f64(0.5));
        Expr middle = expressions.once("middle", sub(call(Function.LOG, Scalar.F64, mean), half));
        Expr spread = expressions.once("spread", new Expr.Unary(UnaryOp.SQRT, variance));
        yield convert(real, call(Function.EXP, Scalar.F64, new Expr.Fma(z, spread, middle)));
      }
      case "exponential" ->
          convert(
              real,
              Emit.mul(
                  sequence(Function.EXPONENTIAL_SEQUENCE, draw, redraw, List.of()),
                  wide(p.get(0))));
      case "gamma" -> {
        // mean m and standard deviation s: shape (m/s)^2, scale s^2/m
        Expr ratio =
            expressions.once(
                "ratio", new Expr.Binary(BinaryOp.DIV, wide(p.get(0)), wide(p.get(1))));
        Expr shape = Emit.mul(ratio, ratio);
        Expr scale = new Expr.Binary(BinaryOp.DIV, wide(p.get(1)), ratio);
        yield convert(
            real, Emit.mul(sequence(Function.GAMMA_SEQUENCE, draw, redraw, List.of(shape)), scale));
      }
      case "binomial" ->
          convert(
              real,
              sequence(
                  Function.BINOMIAL_SEQUENCE,
                  draw,
                  redraw,
                  List.of(wide(p.get(0)), wide(p.get(1)))));
      default -> throw new CompilerBug("no distribution " + draw.distribution());
    };
  }

  private Expr wide(Expr value) {
    return convert(Scalar.F64, value);
  }

  private Expr sequence(
      Function function, snel.math.Expr.Draw draw, Expr redraw, List<Expr> parameters) {
    Draws.Sequence at = scope.draws().sequence(draw.ordinal(), redraw);
    List<Expr> arguments = new ArrayList<>(List.of(at.stream(), at.element(), at.c2(), at.c3()));
    arguments.addAll(parameters);
    return new Expr.Call(function, Scalar.F64, arguments);
  }
}
