package snel.target.jvm;

import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// What is done along a row of synapses: `for s in row { sums[at + target[s]] += weights[s] }`.
record SparseRow(Buffer sums, Expr at, Buffer target, Buffer weights) {
  /// @param facts of the loop in which `at` stays as it is
  static Optional<SparseRow> of(Stmt.Loop row, LoopFacts facts) {
    if (row.body().size() != 1
        || !(row.body().getFirst() instanceof Stmt.Store(Buffer sums, Expr to, Expr sum))
        || !(sum instanceof Expr.Binary(BinaryOp op, Expr old, Expr.Load(var weights, var s)))
        || op != BinaryOp.ADD
        || !old.equals(new Expr.Load(sums, to))
        || !s.equals(new Expr.Read(row.index(), Scalar.I32))
        || sums.cell() != Cell.F32
        || weights.cell() != Cell.F32
        || weights.equals(sums)) {
      return Optional.empty();
    }
    Expr at = Expr.i32(0);
    Expr place = to;
    if (to instanceof Expr.Binary(BinaryOp plus, Expr start, Expr rest)
        && plus == BinaryOp.ADD
        && facts.isInvariant(start)) {
      at = start;
      place = rest;
    }
    return place instanceof Expr.Load(Buffer target, Expr synapse) && synapse.equals(s)
        ? Optional.of(new SparseRow(sums, at, target, weights))
        : Optional.empty();
  }
}
