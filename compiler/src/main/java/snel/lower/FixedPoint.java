package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.mul;
import static snel.lower.Emit.sub;

import snel.diagnostics.CompilerBug;
import snel.ir.BinaryOp;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.UnaryOp;
import snel.math.Exact;
import snel.math.Kind;

/// Fixed-point arithmetic in `I64` registers (semantics.md §13): raw values of W = i + f bits; sums
/// stay wide until they are stored, products are shifted right with rounding to nearest.
final class FixedPoint {
  private FixedPoint() {}

  static Expr literal(Exact value, Kind.Fixed type) {
    double scaled = value.toDouble() * Math.pow(2, type.fraction());
    long raw = (long) Math.rint(scaled);
    return Expr.i64(Math.max(lowest(type), Math.min(highest(type), raw)));
  }

  static long highest(Kind.Fixed type) {
    return (1L << (type.width() - 1)) - 1;
  }

  static long lowest(Kind.Fixed type) {
    return -(1L << (type.width() - 1));
  }

  static Expr saturate(Expr raw, Kind.Fixed type) {
    if (raw instanceof Expr.Load || raw instanceof Expr.Const) {
      return raw;
    }
    Expr low = new Expr.Binary(BinaryOp.MAX, raw, Expr.i64(lowest(type)));
    return new Expr.Binary(BinaryOp.MIN, low, Expr.i64(highest(type)));
  }

  static Expr arithmetic(BinaryOp op, Expr a, Expr b, Kind.Fixed type) {
    return switch (op) {
      case ADD -> add(a, b);
      case SUB -> sub(a, b);
      case MUL -> product(a, b, type);
      case DIV -> quotient(a, b, type);
      default -> throw new CompilerBug("no fixed-point " + op);
    };
  }

  /// `(a * b + 2^(f-1)) >> f`, saturated.
  private static Expr product(Expr a, Expr b, Kind.Fixed type) {
    if (type.fraction() == 0) {
      return saturate(mul(a, b), type);
    }
    Expr half = Expr.i64(1L << (type.fraction() - 1));
    Expr shifted = new Expr.Binary(BinaryOp.SHR, add(mul(a, b), half), Expr.i32(type.fraction()));
    return saturate(shifted, type);
  }

  /// `(a << f) / b` toward zero; a zero divisor saturates by the sign of a.
  private static Expr quotient(Expr a, Expr b, Kind.Fixed type) {
    Expr zero = Expr.i64(0);
    Expr isZero = compare(CompareOp.EQ, b, zero);
    Expr safe = new Expr.Choose(isZero, Expr.i64(1), b);
    Expr raw =
        new Expr.Binary(
            BinaryOp.DIV, new Expr.Binary(BinaryOp.SHL, a, Expr.i32(type.fraction())), safe);
    Expr end =
        new Expr.Choose(
            compare(CompareOp.LT, a, zero), Expr.i64(lowest(type)), Expr.i64(highest(type)));
    return new Expr.Choose(isZero, end, saturate(raw, type));
  }

  /// `value * p >> 12` toward zero: a decay by the 12-bit factor `p` of 4096.
  static Expr decay(Expr raw, int p) {
    Expr zero = Expr.i64(0);
    Expr factor = Expr.i64(p);
    Expr down = new Expr.Binary(BinaryOp.SHR, mul(raw, factor), Expr.i32(12));
    Expr negated = new Expr.Unary(UnaryOp.NEG, raw);
    Expr up =
        new Expr.Unary(
            UnaryOp.NEG, new Expr.Binary(BinaryOp.SHR, mul(negated, factor), Expr.i32(12)));
    return new Expr.Choose(compare(CompareOp.LT, raw, zero), up, down);
  }

  /// A real, int or other fixed value brought to `type`, rounded half to even and saturated.
  static Expr from(Typed value, Kind.Fixed type) {
    return switch (value.kind()) {
      case Kind.Int _ ->
          saturate(new Expr.Binary(BinaryOp.SHL, value.expr(), Expr.i32(type.fraction())), type);
      case Kind.Fixed other -> {
        int shift = type.fraction() - other.fraction();
        yield saturate(
            shift >= 0
                ? new Expr.Binary(BinaryOp.SHL, value.expr(), Expr.i32(shift))
                : new Expr.Binary(
                    BinaryOp.SHR,
                    add(value.expr(), Expr.i64(1L << (-shift - 1))),
                    Expr.i32(-shift)),
            type);
      }
      case Kind.Real _, Kind.Bool _ -> {
        Expr wide = Emit.convert(Scalar.F64, value.expr());
        Expr scaled = mul(wide, Expr.f64(Math.pow(2, type.fraction())));
        yield saturate(new Expr.Convert(Scalar.I64, new Expr.Unary(UnaryOp.RINT, scaled)), type);
      }
    };
  }

  static Expr toReal(Expr raw, Kind.Fixed type, Scalar real) {
    Expr wide = mul(new Expr.Convert(Scalar.F64, raw), Expr.f64(Math.pow(2, -type.fraction())));
    return Emit.convert(real, wide);
  }
}
