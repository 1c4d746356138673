package snel.parallel;

import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Stmt;

/// What a loop over a row or column of a table goes along: from `start[at]` to `start[at + 1]`.
record Row(Buffer start, Expr at) {
  static Optional<Row> of(Stmt.Loop loop) {
    return loop.from() instanceof Expr.Load(Buffer start, Expr at)
            && loop.to()
                .equals(new Expr.Load(start, new Expr.Binary(BinaryOp.ADD, at, Expr.i32(1))))
        ? Optional.of(new Row(start, at))
        : Optional.empty();
  }
}
