package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import snel.ir.Cell;

/// The Java array that holds a buffer's elements.
enum ArrayType {
  BYTES("[B", BALOAD, BASTORE),
  CHARS("[C", CALOAD, CASTORE),
  INTS("[I", IALOAD, IASTORE),
  LONGS("[J", LALOAD, LASTORE),
  FLOATS("[F", FALOAD, FASTORE),
  DOUBLES("[D", DALOAD, DASTORE);

  final String descriptor;
  final int load;
  final int store;

  ArrayType(String descriptor, int load, int store) {
    this.descriptor = descriptor;
    this.load = load;
    this.store = store;
  }

  static ArrayType of(Cell cell) {
    return switch (cell) {
      case U8 -> BYTES;
      case U16 -> CHARS;
      case I32 -> INTS;
      case I64 -> LONGS;
      case F32 -> FLOATS;
      case F64 -> DOUBLES;
    };
  }

  static Object allocate(Cell cell, int length) {
    return switch (cell) {
      case U8 -> new byte[length];
      case U16 -> new char[length];
      case I32 -> new int[length];
      case I64 -> new long[length];
      case F32 -> new float[length];
      case F64 -> new double[length];
    };
  }
}
