package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.MethodVisitor;
import snel.ir.BinaryOp;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.ReduceOp;
import snel.ir.Scalar;

/// Emits the reductions in an expression as loops before the statement that holds it, and gives
/// back the expression with locals in their place.
final class ReductionEmitter {
  private static final String LANE_SUM = "snel/runtime/kernel/LaneSum";
  private static final int LANES = 16;

  private final Frame frame;
  private final MethodVisitor code;
  private final ExpressionEmitter expressions;
  private final Fields fields;

  ReductionEmitter(Frame frame, ExpressionEmitter expressions, Fields fields) {
    this.frame = frame;
    this.code = frame.code;
    this.expressions = expressions;
    this.fields = fields;
  }

  Expr hoist(Expr expr) {
    return expr instanceof Expr.Reduce reduce ? emit(reduce) : Nodes.mapOperands(expr, this::hoist);
  }

  private Expr emit(Expr.Reduce reduce) {
    Scalar type = reduce.type();
    Expr from = hoist(reduce.from());
    Expr to = hoist(reduce.to());
    String result = frame.temporary();
    frame.declare(result, type);
    boolean lanes = reduce.op() == ReduceOp.SUM && type.isFloat();
    if (!lanes) {
      Literals.push(code, type, neutral(reduce.op(), type));
      frame.store(result);
    }
    int mark = frame.enter();
    frame.declare(reduce.index(), Scalar.I32);
    expressions.push(from);
    frame.store(reduce.index());
    expressions.push(to);
    String limit = frame.spill(Scalar.I32);
    if (lanes) {
      emitLaneSum(reduce, limit, result);
    } else {
      frame.emitWhileBelow(reduce.index(), limit, 1, () -> accumulate(reduce, result));
    }
    frame.leave(mark);
    return new Expr.Read(result, type);
  }

  private void accumulate(Expr.Reduce reduce, String result) {
    Expr body = hoist(reduce.body());
    Expr total = new Expr.Read(result, reduce.type());
    BinaryOp op =
        switch (reduce.op()) {
          case SUM -> BinaryOp.ADD;
          case MIN -> BinaryOp.MIN;
          case MAX -> BinaryOp.MAX;
        };
    expressions.push(new Expr.Binary(op, total, body));
    frame.store(result);
  }

  /// Term number n of the sum goes to partial n mod 16.
  private void emitLaneSum(Expr.Reduce reduce, String limit, String result) {
    JvmType type = JvmType.of(reduce.type());
    ArrayType array = reduce.type() == Scalar.F32 ? ArrayType.FLOATS : ArrayType.DOUBLES;
    int lanes = frame.enter();
    frame.declare(frame.temporary(), Scalar.I32);
    fields.loadScratch(code, reduce.type() == Scalar.F32 ? Cell.F32 : Cell.F64, LANES);
    code.visitVarInsn(ASTORE, lanes);
    code.visitVarInsn(ALOAD, lanes);
    code.visitInsn(type == JvmType.FLOAT ? FCONST_0 : DCONST_0);
    code.visitMethodInsn(
        INVOKESTATIC,
        "java/util/Arrays",
        "fill",
        "(" + array.descriptor + type.descriptor + ")V",
        false);
    code.visitInsn(ICONST_0);
    String lane = frame.spill(Scalar.I32);
    frame.emitWhileBelow(
        reduce.index(),
        limit,
        1,
        () -> {
          Expr body = hoist(reduce.body());
          code.visitVarInsn(ALOAD, lanes);
          frame.load(lane);
          code.visitInsn(DUP2);
          code.visitInsn(array.load);
          expressions.push(body);
          code.visitInsn(type.add);
          code.visitInsn(array.store);
          frame.load(lane);
          code.visitInsn(ICONST_1);
          code.visitInsn(IADD);
          Literals.pushInt(code, LANES - 1);
          code.visitInsn(IAND);
          frame.store(lane);
        });
    code.visitVarInsn(ALOAD, lanes);
    code.visitMethodInsn(
        INVOKESTATIC, LANE_SUM, "fold", "(" + array.descriptor + ")" + type.descriptor, false);
    frame.store(result);
  }

  private static long neutral(ReduceOp op, Scalar type) {
    boolean least = op == ReduceOp.MIN;
    if (op == ReduceOp.SUM) {
      return 0;
    }
    return switch (type) {
      case F32 ->
          Float.floatToRawIntBits(least ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY);
      case F64 ->
          Double.doubleToRawLongBits(least ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
      case I32 -> least ? Integer.MAX_VALUE : Integer.MIN_VALUE;
      case I64 -> least ? Long.MAX_VALUE : Long.MIN_VALUE;
      case BOOL -> throw new IllegalStateException("a reduction of truth values");
    };
  }
}
