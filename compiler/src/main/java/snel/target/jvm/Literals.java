package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.MethodVisitor;
import snel.ir.Scalar;

/// Pushes constants by their shortest instruction.
final class Literals {
  private Literals() {}

  static void push(MethodVisitor code, Scalar type, long bits) {
    switch (type) {
      case BOOL, I32 -> pushInt(code, (int) bits);
      case I64 -> pushLong(code, bits);
      case F32 -> pushFloat(code, Float.intBitsToFloat((int) bits), (int) bits);
      case F64 -> pushDouble(code, Double.longBitsToDouble(bits), bits);
    }
  }

  static void pushInt(MethodVisitor code, int value) {
    if (value >= -1 && value <= 5) {
      code.visitInsn(ICONST_0 + value);
    } else if (value >= Byte.MIN_VALUE && value <= Byte.MAX_VALUE) {
      code.visitIntInsn(BIPUSH, value);
    } else if (value >= Short.MIN_VALUE && value <= Short.MAX_VALUE) {
      code.visitIntInsn(SIPUSH, value);
    } else {
      code.visitLdcInsn(value);
    }
  }

  static void pushLong(MethodVisitor code, long value) {
    if (value == 0 || value == 1) {
      code.visitInsn(value == 0 ? LCONST_0 : LCONST_1);
    } else {
      code.visitLdcInsn(value);
    }
  }

  private static void pushFloat(MethodVisitor code, float value, int bits) {
    if (bits == 0 || value == 1 || value == 2) {
      code.visitInsn(FCONST_0 + (int) value);
    } else {
      code.visitLdcInsn(value);
    }
  }

  private static void pushDouble(MethodVisitor code, double value, long bits) {
    if (bits == 0 || value == 1) {
      code.visitInsn(DCONST_0 + (int) value);
    } else {
      code.visitLdcInsn(value);
    }
  }
}
