package snel.pass;

import java.util.List;
import snel.ir.BinaryOp;
import snel.ir.Expr;
import snel.ir.Program;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Does integer arithmetic on indices that is known when compiled, and takes branches whose
/// condition is. Floats are left alone: their operations are the program's meaning.
public final class FoldConstants implements Pass {
  @Override
  public String name() {
    return "fold-constants";
  }

  @Override
  public Program apply(Program program) {
    return new Folding().program(program);
  }

  private static final class Folding extends Rewrite {
    @Override
    Expr change(Expr expr) {
      return switch (expr) {
        case Expr.Binary(var op, var a, var b) when a.type().isInteger() -> whole(op, a, b, expr);
        case Expr.Binary(var op, var a, var b) when a.type() == Scalar.BOOL ->
            logic(op, a, b, expr);
        case Expr.Choose(Expr.Const(_, var bits), var a, var b) -> bits != 0 ? a : b;
        case Expr.Convert(var type, Expr.Const(var from, var bits))
            when type == Scalar.I64 && from == Scalar.I32 ->
            Expr.i64((int) bits);
        default -> expr;
      };
    }

    private static Expr whole(BinaryOp op, Expr a, Expr b, Expr same) {
      if (a instanceof Expr.Const(var type, var x) && b instanceof Expr.Const(_, var y)) {
        return folded(op, type, x, y, same);
      }
      return switch (op) {
        case ADD -> isZero(a) ? b : isZero(b) ? a : same;
        case SUB, SHL, SHR, USHR -> isZero(b) ? a : same;
        case MUL -> isOne(a) ? b : isOne(b) ? a : same;
        case DIV -> isOne(b) ? a : same;
        case REM, MIN, MAX, AND, OR, XOR -> same;
      };
    }

    private static Expr folded(BinaryOp op, Scalar type, long x, long y, Expr same) {
      boolean wide = type == Scalar.I64;
      long a = wide ? x : (int) x;
      long b = wide ? y : (int) y;
      if ((op == BinaryOp.DIV || op == BinaryOp.REM) && b == 0) {
        return same;
      }
      long value =
          switch (op) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> a / b;
            case REM -> a % b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
            case SHL -> wide ? a << b : (int) a << (int) b;
            case SHR -> wide ? a >> b : (int) a >> (int) b;
            case USHR -> wide ? a >>> b : (int) a >>> (int) b;
          };
      return wide ? Expr.i64(value) : Expr.i32((int) value);
    }

    private static Expr logic(BinaryOp op, Expr a, Expr b, Expr same) {
      if (a instanceof Expr.Const(_, var x)) {
        return decided(op, x != 0, b, same);
      }
      return b instanceof Expr.Const(_, var y) ? decided(op, y != 0, a, same) : same;
    }

    private static Expr decided(BinaryOp op, boolean known, Expr other, Expr same) {
      return switch (op) {
        case AND -> known ? other : Expr.bool(false);
        case OR -> known ? Expr.bool(true) : other;
        default -> same;
      };
    }

    private static boolean isZero(Expr expr) {
      return expr instanceof Expr.Const(_, var bits) && bits == 0;
    }

    private static boolean isOne(Expr expr) {
      return expr instanceof Expr.Const(_, var bits) && bits == 1;
    }

    @Override
    List<Stmt> change(Stmt stmt) {
      return switch (stmt) {
        case Stmt.If(Expr.Const(_, var bits), var then, var otherwise) ->
            bits != 0 ? then : otherwise;
        default -> unlessIdle(stmt);
      };
    }
  }
}
