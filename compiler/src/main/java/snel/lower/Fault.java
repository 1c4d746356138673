package snel.lower;

import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.store;
import static snel.lower.Emit.when;

import java.util.List;
import snel.ir.Clock;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.ReduceOp;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Faults that stop a run: what is stored in the `fault` buffer.
final class Fault {
  static final long NOT_A_NUMBER = 1;
  static final long RATE_ABOVE_ONE = 2;
  static final long DIVISION_BY_ZERO = 4;

  /// Its element is how many steps a delay is too short.
  static final long NEGATIVE_DELAY = 6;

  static final long OFF_THE_GRID = 7;

  /// A number may have ceased to be one in an earlier step.
  static final long NO_LONGER_A_NUMBER = 8;

  /// Its element tells a pair of neurons.
  static final long NO_PROBABILITY = 9;

  private Fault() {}

  static List<Stmt> raise(long kind, int site, Expr element) {
    return List.of(
        store(Emit.FAULT, i(0), Expr.i64(kind)),
        store(Emit.FAULT, i(1), Expr.i64(site)),
        store(Emit.FAULT, i(2), convert(Scalar.I64, element)),
        Emit.halt(Clock.HALT_FAULT));
  }

  /// Raises [#RATE_ABOVE_ONE] for the last of `size` elements whose `value`, an expression of the
  /// local `name`, is above `most`, and [#NOT_A_NUMBER] if it is none. Whether there is one is
  /// found first, so that the rare search costs nothing.
  static List<Stmt> above(Expr value, String name, int size, double most, Scalar real, int site) {
    Expr limit = Expr.real(real, most);
    // a NaN is not below anything
    Expr bad = Emit.not(compare(CompareOp.LE, value, limit));
    Expr any = new Expr.Reduce(ReduceOp.MAX, name, i(0), i(size), new Expr.Choose(bad, i(1), i(0)));
    Stmt named =
        new Stmt.If(
            compare(CompareOp.GT, value, limit),
            raise(RATE_ABOVE_ONE, site, index(name)),
            raise(NOT_A_NUMBER, site, index(name)));
    Stmt search = Emit.serial(name, i(0), i(size), List.of(when(bad, List.of(named))));
    return List.of(when(compare(CompareOp.GT, any, i(0)), List.of(search)));
  }
}
