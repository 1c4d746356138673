package snel.ir.text;

import snel.ir.Expr;
import snel.ir.Scalar;

/// Literals of kernels: `12` is `I32`, `12L` `I64`, `1.5f` `F32`, `1.5` `F64`. Infinities and NaN
/// are written by their bits: `bits:f32(0x7fc00000)`.
final class Literal {
  private Literal() {}

  static String write(Scalar type, long bits) {
    return switch (type) {
      case BOOL -> bits == 0 ? "false" : "true";
      case I32 -> Long.toString(bits);
      case I64 -> bits + "L";
      case F32 -> {
        float value = Float.intBitsToFloat((int) bits);
        yield Float.isFinite(value)
            ? value + "f"
            : "bits:f32(0x" + Integer.toHexString((int) bits) + ")";
      }
      case F64 -> {
        double value = Double.longBitsToDouble(bits);
        yield Double.isFinite(value)
            ? Double.toString(value)
            : "bits:f64(0x" + Long.toHexString(bits) + ")";
      }
    };
  }

  /// Reads the text of a number without its sign.
  static Expr read(String text, boolean negative) {
    String signed = negative ? "-" + text : text;
    boolean hex = text.startsWith("0x");
    if (!hex && text.endsWith("f")) {
      return Expr.f32(Float.parseFloat(signed));
    }
    if (text.endsWith("L")) {
      return Expr.i64(Long.decode(signed.substring(0, signed.length() - 1)));
    }
    if (hex && text.contains("p")) {
      return text.endsWith("f")
          ? Expr.f32(Float.parseFloat(signed))
          : Expr.f64(Double.parseDouble(signed));
    }
    if (hex) {
      int value = (int) Long.parseLong(text.substring(2), 16);
      return Expr.i32(negative ? -value : value);
    }
    return text.contains(".") || text.contains("E") || text.contains("e")
        ? Expr.f64(Double.parseDouble(signed))
        : Expr.i32(Integer.parseInt(signed));
  }
}
