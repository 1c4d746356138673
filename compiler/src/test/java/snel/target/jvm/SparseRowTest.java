package snel.target.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

class SparseRowTest {
  private static final Buffer SUMS = buffer("sums", Cell.F32);
  private static final Buffer WEIGHTS = buffer("weights", Cell.F32);
  private static final Buffer TARGET = buffer("target", Cell.U16);
  private static final Expr S = new Expr.Read("s", Scalar.I32);
  private static final Expr SLOT = new Expr.Read("slot", Scalar.I32);
  private static final Expr J = new Expr.Load(TARGET, S);

  private static Buffer buffer(String name, Cell cell) {
    return new Buffer(name, cell, Length.of(100), Role.STATE);
  }

  private static Expr sum(BinaryOp op, Expr left, Expr right) {
    return new Expr.Binary(op, left, right);
  }

  private static Optional<SparseRow> row(Stmt... body) {
    Stmt.Loop loop =
        new Stmt.Loop("s", Expr.i32(2), Expr.i32(9), Stmt.Order.SEQUENTIAL, List.of(body));
    return SparseRow.of(loop, new LoopFacts(loop.index(), loop.to(), loop.body()));
  }

  private static Stmt store(Buffer sums, Expr at, BinaryOp op, Expr more) {
    return new Stmt.Store(sums, at, sum(op, new Expr.Load(sums, at), more));
  }

  @Test
  void weightsAreAddedToTheSumsOfTargets() {
    Expr weight = new Expr.Load(WEIGHTS, S);
    assertEquals(
        Optional.of(new SparseRow(SUMS, Expr.i32(0), TARGET, WEIGHTS)),
        row(store(SUMS, J, BinaryOp.ADD, weight)));
    assertEquals(
        Optional.of(new SparseRow(SUMS, SLOT, TARGET, WEIGHTS)),
        row(store(SUMS, sum(BinaryOp.ADD, SLOT, J), BinaryOp.ADD, weight)));
  }

  @Test
  void nothingElseIs() {
    Expr weight = new Expr.Load(WEIGHTS, S);
    assertEquals(Optional.empty(), row(store(SUMS, J, BinaryOp.SUB, weight)));
    assertEquals(Optional.empty(), row(store(SUMS, S, BinaryOp.ADD, weight)));
    assertEquals(Optional.empty(), row(store(SUMS, J, BinaryOp.ADD, new Expr.Load(WEIGHTS, J))));
    assertEquals(Optional.empty(), row(store(SUMS, J, BinaryOp.ADD, new Expr.Load(SUMS, S))));
    assertEquals(Optional.empty(), row(store(SUMS, sum(BinaryOp.ADD, S, J), BinaryOp.ADD, weight)));
    Stmt add = store(SUMS, J, BinaryOp.ADD, weight);
    assertEquals(Optional.empty(), row(add, add));
  }
}
