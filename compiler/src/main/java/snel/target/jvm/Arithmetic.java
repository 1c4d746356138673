package snel.target.jvm;

import snel.ir.BinaryOp;
import snel.ir.Expr;

/// What functions are written out as, whatever the precision.
final class Arithmetic {
  private Arithmetic() {}

  static Expr add(Expr a, Expr b) {
    return new Expr.Binary(BinaryOp.ADD, a, b);
  }

  static Expr subtract(Expr a, Expr b) {
    return new Expr.Binary(BinaryOp.SUB, a, b);
  }

  static Expr multiply(Expr a, Expr b) {
    return new Expr.Binary(BinaryOp.MUL, a, b);
  }

  static Expr divide(Expr a, Expr b) {
    return new Expr.Binary(BinaryOp.DIV, a, b);
  }
}
