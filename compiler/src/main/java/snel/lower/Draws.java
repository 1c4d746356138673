package snel.lower;

import snel.ir.Expr;

/// Addresses of the random numbers of one declaration (table of semantics.md §10).
interface Draws {
  /// Word number `redraw` (0 for the first try) of draw `ordinal`, `I32` bits.
  Expr word(int ordinal, Expr redraw);

  /// Word of the `ordinal`-th product that is rounded at random, `I32` bits.
  Expr rounding(int ordinal);

  /// The counters of a draw made of a sequence of words: stream, q, c2, c3.
  Sequence sequence(int ordinal);

  record Sequence(Expr stream, Expr element, Expr c2, Expr c3) {}
}
