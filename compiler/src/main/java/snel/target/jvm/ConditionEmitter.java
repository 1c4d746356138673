package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import snel.ir.BinaryOp;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.UnaryOp;

/// Emits jumps on conditions.
final class ConditionEmitter {
  private final MethodVisitor code;
  private final ExpressionEmitter expressions;

  ConditionEmitter(MethodVisitor code, ExpressionEmitter expressions) {
    this.code = code;
    this.expressions = expressions;
  }

  /// Jumps to `target` when `condition` is false.
  void jumpUnless(Expr condition, Label target) {
    jump(condition, false, target);
  }

  /// Jumps to `target` when `condition` is true.
  void jumpIf(Expr condition, Label target) {
    jump(condition, true, target);
  }

  private void jump(Expr condition, boolean when, Label target) {
    switch (condition) {
      case Expr.Compare(CompareOp op, Expr left, Expr right) -> {
        expressions.push(left);
        expressions.push(right);
        jumpOnCompare(op, left.type(), when, target);
      }
      case Expr.Unary(UnaryOp op, Expr operand) when op == UnaryOp.NOT ->
          jump(operand, !when, target);
      case Expr.Binary(BinaryOp op, Expr left, Expr right)
          when (op == BinaryOp.AND || op == BinaryOp.OR) && Purity.cannotFault(right) ->
          jumpOnPair(op, left, right, when, target);
      case Expr.Const _,
          Expr.Read _,
          Expr.Load _,
          Expr.Unary _,
          Expr.Binary _,
          Expr.Fma _,
          Expr.Choose _,
          Expr.Convert _,
          Expr.Call _,
          Expr.Philox _,
          Expr.Reduce _ -> {
        expressions.push(condition);
        code.visitJumpInsn(when ? IFNE : IFEQ, target);
      }
    }
  }

  private void jumpOnPair(BinaryOp op, Expr left, Expr right, boolean when, Label target) {
    boolean anyDecides = (op == BinaryOp.OR) == when;
    if (anyDecides) {
      jump(left, when, target);
      jump(right, when, target);
    } else {
      Label decided = new Label();
      jump(left, !when, decided);
      jump(right, when, target);
      code.visitLabel(decided);
    }
  }

  /// Jumps when comparing the two values on the stack gives `when`. A comparison with NaN is false
  /// but for `NE`, hence the choice between the two float comparisons.
  private void jumpOnCompare(CompareOp op, Scalar type, boolean when, Label target) {
    boolean nanIsGreater = op == CompareOp.LT || op == CompareOp.LE;
    switch (JvmType.of(type)) {
      case INT -> {
        code.visitJumpInsn(
            switch (when ? op : opposite(op)) {
              case LT -> IF_ICMPLT;
              case LE -> IF_ICMPLE;
              case GT -> IF_ICMPGT;
              case GE -> IF_ICMPGE;
              case EQ -> IF_ICMPEQ;
              case NE -> IF_ICMPNE;
            },
            target);
        return;
      }
      case LONG -> code.visitInsn(LCMP);
      case FLOAT -> code.visitInsn(nanIsGreater ? FCMPG : FCMPL);
      case DOUBLE -> code.visitInsn(nanIsGreater ? DCMPG : DCMPL);
    }
    code.visitJumpInsn(
        switch (when ? op : opposite(op)) {
          case LT -> IFLT;
          case LE -> IFLE;
          case GT -> IFGT;
          case GE -> IFGE;
          case EQ -> IFEQ;
          case NE -> IFNE;
        },
        target);
  }

  private static CompareOp opposite(CompareOp op) {
    return switch (op) {
      case LT -> CompareOp.GE;
      case LE -> CompareOp.GT;
      case GT -> CompareOp.LE;
      case GE -> CompareOp.LT;
      case EQ -> CompareOp.NE;
      case NE -> CompareOp.EQ;
    };
  }
}
