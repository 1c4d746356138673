package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.mul;
import static snel.lower.Emit.sub;

import java.util.Arrays;
import java.util.function.Supplier;
import snel.diagnostics.CompilerBug;
import snel.ir.BinaryOp;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Scalar;
import snel.ir.UnaryOp;
import snel.math.Exact;
import snel.math.Kind;
import snel.units.Rational;

/// Fixed-point arithmetic in `I64` registers (semantics.md §13): raw values of W = i + f bits; sums
/// stay wide until they are stored, products are shifted right by a rounding mode and narrowed.
final class FixedPoint {
  /// Fractional bits of a decay factor.
  static final int DECAY_BITS = 12;

  /// Fractional bits of `exp`, whose results lie in 0 .. 1.
  static final Kind.Fixed EXP = Kind.Fixed.of(2, 14);

  /// Up to this width the product of two sums fits into 64 bits as it is.
  private static final int WIDE_FACTORS = 24;

  /// Literals keep more bits than the type has, but no more than this many.
  private static final long LARGEST_LITERAL = (1L << 31) - 1;

  private FixedPoint() {}

  /// The nearest raw number, half to even.
  static Expr literal(Exact value, Kind.Fixed type) {
    long raw =
        switch (value) {
          case Exact.Ratio(var ratio) ->
              bounded(
                  ratio
                      .dividedBy(type.unit())
                      .times(Rational.of(2).power(type.fraction()))
                      .roundedHalfEven());
          case Exact.Approximate(double number) ->
              (long)
                  Math.clamp(
                      Math.rint(number / amount(type)), -LARGEST_LITERAL - 1, LARGEST_LITERAL);
        };
    return Expr.i64(raw);
  }

  private static long bounded(Rational whole) {
    if (whole.compareTo(Rational.of(LARGEST_LITERAL)) > 0) {
      return LARGEST_LITERAL;
    }
    return whole.compareTo(Rational.of(-LARGEST_LITERAL - 1)) < 0
        ? -LARGEST_LITERAL - 1
        : whole.toLong().orElseThrow();
  }

  /// What the raw number 1 stands for.
  static double amount(Kind.Fixed type) {
    return type.unit().toDouble() * Math.scalb(1.0, -type.fraction());
  }

  static long highest(Kind.Fixed type) {
    return (1L << (type.width() - 1)) - 1;
  }

  static long lowest(Kind.Fixed type) {
    return -(1L << (type.width() - 1));
  }

  /// Amounts from a file as they are stored.
  static double[] raw(double[] values, Kind kind) {
    if (!(kind instanceof Kind.Fixed fixed)) {
      return values;
    }
    return Arrays.stream(values)
        .map(v -> Math.clamp(Math.rint(v / amount(fixed)), lowest(fixed), highest(fixed)))
        .toArray();
  }

  /// A value in the bits of `type`. What is loaded from a variable is kept in its own already.
  static Expr narrowed(Typed value, Kind.Fixed type, Supplier<Expr> random) {
    Expr raw = from(value, type, random);
    boolean fits =
        isLoaded(value.expr()) && value.kind().asFixed().filter(k -> fit(k, type)).isPresent();
    return fits ? raw : narrowed(raw, type);
  }

  /// Brings a wide raw number into the bits of its type.
  static Expr narrowed(Expr raw, Kind.Fixed type) {
    return switch (type.overflow()) {
      case SATURATE -> saturated(raw, type);
      case WRAP -> wrapped(raw, type);
      case LAVA -> add(wrapped(sub(raw, Expr.i64(1)), type), Expr.i64(1));
    };
  }

  /// Whether every raw number of `held` is one of `type` with the same meaning.
  private static boolean fit(Kind.Fixed held, Kind.Fixed type) {
    return held.fraction() == type.fraction()
        && held.unit().equals(type.unit())
        && lowest(held) + above(held) >= lowest(type) + above(type)
        && highest(held) + above(held) <= highest(type) + above(type);
  }

  /// By how much the range of a type lies above two's complement.
  private static int above(Kind.Fixed type) {
    return type.overflow() == Kind.Overflow.LAVA ? 1 : 0;
  }

  private static boolean isLoaded(Expr raw) {
    return raw instanceof Expr.Load
        || raw instanceof Expr.Convert(var scalar, Expr.Load(var buffer, _))
            && scalar == Scalar.I64
            && buffer.cell().scalar() == Scalar.I32;
  }

  private static Expr saturated(Expr raw, Kind.Fixed type) {
    if (raw instanceof Expr.Const(_, var bits)) {
      return Expr.i64(Math.clamp(bits, lowest(type), highest(type)));
    }
    Expr low = new Expr.Binary(BinaryOp.MAX, raw, Expr.i64(lowest(type)));
    return new Expr.Binary(BinaryOp.MIN, low, Expr.i64(highest(type)));
  }

  /// The low W bits, as a signed number.
  private static Expr wrapped(Expr raw, Kind.Fixed type) {
    Expr unused = Expr.i32(Long.SIZE - type.width());
    return new Expr.Binary(BinaryOp.SHR, new Expr.Binary(BinaryOp.SHL, raw, unused), unused);
  }

  /// A factor or divisor: a sum of many bits is narrowed where the product might not fit.
  static Expr factor(Typed value, Kind.Fixed type, Supplier<Expr> random) {
    return type.width() > WIDE_FACTORS ? narrowed(value, type, random) : from(value, type, random);
  }

  /// The largest raw number whose product with `other` fits into 64 bits with a bit to spare.
  static Expr mostBeside(Expr other) {
    Expr size = new Expr.Binary(BinaryOp.MAX, other, new Expr.Unary(UnaryOp.NEG, other));
    Expr divisor = new Expr.Binary(BinaryOp.MAX, size, Expr.i64(1));
    return new Expr.Binary(BinaryOp.DIV, Expr.i64(1L << (Long.SIZE - 2)), divisor);
  }

  static Expr within(Expr raw, Expr most) {
    Expr low = new Expr.Binary(BinaryOp.MAX, raw, new Expr.Unary(UnaryOp.NEG, most));
    return new Expr.Binary(BinaryOp.MIN, low, most);
  }

  /// The product of raw numbers with `fraction` fractional bits together.
  ///
  /// @param random a word, for rounding at random
  static Expr product(Expr a, Expr b, int fraction, Kind.Fixed type, Supplier<Expr> random) {
    Expr full = mul(a, b);
    int shift = fraction - type.fraction();
    Expr shifted =
        shift <= 0
            ? new Expr.Binary(BinaryOp.SHL, full, Expr.i32(-shift))
            : shifted(full, shift, mode(type, Kind.Rounding.NEAREST), random);
    return narrowed(shifted, type);
  }

  private static Kind.Rounding mode(Kind.Fixed type, Kind.Rounding usual) {
    return type.rounding() == Kind.Rounding.USUAL ? usual : type.rounding();
  }

  private static Expr shifted(Expr x, int f, Kind.Rounding mode, Supplier<Expr> random) {
    return switch (mode) {
      case FLOOR -> right(x, f);
      case NEAREST -> right(add(x, Expr.i64(1L << (f - 1))), f);
      case ZERO -> {
        Expr up = new Expr.Unary(UnaryOp.NEG, right(new Expr.Unary(UnaryOp.NEG, x), f));
        yield new Expr.Choose(compare(CompareOp.LT, x, Expr.i64(0)), up, right(x, f));
      }
      case STOCHASTIC -> {
        Expr bits = Emit.and(Emit.convert(Scalar.I64, random.get()), Expr.i64((1L << f) - 1));
        yield right(add(x, bits), f);
      }
      case USUAL -> throw new CompilerBug("a rounding mode without meaning");
    };
  }

  private static Expr right(Expr x, int f) {
    return new Expr.Binary(BinaryOp.SHR, x, Expr.i32(f));
  }

  /// `(a << shift) / b` toward zero; a zero divisor saturates by the sign of a.
  static Expr quotient(Expr a, Expr b, int shift, Kind.Fixed type) {
    Expr zero = Expr.i64(0);
    Expr isZero = compare(CompareOp.EQ, b, zero);
    Expr safe = new Expr.Choose(isZero, Expr.i64(1), b);
    Expr shifted =
        shift >= 0
            ? new Expr.Binary(BinaryOp.SHL, a, Expr.i32(shift))
            : new Expr.Binary(BinaryOp.DIV, a, Expr.i64(1L << -shift));
    Expr raw = new Expr.Binary(BinaryOp.DIV, shifted, safe);
    Expr end =
        new Expr.Choose(
            compare(CompareOp.LT, a, zero), Expr.i64(lowest(type)), Expr.i64(highest(type)));
    return new Expr.Choose(isZero, end, narrowed(raw, type));
  }

  /// `value * p >> 12`, toward zero unless the type says otherwise: a decay by p / 4096.
  static Expr decay(Expr raw, Expr p, Kind.Fixed type, Supplier<Expr> random) {
    return shifted(mul(raw, p), DECAY_BITS, mode(type, Kind.Rounding.ZERO), random);
  }

  static Expr exp(Expr raw, Kind.Fixed type) {
    return Emit.call(Function.FIXED_EXP, Scalar.I64, raw, Expr.i32(type.fraction()));
  }

  /// A value of any kind as a raw number of `type`, not yet narrowed: bits too many behind the
  /// point go as the type rounds; what is no fixed-point number is rounded half to even and
  /// saturated.
  ///
  /// @param random a word, for rounding at random
  static Expr from(Typed value, Kind.Fixed type, Supplier<Expr> random) {
    return switch (value.kind()) {
      case Kind.Fixed other when other.unit().equals(type.unit()) -> {
        int shift = type.fraction() - other.fraction();
        yield shift == 0
            ? value.expr()
            : shift > 0
                ? new Expr.Binary(BinaryOp.SHL, value.expr(), Expr.i32(shift))
                : shifted(value.expr(), -shift, mode(type, Kind.Rounding.NEAREST), random);
      }
      case Kind.Fixed other ->
          rounded(mul(new Expr.Convert(Scalar.F64, value.expr()), Expr.f64(amount(other))), type);
      case Kind.Int _ when type.unit().equals(Rational.ONE) -> {
        Expr low = new Expr.Binary(BinaryOp.MAX, value.expr(), Expr.i64(-LARGEST_LITERAL - 1));
        Expr within = new Expr.Binary(BinaryOp.MIN, low, Expr.i64(LARGEST_LITERAL));
        yield saturated(new Expr.Binary(BinaryOp.SHL, within, Expr.i32(type.fraction())), type);
      }
      case Kind.Int _, Kind.Real _, Kind.Bool _ ->
          rounded(Emit.convert(Scalar.F64, value.expr()), type);
    };
  }

  /// The nearest raw number to a 64-bit amount, half to even.
  static Expr rounded(Expr wide, Kind.Fixed type) {
    Expr scaled =
        type.unit().equals(Rational.ONE)
            ? mul(wide, Expr.f64(Math.scalb(1.0, type.fraction())))
            : new Expr.Binary(BinaryOp.DIV, wide, Expr.f64(amount(type)));
    return saturated(new Expr.Convert(Scalar.I64, new Expr.Unary(UnaryOp.RINT, scaled)), type);
  }

  static Expr toReal(Expr raw, Kind.Fixed type, Scalar real) {
    Expr wide = mul(new Expr.Convert(Scalar.F64, raw), Expr.f64(amount(type)));
    return Emit.convert(real, wide);
  }
}
