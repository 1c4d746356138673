package snel.ir.verify;

import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Checks that a loop with constant bounds stays inside the buffers that it indexes by its own
/// index, when their lengths are known.
final class RangeChecker {
  private RangeChecker() {}

  static void check(Stmt.Loop loop, Violations violations) {
    if (!(loop.from() instanceof Expr.Const(_, long from))
        || !(loop.to() instanceof Expr.Const(_, long to))
        || from >= to) {
      return;
    }
    Expr index = new Expr.Read(loop.index(), Scalar.I32);
    Nodes.eachStatement(
        loop.body(),
        stmt -> {
          if (stmt instanceof Stmt.Store(Buffer buffer, Expr at, _) && at.equals(index)) {
            check(buffer, from, to, violations);
          }
        });
    Nodes.eachExpression(
        loop.body(),
        expr -> {
          if (expr instanceof Expr.Load(Buffer buffer, Expr at) && at.equals(index)) {
            check(buffer, from, to, violations);
          }
        });
  }

  private static void check(Buffer buffer, long from, long to, Violations violations) {
    if (buffer.length() instanceof Length.Fixed(long count)) {
      violations.require(
          from >= 0 && to <= count,
          "elements " + from + " ..< " + to + " of " + buffer.name() + ", which has " + count);
    }
  }
}
