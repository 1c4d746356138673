package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import snel.ir.Scalar;

/// Casts of the value on the stack.
final class Conversions {
  private Conversions() {}

  static void convert(MethodVisitor code, Scalar from, Scalar to) {
    if (to == Scalar.BOOL) {
      if (from != Scalar.BOOL) {
        notZero(code, from);
      }
      return;
    }
    int opcode =
        switch (JvmType.of(from)) {
          case INT ->
              switch (JvmType.of(to)) {
                case INT -> NOP;
                case LONG -> I2L;
                case FLOAT -> I2F;
                case DOUBLE -> I2D;
              };
          case LONG ->
              switch (JvmType.of(to)) {
                case INT -> L2I;
                case LONG -> NOP;
                case FLOAT -> L2F;
                case DOUBLE -> L2D;
              };
          case FLOAT ->
              switch (JvmType.of(to)) {
                case INT -> F2I;
                case LONG -> F2L;
                case FLOAT -> NOP;
                case DOUBLE -> F2D;
              };
          case DOUBLE ->
              switch (JvmType.of(to)) {
                case INT -> D2I;
                case LONG -> D2L;
                case FLOAT -> D2F;
                case DOUBLE -> NOP;
              };
        };
    if (opcode != NOP) {
      code.visitInsn(opcode);
    }
  }

  private static void notZero(MethodVisitor code, Scalar from) {
    switch (JvmType.of(from)) {
      case INT -> {}
      case LONG -> {
        code.visitInsn(LCONST_0);
        code.visitInsn(LCMP);
      }
      case FLOAT -> {
        code.visitInsn(FCONST_0);
        code.visitInsn(FCMPL);
      }
      case DOUBLE -> {
        code.visitInsn(DCONST_0);
        code.visitInsn(DCMPL);
      }
    }
    Label zero = new Label();
    Label end = new Label();
    code.visitJumpInsn(IFEQ, zero);
    code.visitInsn(ICONST_1);
    code.visitJumpInsn(GOTO, end);
    code.visitLabel(zero);
    code.visitInsn(ICONST_0);
    code.visitLabel(end);
  }
}
