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

/// A row that is added to those rows of a matrix that a list names is found in a loop.
class SpreadTest {
  private static final Buffer TO = buffer("to", Cell.F32);
  private static final Buffer FROM = buffer("from", Cell.F32);
  private static final Buffer LIST = buffer("list", Cell.I32);
  private static final Expr ROW = local("row");
  private static final Expr WHO = local("who");
  private static final Expr E = local("e");
  private static final Expr J = local("j");
  private static final Expr BEGIN = times(ROW, 50);
  private static final Expr PLACE = plus(times(WHO, 10), J);
  private static final Expr CAME = new Expr.Load(FROM, plus(times(ROW, 10), J));

  private static Buffer buffer(String name, Cell cell) {
    return new Buffer(name, cell, Length.of(1000), Role.SCRATCH);
  }

  private static Expr local(String name) {
    return new Expr.Read(name, Scalar.I32);
  }

  private static Expr plus(Expr left, Expr right) {
    return new Expr.Binary(BinaryOp.ADD, left, right);
  }

  private static Expr times(Expr left, int right) {
    return new Expr.Binary(BinaryOp.MUL, left, Expr.i32(right));
  }

  private static Stmt add(Expr place, Expr more) {
    return new Stmt.Store(TO, place, plus(new Expr.Load(TO, place), more));
  }

  private static Optional<MatrixLoop> found(Expr list, int width, Stmt each) {
    Stmt columns =
        new Stmt.Loop("j", Expr.i32(0), Expr.i32(width), Stmt.Order.INDEPENDENT, List.of(each));
    Stmt who = new Stmt.Let("who", list);
    return MatrixLoop.of(
        new Stmt.Loop("e", Expr.i32(0), ROW, Stmt.Order.SEQUENTIAL, List.of(who, columns)));
  }

  private static Expr listed(Expr at) {
    return new Expr.Load(LIST, at);
  }

  @Test
  void aRowForAllOfAList() {
    assertEquals(
        Optional.of(
            new MatrixLoop.Spread(TO, Expr.i32(0), 10, FROM, times(ROW, 10), LIST, BEGIN, ROW, 10)),
        found(listed(plus(BEGIN, E)), 10, add(PLACE, CAME)));
  }

  @Test
  void nothingElseIs() {
    Expr each = listed(plus(BEGIN, E));
    assertEquals(Optional.empty(), found(each, 3, add(PLACE, CAME)));
    assertEquals(Optional.empty(), found(each, 100, add(PLACE, CAME)));
    assertEquals(Optional.empty(), found(listed(times(E, 2)), 10, add(PLACE, CAME)));
    assertEquals(Optional.empty(), found(each, 10, add(plus(times(E, 10), J), CAME)));
    assertEquals(
        Optional.empty(), found(each, 10, add(PLACE, new Expr.Load(FROM, plus(times(E, 10), J)))));
    assertEquals(Optional.empty(), found(each, 10, add(PLACE, new Expr.Load(FROM, times(J, 2)))));
    assertEquals(
        Optional.empty(), found(each, 10, add(PLACE, new Expr.Load(TO, plus(times(ROW, 10), J)))));
  }
}
