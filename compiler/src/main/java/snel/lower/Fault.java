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

  /// Its element is how many steps a delay is too short.
  static final long NEGATIVE_DELAY = 6;

  private Fault() {}

  static List<Stmt> raise(long kind, int site, Expr element) {
    return List.of(
        store(Emit.FAULT, i(0), Expr.i64(kind)),
        store(Emit.FAULT, i(1), Expr.i64(site)),
        store(Emit.FAULT, i(2), convert(Scalar.I64, element)),
        Emit.halt(Clock.HALT_FAULT));
  }

  /// Raises [#RATE_ABOVE_ONE] for the last of `size` elements whose `value`, an expression of the
  /// local `name`, is above `most`. The greatest is found first, so that the rare search costs
  /// nothing.
  static List<Stmt> above(Expr value, String name, int size, double most, Scalar real, int site) {
    Expr limit = Expr.real(real, most);
    Expr greatest = new Expr.Reduce(ReduceOp.MAX, name, i(0), i(size), value);
    Stmt search =
        Emit.serial(
            name,
            i(0),
            i(size),
            List.of(
                when(
                    compare(CompareOp.GT, value, limit),
                    raise(RATE_ABOVE_ONE, site, index(name)))));
    return List.of(when(compare(CompareOp.GT, greatest, limit), List.of(search)));
  }
}
