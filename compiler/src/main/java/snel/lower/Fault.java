package snel.lower;

import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.store;

import java.util.List;
import snel.ir.BinaryOp;
import snel.ir.Clock;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Faults that stop a run: what is stored in the `fault` buffer.
final class Fault {
  static final long NOT_A_NUMBER = 1;
  static final long RATE_ABOVE_ONE = 2;

  private Fault() {}

  static List<Stmt> raise(long kind, int site, Expr element) {
    Expr halted = new Expr.Binary(BinaryOp.OR, Emit.one(Emit.HALT), i(Clock.HALT_FAULT));
    return List.of(
        store(Emit.FAULT, i(0), Expr.i64(kind)),
        store(Emit.FAULT, i(1), Expr.i64(site)),
        store(Emit.FAULT, i(2), convert(Scalar.I64, element)),
        store(Emit.HALT, i(0), halted));
  }
}
