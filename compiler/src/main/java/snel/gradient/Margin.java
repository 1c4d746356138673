package snel.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Repeats;
import snel.ir.Scalar;
import snel.ir.UnaryOp;

/// The condition of a threshold taken apart: what must be above 0 for a spike, and what else must
/// hold. The first comparison of numbers that are no flags is the threshold; the others let a spike
/// pass or not.
///
/// @param above left side minus right side
/// @param gate true where nothing else is asked
record Margin(Expr above, Expr gate) {
  static Optional<Margin> of(Expr condition, Flow flow) {
    List<Expr> parts = new ArrayList<>();
    split(condition, parts);
    Expr above = null;
    Expr gate = Expr.bool(true);
    for (Expr part : parts) {
      Optional<Expr> margin = above == null ? margin(part, false, flow) : Optional.empty();
      if (margin.isPresent()) {
        above = margin.get();
      } else {
        gate = gate instanceof Expr.Const ? part : new Expr.Binary(BinaryOp.AND, gate, part);
      }
    }
    return above == null ? Optional.empty() : Optional.of(new Margin(above, gate));
  }

  /// Whether the threshold is infinite, as where the potential is read: no derivative passes there,
  /// while 0 (of the surrogate) times what an infinite reset takes away would be no number.
  boolean isOutOfReach() {
    return above instanceof Expr.Binary(BinaryOp op, Expr left, Expr right)
        && op == BinaryOp.SUB
        && (Form.isInfinite(left) || Form.isInfinite(right));
  }

  private static void split(Expr condition, List<Expr> parts) {
    if (condition instanceof Expr.Binary(BinaryOp op, Expr left, Expr right)
        && op == BinaryOp.AND) {
      split(left, parts);
      split(right, parts);
    } else {
      parts.add(condition);
    }
  }

  private static Optional<Expr> margin(Expr part, boolean turned, Flow flow) {
    return switch (part) {
      case Expr.Unary(UnaryOp op, Expr operand) when op == UnaryOp.NOT ->
          margin(operand, !turned, flow);
      case Expr.Compare(CompareOp op, Expr left, Expr right)
          when left.type().isFloat()
              && !isRandom(part)
              && (loads(left, flow) || loads(right, flow)) ->
          switch (op) {
            case GT, GE -> Optional.of(difference(left, right, turned));
            case LT, LE -> Optional.of(difference(right, left, turned));
            case EQ, NE -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  private static Expr difference(Expr above, Expr below, boolean turned) {
    return turned ? Form.sub(below, above) : Form.sub(above, below);
  }

  private static boolean isRandom(Expr part) {
    boolean[] found = {false};
    Repeats.each(part, node -> found[0] |= node instanceof Expr.Philox);
    return found[0];
  }

  private static boolean loads(Expr expr, Flow flow) {
    boolean[] found = {false};
    Repeats.each(
        expr,
        node ->
            found[0] |=
                node instanceof Expr.Load(var buffer, _)
                    && buffer.cell().scalar() != Scalar.I64
                    && flow.varies(buffer)
                    && !flow.isFlag(buffer));
    return found[0];
  }
}
