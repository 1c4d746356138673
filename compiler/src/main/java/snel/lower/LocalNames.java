package snel.lower;

import snel.ir.Expr;

/// Names of locals. Each is given once in a lowering, so that no statement that is put into a block
/// can mean another local than it was made with. An author's name has no point in it, and none of
/// the names that are written in kernels has: neither can be one of these.
final class LocalNames {
  private int given = 0;

  String fresh(String hint) {
    return hint + "." + given++;
  }

  /// An index (`I32`) for a loop whose body others make.
  Expr index(String hint) {
    return Emit.index(fresh(hint));
  }
}
