package snel.lower;

import static snel.lower.Emit.i;

import snel.ir.BinaryOp;
import snel.ir.Expr;

/// Addresses of the random numbers of one declaration (table of semantics.md §10).
interface Draws {
  /// Word number `redraw` (0 for the first try) of draw `ordinal`, `I32` bits.
  Expr word(int ordinal, Expr redraw);

  /// Word of the `ordinal`-th product that is rounded at random, `I32` bits.
  Expr rounding(int ordinal);

  /// The counters of a draw made of a sequence of words: stream, q, c2, c3.
  Sequence sequence(int ordinal, Expr redraw);

  /// The counter of the presentation. A redraw inside a step must not meet another presentation: it
  /// moves to the top bits.
  static Expr presentation(Expr redraw) {
    Expr high = new Expr.Binary(BinaryOp.SHL, redraw, i(24));
    return new Expr.Binary(BinaryOp.XOR, Emit.presentation32(), high);
  }

  record Sequence(Expr stream, Expr element, Expr c2, Expr c3) {}
}
