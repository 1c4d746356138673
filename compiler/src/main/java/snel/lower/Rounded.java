package snel.lower;

import static snel.lower.Emit.compare;

import snel.diagnostics.CompilerBug;
import snel.ir.BinaryOp;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.UnaryOp;
import snel.math.Exact;
import snel.math.Kind;

/// `floor ceil round truncate`: exact integer division on a quotient of ints, else IEEE rounding
/// (`round` is half up, as times are).
final class Rounded {
  private Rounded() {}

  static Typed lower(
      Expressions expressions,
      Scope scope,
      Scalar real,
      String function,
      snel.math.Expr argument,
      Kind want) {
    if (Kinds.isIntQuotient(argument) && argument instanceof snel.math.Expr.Div(var a, var b)) {
      return new Typed(
          quotient(
              expressions,
              function,
              expressions.once("a", expressions.of(a, Kind.INT)),
              expressions.once("b", expressions.of(b, Kind.INT))),
          Kind.INT);
    }
    if (Kinds.isInt(argument)) {
      return new Typed(expressions.of(argument, Kind.INT), Kind.INT);
    }
    Expr x = expressions.real(argument);
    Expr rounded =
        switch (function) {
          case "floor" -> new Expr.Unary(UnaryOp.FLOOR, x);
          case "ceil" -> new Expr.Unary(UnaryOp.CEIL, x);
          case "round" ->
              new Expr.Unary(UnaryOp.FLOOR, Emit.add(x, expressions.constant(Exact.of(0.5))));
          case "truncate" -> {
            Expr once = expressions.once("x", x);
            yield new Expr.Choose(
                compare(CompareOp.LT, once, Expr.real(once.type(), 0)),
                new Expr.Unary(UnaryOp.CEIL, once),
                new Expr.Unary(UnaryOp.FLOOR, once));
          }
          default -> throw new CompilerBug("no rounding " + function);
        };
    return want instanceof Kind.Int
        ? new Typed(new Expr.Convert(Scalar.I64, rounded), Kind.INT)
        : new Typed(rounded, Kind.REAL);
  }

  private static Expr quotient(Expressions expressions, String function, Expr a, Expr b) {
    Expr truncated = new Expr.Binary(BinaryOp.DIV, a, b);
    if (function.equals("truncate")) {
      return truncated;
    }
    Expr zero = Expr.i64(0);
    Expr q = expressions.once("q", truncated);
    Expr rest = expressions.once("r", new Expr.Binary(BinaryOp.REM, a, b));
    Expr opposite = compare(CompareOp.LT, new Expr.Binary(BinaryOp.XOR, a, b), zero);
    Expr inexact = compare(CompareOp.NE, rest, zero);
    Expr floor =
        new Expr.Choose(
            new Expr.Binary(BinaryOp.AND, inexact, opposite), Emit.sub(q, Expr.i64(1)), q);
    return switch (function) {
      case "floor" -> floor;
      case "ceil" ->
          new Expr.Choose(
              new Expr.Binary(BinaryOp.AND, inexact, Emit.not(opposite)),
              Emit.add(q, Expr.i64(1)),
              q);
      case "round" -> {
        Expr below = expressions.once("below", floor);
        Expr over = Emit.sub(a, Emit.mul(below, b));
        Expr twice = Emit.mul(new Expr.Unary(UnaryOp.ABS, over), Expr.i64(2));
        Expr size = new Expr.Unary(UnaryOp.ABS, b);
        yield new Expr.Choose(
            compare(CompareOp.GE, twice, size), Emit.add(below, Expr.i64(1)), below);
      }
      default -> throw new CompilerBug("no rounding " + function);
    };
  }
}
