package snel.target.c;

import snel.ir.Cell;
import snel.ir.Scalar;

/// C's types for those of the IR, and the suffixes by which the run-time library names them.
final class CType {
  private CType() {}

  static String of(Scalar scalar) {
    return switch (scalar) {
      case BOOL -> "bool";
      case I32 -> "int32_t";
      case I64 -> "int64_t";
      case F32 -> "float";
      case F64 -> "double";
    };
  }

  static String of(Cell cell) {
    return switch (cell) {
      case U8 -> "uint8_t";
      case U16 -> "uint16_t";
      case I32, I64, F32, F64 -> of(cell.scalar());
    };
  }

  static String suffix(Scalar scalar) {
    return switch (scalar) {
      case BOOL -> "bool";
      case I32 -> "i32";
      case I64 -> "i64";
      case F32 -> "f32";
      case F64 -> "f64";
    };
  }

  static String suffix(Cell cell) {
    return switch (cell) {
      case U8 -> "u8";
      case U16 -> "u16";
      case I32, I64, F32, F64 -> suffix(cell.scalar());
    };
  }
}
