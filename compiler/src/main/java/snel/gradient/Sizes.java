package snel.gradient;

import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Program;

/// How many elements a buffer has, as kernels see it.
final class Sizes {
  private Sizes() {}

  static Expr of(Buffer buffer, Program program) {
    return switch (buffer.length()) {
      case Length.Fixed(long count) -> Expr.i32((int) count);
      case Length.Synapses(String wiring, int each) -> {
        for (Build step : program.build()) {
          if (step instanceof Build.Wire(var wire) && wire.name().equals(wiring)) {
            Expr all = new Expr.Load(wire.rowStart(), Expr.i32(wire.sources()));
            yield each == 1 ? all : new Expr.Binary(BinaryOp.MUL, all, Expr.i32(each));
          }
        }
        throw new IllegalArgumentException("no wiring " + wiring);
      }
    };
  }
}
