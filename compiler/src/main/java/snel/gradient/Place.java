package snel.gradient;

import snel.ir.Buffer;
import snel.ir.Expr;

/// An element of a buffer.
record Place(Buffer buffer, Expr index) {
  Expr load() {
    return new Expr.Load(buffer, index);
  }
}
