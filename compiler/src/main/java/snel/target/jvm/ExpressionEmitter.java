package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import java.util.Optional;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import snel.ir.BinaryOp;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.UnaryOp;

/// Emits code that pushes the value of an expression. Reductions were hoisted before
/// ([ReductionEmitter]), so that the stack holds nothing when a loop begins.
final class ExpressionEmitter {
  private static final String MATH = "java/lang/Math";

  private final Frame frame;
  private final MethodVisitor code;
  private final ConditionEmitter conditions;
  private final CallEmitter calls;
  private boolean isScattered;

  ExpressionEmitter(Frame frame, int seed) {
    this.frame = frame;
    this.code = frame.code;
    this.conditions = new ConditionEmitter(code, this);
    this.calls = new CallEmitter(code, this, seed);
  }

  ConditionEmitter conditions() {
    return conditions;
  }

  void push(Expr expr) {
    switch (expr) {
      case Expr.Const(Scalar type, long bits) -> Literals.push(code, type, bits);
      case Expr.Read(String name, _) -> frame.load(name);
      case Expr.Load load -> pushLoad(load);
      case Expr.Unary(UnaryOp op, Expr operand) -> pushUnary(op, operand);
      case Expr.Binary binary -> pushBinary(binary);
      case Expr.Fma(Expr a, Expr b, Expr c) -> {
        push(a);
        push(b);
        push(c);
        String type = JvmType.of(c.type()).descriptor;
        callMath("fma", "(" + type + type + type + ")" + type);
      }
      case Expr.Compare _ -> pushCondition(expr);
      case Expr.Choose choose -> pushChoose(choose);
      case Expr.Convert(Scalar type, Expr operand) -> {
        push(operand);
        Conversions.convert(code, operand.type(), type);
      }
      case Expr.Call call -> calls.push(call);
      case Expr.Philox philox -> calls.push(philox);
      case Expr.Reduce _ -> throw new IllegalStateException("a reduction was not hoisted");
    }
  }

  CallEmitter calls() {
    return calls;
  }

  /// Emits what goes through arrays here and there, of which C2 makes no vectors: two comparisons
  /// of floats that hardly ever hold are then dearer than one of their bits.
  void emitScattered(Runnable body) {
    boolean before = isScattered;
    isScattered = true;
    body.run();
    isScattered = before;
  }

  /// Pushes an index as an int.
  void pushIndex(Expr index) {
    push(index);
    Conversions.convert(code, index.type(), Scalar.I32);
  }

  private void pushLoad(Expr.Load load) {
    frame.loadArray(load.buffer());
    pushIndex(load.index());
    ArrayType type = ArrayType.of(load.buffer().cell());
    code.visitInsn(type.load);
    if (type == ArrayType.BYTES) {
      Literals.pushInt(code, 0xff);
      code.visitInsn(IAND);
    }
  }

  private void pushUnary(UnaryOp op, Expr operand) {
    push(operand);
    JvmType type = JvmType.of(operand.type());
    String same = "(" + type.descriptor + ")" + type.descriptor;
    switch (op) {
      case NEG -> code.visitInsn(type.of(INEG));
      case ABS -> callMath("abs", same);
      case NOT -> {
        code.visitInsn(ICONST_1);
        code.visitInsn(IXOR);
      }
      case SQRT -> callDoubleMath("sqrt", type);
      case FLOOR -> callDoubleMath("floor", type);
      case CEIL -> callDoubleMath("ceil", type);
      case RINT -> callDoubleMath("rint", type);
    }
  }

  /// A function of doubles that is exact for floats after rounding (a square root's double rounding
  /// is innocuous: 53 >= 2 * 24 + 2, Figueroa 1995).
  private void callDoubleMath(String name, JvmType type) {
    if (type == JvmType.FLOAT) {
      code.visitInsn(F2D);
    }
    callMath(name, "(D)D");
    if (type == JvmType.FLOAT) {
      code.visitInsn(D2F);
    }
  }

  private void callMath(String name, String descriptor) {
    code.visitMethodInsn(INVOKESTATIC, MATH, name, descriptor, false);
  }

  private void pushBinary(Expr.Binary binary) {
    JvmType type = JvmType.of(binary.left().type());
    BinaryOp op = binary.op();
    if (op == BinaryOp.MIN || op == BinaryOp.MAX) {
      pushExtreme(op, binary.left(), binary.right(), type);
      return;
    }
    push(binary.left());
    push(binary.right());
    switch (op) {
      case ADD -> code.visitInsn(type.of(IADD));
      case SUB -> code.visitInsn(type.of(ISUB));
      case MUL -> code.visitInsn(type.of(IMUL));
      case DIV -> code.visitInsn(type.of(IDIV));
      case REM -> code.visitInsn(type.of(IREM));
      case AND -> code.visitInsn(type.of(IAND));
      case OR -> code.visitInsn(type.of(IOR));
      case XOR -> code.visitInsn(type.of(IXOR));
      case SHL -> code.visitInsn(type.of(ISHL));
      case SHR -> code.visitInsn(type.of(ISHR));
      case USHR -> code.visitInsn(type.of(IUSHR));
      case MIN, MAX -> throw new IllegalStateException("emitted above");
    }
  }

  /// `a < b ? a : b`, or `a > b ? a : b`. On integers that is `Math.min`, which C2 makes a vector
  /// operation; on floats `Math.min` means something else.
  private void pushExtreme(BinaryOp op, Expr left, Expr right, JvmType type) {
    boolean least = op == BinaryOp.MIN;
    if (type == JvmType.INT || type == JvmType.LONG) {
      push(left);
      push(right);
      String two = "(" + type.descriptor + type.descriptor + ")" + type.descriptor;
      callMath(least ? "min" : "max", two);
      return;
    }
    int mark = frame.enter();
    Expr a = spilled(left);
    Expr b = spilled(right);
    push(new Expr.Choose(new Expr.Compare(least ? CompareOp.LT : CompareOp.GT, a, b), a, b));
    frame.leave(mark);
  }

  /// An expression that can be pushed twice: `expr` itself if that costs nothing, or a local.
  private Expr spilled(Expr expr) {
    if (expr instanceof Expr.Const || expr instanceof Expr.Read) {
      return expr;
    }
    push(expr);
    return new Expr.Read(frame.spill(expr.type()), expr.type());
  }

  private void pushChoose(Expr.Choose choose) {
    Optional<Clip> clip = isScattered ? Clip.of(choose) : Optional.empty();
    if (clip.isPresent()) {
      pushClip(clip.get(), choose);
    } else {
      pushEither(choose);
    }
  }

  private void pushClip(Clip clip, Expr.Choose choose) {
    Label outside = new Label();
    Label end = new Label();
    push(clip.number());
    code.visitMethodInsn(INVOKESTATIC, "java/lang/Float", "floatToRawIntBits", "(F)I", false);
    if (clip.low() != 0) {
      Literals.pushInt(code, clip.low());
      code.visitInsn(ISUB);
    }
    Literals.pushInt(code, clip.high() - clip.low());
    code.visitMethodInsn(INVOKESTATIC, "java/lang/Integer", "compareUnsigned", "(II)I", false);
    code.visitJumpInsn(IFGT, outside);
    push(clip.number());
    code.visitJumpInsn(GOTO, end);
    code.visitLabel(outside);
    pushEither(choose);
    code.visitLabel(end);
  }

  private void pushEither(Expr.Choose choose) {
    Label otherwise = new Label();
    Label end = new Label();
    conditions.jumpUnless(choose.condition(), otherwise);
    push(choose.whenTrue());
    code.visitJumpInsn(GOTO, end);
    code.visitLabel(otherwise);
    push(choose.whenFalse());
    code.visitLabel(end);
  }

  private void pushCondition(Expr condition) {
    Label otherwise = new Label();
    Label end = new Label();
    conditions.jumpUnless(condition, otherwise);
    code.visitInsn(ICONST_1);
    code.visitJumpInsn(GOTO, end);
    code.visitLabel(otherwise);
    code.visitInsn(ICONST_0);
    code.visitLabel(end);
  }
}
