package snel.lower;

import java.util.List;
import snel.ir.Stmt;
import snel.math.Expr;

/// What the names of an expression are in the kernel under construction.
interface Scope {
  /// The value of a reference.
  Typed read(Expr.Ref ref);

  /// An element of an array-valued reference.
  Typed element(Expr.Ref array, snel.ir.Expr index);

  /// Milliseconds since the last event, as `real`.
  Typed since(Expr.Since since);

  /// The word of a random draw.
  Draws draws();

  /// Scope of the body of a reduction over peers whose peer has index `peer`.
  Scope overPeers(snel.ir.Expr peer);

  /// Scope of the body of a reduction over places ([Expr.OverAll]), at `place`.
  Scope overPlaces(snel.ir.Expr place);

  /// How many peers there are.
  int size();

  /// A compile-time table as a buffer of reals.
  snel.ir.Buffer table(Expr.Table table);

  /// The step h in milliseconds.
  double step();

  /// Where statements that must come before the expression go.
  List<Stmt> before();

  /// How many products of the kernel before this one are rounded at random.
  int rounding();

  /// A fresh local name.
  String fresh(String hint);
}
