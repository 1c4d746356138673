package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import snel.ir.Scalar;

/// How a kernel type lives on the operand stack and in local variables. `BOOL` is an int, 0 or 1.
enum JvmType {
  INT("I", 1, ILOAD, ISTORE, IADD),
  LONG("J", 2, LLOAD, LSTORE, LADD),
  FLOAT("F", 1, FLOAD, FSTORE, FADD),
  DOUBLE("D", 2, DLOAD, DSTORE, DADD);

  final String descriptor;
  final int slots;
  final int load;
  final int store;
  final int add;

  JvmType(String descriptor, int slots, int load, int store, int add) {
    this.descriptor = descriptor;
    this.slots = slots;
    this.load = load;
    this.store = store;
    this.add = add;
  }

  static JvmType of(Scalar scalar) {
    return switch (scalar) {
      case BOOL, I32 -> INT;
      case I64 -> LONG;
      case F32 -> FLOAT;
      case F64 -> DOUBLE;
    };
  }

  /// The opcode of this type in a family (`IMUL` → `DMUL`), whose members lie in the order of this
  /// enum.
  int of(int intOpcode) {
    return intOpcode + ordinal();
  }
}
