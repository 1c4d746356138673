package snel.target.jvm;

import snel.ir.Expr;
import snel.ir.Nodes;

/// Which expressions may be skipped without anyone noticing.
final class Purity {
  private Purity() {}

  /// Whether evaluating `expr` can never end in a fault.
  static boolean cannotFault(Expr expr) {
    return !Nodes.mayFault(expr) && Nodes.operands(expr).stream().allMatch(Purity::cannotFault);
  }
}
