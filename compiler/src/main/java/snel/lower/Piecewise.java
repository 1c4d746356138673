package snel.lower;

import static snel.lower.Emit.call;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.mul;
import static snel.lower.Emit.sub;

import java.util.List;
import snel.diagnostics.CompilerBug;
import snel.ir.BinaryOp;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Scalar;
import snel.ir.UnaryOp;
import snel.math.Kind;

/// Functions that choose: `abs sign relu min max clip mod`.
final class Piecewise {
  private Piecewise() {}

  static Typed lower(
      Expressions expressions,
      Scope scope,
      Scalar real,
      String function,
      List<snel.math.Expr> arguments,
      Kind want) {
    Kind kind = Kinds.of(new snel.math.Expr.Call(function, arguments)).orElse(want);
    if (kind instanceof Kind.Bool) {
      kind = Kind.REAL;
    } else if (kind instanceof Kind.Fixed fixed) {
      kind = FixedTerms.assigned(fixed, want);
    }
    Expr x = expressions.once("x", expressions.operand(arguments.get(0), kind));
    Expr zero = Emit.zero(x.type());
    Expr result =
        switch (function) {
          case "abs" ->
              kind instanceof Kind.Real
                  ? new Expr.Unary(UnaryOp.ABS, x)
                  : new Expr.Choose(
                      compare(CompareOp.LT, x, zero),
                      call(Function.SUB_EXACT, Scalar.I64, Expr.i64(0), x),
                      x);
          case "relu" -> new Expr.Choose(compare(CompareOp.GT, x, zero), x, zero);
          case "sign" -> sign(x, zero, kind);
          case "min" -> binary(BinaryOp.MIN, x, expressions.operand(arguments.get(1), kind));
          case "max" -> binary(BinaryOp.MAX, x, expressions.operand(arguments.get(1), kind));
          case "clip" -> clip(expressions, x, arguments, kind);
          case "mod" ->
              mod(
                  expressions,
                  x,
                  expressions.once("m", expressions.operand(arguments.get(1), kind)),
                  kind);
          default -> throw new CompilerBug("no function " + function);
        };
    return new Typed(result, kind);
  }

  private static Expr binary(BinaryOp op, Expr a, Expr b) {
    return new Expr.Binary(op, a, b);
  }

  private static Expr sign(Expr x, Expr zero, Kind kind) {
    Expr one = kind instanceof Kind.Real ? Expr.real(x.type(), 1) : Expr.i64(one(kind));
    Expr minus = kind instanceof Kind.Real ? Expr.real(x.type(), -1) : Expr.i64(-one(kind));
    return new Expr.Choose(
        compare(CompareOp.GT, x, zero),
        one,
        new Expr.Choose(compare(CompareOp.LT, x, zero), minus, zero));
  }

  private static long one(Kind kind) {
    return kind.asFixed().map(f -> 1L << f.fraction()).orElse(1L);
  }

  private static Expr clip(
      Expressions expressions, Expr x, List<snel.math.Expr> arguments, Kind kind) {
    Expr low = expressions.once("low", expressions.operand(arguments.get(1), kind));
    Expr high = expressions.once("high", expressions.operand(arguments.get(2), kind));
    return clipped(x, low, high);
  }

  /// `value` within the bounds of `variable`.
  static Expr bounded(Expressions expressions, Expr value, snel.model.Variable variable) {
    Expr x = expressions.once("x", value);
    Expr result = x;
    if (variable.bounds().lower().isPresent()) {
      Expr low = expressions.of(variable.bounds().lower().get(), variable.kind());
      result = new Expr.Choose(compare(CompareOp.LT, x, low), low, x);
    }
    if (variable.bounds().upper().isPresent()) {
      Expr high = expressions.of(variable.bounds().upper().get(), variable.kind());
      result = new Expr.Choose(compare(CompareOp.GT, x, high), high, result);
    }
    return result;
  }

  /// `x < low ? low : x > high ? high : x`.
  static Expr clipped(Expr x, Expr low, Expr high) {
    return new Expr.Choose(
        compare(CompareOp.LT, x, low),
        low,
        new Expr.Choose(compare(CompareOp.GT, x, high), high, x));
  }

  /// The remainder with the sign of the divisor.
  private static Expr mod(Expressions expressions, Expr x, Expr m, Kind kind) {
    if (kind instanceof Kind.Real) {
      Expr quotient = new Expr.Unary(UnaryOp.FLOOR, new Expr.Binary(BinaryOp.DIV, x, m));
      return sub(x, mul(m, quotient));
    }
    Expr rest = expressions.once("rest", new Expr.Binary(BinaryOp.REM, x, m));
    Expr zero = Expr.i64(0);
    Expr differs =
        new Expr.Binary(
            BinaryOp.AND,
            compare(CompareOp.NE, rest, zero),
            compare(CompareOp.LT, new Expr.Binary(BinaryOp.XOR, rest, m), zero));
    return new Expr.Choose(differs, Emit.add(rest, m), rest);
  }
}
