package snel.target.jvm;

import snel.ir.BinaryOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Nodes;

/// Which expressions may be skipped without anyone noticing.
final class Purity {
  private Purity() {}

  /// Whether evaluating `expr` can never end in a fault.
  static boolean cannotFault(Expr expr) {
    boolean faults =
        switch (expr) {
          case Expr.Binary(BinaryOp op, Expr left, _) ->
              (op == BinaryOp.DIV || op == BinaryOp.REM) && left.type().isInteger();
          case Expr.Call(Function function, _, _) ->
              function == Function.ADD_EXACT
                  || function == Function.SUB_EXACT
                  || function == Function.MUL_EXACT;
          case Expr.Const _,
              Expr.Read _,
              Expr.Load _,
              Expr.Unary _,
              Expr.Fma _,
              Expr.Compare _,
              Expr.Choose _,
              Expr.Convert _,
              Expr.Philox _,
              Expr.Reduce _ ->
              false;
        };
    return !faults && Nodes.operands(expr).stream().allMatch(Purity::cannotFault);
  }
}
