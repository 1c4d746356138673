package snel.target.c;

import snel.ir.Scalar;

/// Literals in C, floats in hexadecimal so that no digit is lost.
final class CLiteral {
  private CLiteral() {}

  static String of(Scalar type, long bits) {
    return switch (type) {
      case BOOL -> bits == 0 ? "false" : "true";
      case I32 -> bits == Integer.MIN_VALUE ? "INT32_MIN" : negative(Long.toString(bits));
      case I64 ->
          bits == Long.MIN_VALUE
              ? "INT64_MIN"
              : bits < 0 ? "(-INT64_C(" + -bits + "))" : "INT64_C(" + bits + ")";
      case F32 -> single(Float.intBitsToFloat((int) bits));
      case F64 -> real(Double.longBitsToDouble(bits));
    };
  }

  static String single(float value) {
    if (Float.isInfinite(value)) {
      return infinite(value);
    }
    return Float.isFinite(value)
        ? negative(Float.toHexString(value) + "f")
        : "snel_f32_bits(0x" + Integer.toHexString(Float.floatToIntBits(value)) + "u)";
  }

  static String real(double value) {
    if (Double.isInfinite(value)) {
      return infinite(value);
    }
    return Double.isFinite(value)
        ? negative(Double.toHexString(value))
        : "snel_f64_bits(UINT64_C(0x" + Long.toHexString(Double.doubleToLongBits(value)) + "))";
  }

  /// A constant, as static arrays want it.
  private static String infinite(double value) {
    return value > 0 ? "INFINITY" : "(-INFINITY)";
  }

  private static String negative(String text) {
    return text.startsWith("-") ? "(" + text + ")" : text;
  }
}
