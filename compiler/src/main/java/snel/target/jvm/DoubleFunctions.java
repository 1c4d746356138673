package snel.target.jvm;

import static snel.target.jvm.Arithmetic.add;
import static snel.target.jvm.Arithmetic.divide;
import static snel.target.jvm.Arithmetic.multiply;
import static snel.target.jvm.Arithmetic.subtract;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import snel.diagnostics.CompilerBug;
import snel.ir.BinaryOp;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Scalar;
import snel.ir.UnaryOp;

/// Writes calls of the double-precision functions of semantics.md §11 that neurons need most out as
/// operations without branches: fdlibm's `e_exp.c`, `s_expm1.c` and `s_tanh.c`, whose cases are
/// computed side by side, with the bits of `StrictMath`. In the local names of the sources, x = k
/// ln 2 + r. As k is rounded from x / ln 2 in all cases but the smallest, their two ways to find it
/// are one.
final class DoubleFunctions {
  private static final double LN2_HIGH = 0x1.62e42feep-1;
  private static final double LN2_LOW = 0x1.a39ef35793c76p-33;
  private static final double INVERSE_LN2 = 0x1.71547652b82fep0;
  private static final double HIGHEST = 0x1.62e42fefa39efp9;
  private static final double LOWEST = -0x1.74910d52d3051p9;
  private static final double ROUNDER = 0x1.8p52;

  /// Where the upper half of a number first is more than that of ln 2 / 2.
  private static final double REDUCED_FROM = Double.longBitsToDouble(0x3fd6_2e43_0000_0000L);

  /// Where it is first that of 56 ln 2.
  private static final double MINUS_ONE_FROM = Double.longBitsToDouble(0x4043_687a_0000_0000L);

  private static final int MANTISSA_BITS = 52;

  /// Powers below 2^-1021 are made in two steps.
  private static final int STEP = 1000;

  private static final Set<Function> KNOWN =
      EnumSet.of(Function.EXP, Function.EXPM1, Function.TANH, Function.SIGMOID, Function.EXPREL);

  private final UnaryOperator<Expr> let;

  /// @param let names a value that is used more than once
  DoubleFunctions(UnaryOperator<Expr> let) {
    this.let = let;
  }

  static boolean knows(Function function) {
    return KNOWN.contains(function);
  }

  /// The value of a function that it knows.
  Expr call(Function function, Expr x) {
    return switch (function) {
      case EXP -> exp(x);
      case EXPM1 -> expm1(x);
      case TANH -> tanh(x);
      case SIGMOID -> divide(real(1), add(real(1), exp(let(new Expr.Unary(UnaryOp.NEG, x)))));
      case EXPREL -> choose(CompareOp.EQ, x, 0, real(1), divide(expm1(x), x));
      default -> throw new CompilerBug("not written out: " + function);
    };
  }

  /// @param exponent k where a number's exponent has its place
  private record Reduced(Expr k, Expr exponent, Expr high, Expr low) {}

  private Reduced reduce(Expr x, Expr magnitude) {
    Expr half = choose(CompareOp.LT, x, 0, real(-0.5), real(0.5));
    Expr quotient = let(add(multiply(real(INVERSE_LN2), x), half));
    Expr near = let(subtract(add(quotient, real(ROUNDER)), real(ROUNDER)));
    Expr isFar = new Expr.Compare(CompareOp.GT, abs(near), abs(quotient));
    Expr one = choose(CompareOp.LT, x, 0, real(-1), real(1));
    Expr truncated = let(new Expr.Choose(isFar, subtract(near, one), near));
    Expr k = let(choose(CompareOp.LT, magnitude, REDUCED_FROM, real(0), truncated));
    Expr exponent = let(shift(bits(let(add(k, real(ROUNDER))))));
    Expr high = let(subtract(x, multiply(k, real(LN2_HIGH))));
    return new Reduced(k, exponent, high, let(multiply(k, real(LN2_LOW))));
  }

  private Expr exp(Expr x) {
    Expr magnitude = let(abs(x));
    Reduced reduced = reduce(x, magnitude);
    Expr r = let(subtract(reduced.high, reduced.low));
    Expr t = let(multiply(r, r));
    Expr p =
        horner(
            t,
            0x1.6376972bea4d0p-25,
            -0x1.bbd41c5d26bf1p-20,
            0x1.1566aaf25de2cp-14,
            -0x1.6c16c16bebd93p-9,
            0x1.555555555553ep-3);
    Expr c = let(subtract(r, multiply(t, p)));
    Expr quotient = divide(multiply(r, c), subtract(real(2), c));
    Expr y = subtract(real(1), subtract(subtract(reduced.low, quotient), reduced.high));
    Expr isTiny = let(new Expr.Compare(CompareOp.LT, reduced.k, real(-1021)));
    Expr more = new Expr.Choose(isTiny, Expr.i64((long) STEP << MANTISSA_BITS), Expr.i64(0));
    Expr scaled = scaled(let(y), new Expr.Binary(BinaryOp.ADD, reduced.exponent, more));
    Expr result = multiply(scaled, new Expr.Choose(isTiny, real(0x1p-1000), real(1)));
    Expr whole = choose(CompareOp.LT, magnitude, 0x1p-28, add(real(1), x), let(result));
    Expr low = choose(CompareOp.LT, x, LOWEST, real(0), whole);
    return let(highEnd(x, low));
  }

  private Expr expm1(Expr argument) {
    Expr magnitude = let(abs(argument));
    Reduced reduced = reduce(argument, magnitude);
    Expr k = reduced.k;
    Expr x = let(subtract(reduced.high, reduced.low));
    Expr c = let(subtract(subtract(reduced.high, x), reduced.low));
    Expr half = let(multiply(real(0.5), x));
    Expr square = let(multiply(x, half));
    Expr r1 =
        horner(
            square,
            -0x1.afdb76e09c32dp-23,
            0x1.0cfca86e65239p-18,
            -0x1.4ce199eaadbb7p-14,
            0x1.a01a019fe5585p-10,
            -0x1.11111111110f4p-5,
            1);
    Expr t = let(subtract(real(3), multiply(r1, half)));
    Expr ratio = divide(subtract(r1, t), subtract(real(6), multiply(x, t)));
    Expr first = let(multiply(square, ratio));
    Expr e = let(subtract(subtract(multiply(x, subtract(first, c)), c), square));
    Expr d = let(subtract(x, e));
    Expr far = subtract(scaled(let(add(real(1), d)), reduced.exponent), real(1));
    Expr power =
        let(
            ofBits(
                new Expr.Binary(
                    BinaryOp.SUB, Expr.i64(Double.doubleToRawLongBits(1)), reduced.exponent)));
    Expr lessThan20 = add(subtract(real(1), power), d);
    Expr others = add(subtract(x, add(e, power)), real(1));
    Expr middle = let(choose(CompareOp.LT, k, 20, lessThan20, others));
    Expr ordinary = choose(CompareOp.GT, k, 56, far, let(scaled(middle, reduced.exponent)));
    Expr belowQuarter = multiply(real(-2), subtract(e, add(x, real(0.5))));
    Expr aboveQuarter = add(real(1), multiply(real(2), d));
    Expr ofOne = choose(CompareOp.LT, x, -0.25, belowQuarter, aboveQuarter);
    Expr ofMinusOne = subtract(multiply(real(0.5), d), real(0.5));
    Expr upper = choose(CompareOp.EQ, k, 1, ofOne, let(ordinary));
    Expr lower = choose(CompareOp.EQ, k, -1, ofMinusOne, choose(CompareOp.LT, k, -1, far, upper));
    Expr inner = choose(CompareOp.EQ, k, 0, d, lower);
    Expr whole = choose(CompareOp.LT, magnitude, 0x1p-54, argument, let(inner));
    Expr low = choose(CompareOp.LE, argument, -MINUS_ONE_FROM, real(-1), whole);
    return let(highEnd(argument, low));
  }

  private Expr tanh(Expr x) {
    Expr magnitude = let(abs(x));
    Expr isLarge = let(new Expr.Compare(CompareOp.GE, magnitude, real(1)));
    Expr doubled = multiply(new Expr.Choose(isLarge, real(2), real(-2)), magnitude);
    Expr t = expm1(let(doubled));
    Expr quotient = divide(new Expr.Choose(isLarge, real(2), t), add(t, real(2)));
    Expr q = let(quotient);
    Expr z = new Expr.Choose(isLarge, subtract(real(1), q), new Expr.Unary(UnaryOp.NEG, q));
    Expr capped = let(choose(CompareOp.GE, magnitude, 22, real(1), let(z)));
    Expr signed = choose(CompareOp.LT, x, 0, new Expr.Unary(UnaryOp.NEG, capped), capped);
    Expr whole = choose(CompareOp.LT, magnitude, 0x1p-55, multiply(x, add(real(1), x)), signed);
    return let(new Expr.Choose(new Expr.Compare(CompareOp.NE, x, x), x, whole));
  }

  private static Expr highEnd(Expr x, Expr y) {
    Expr high = choose(CompareOp.GT, x, HIGHEST, real(Double.POSITIVE_INFINITY), y);
    return new Expr.Choose(new Expr.Compare(CompareOp.NE, x, x), x, high);
  }

  private Expr let(Expr value) {
    return let.apply(value);
  }

  /// Horner's scheme with products and sums that are rounded each.
  private Expr horner(Expr x, double... coefficients) {
    Expr p = real(coefficients[0]);
    for (int i = 1; i < coefficients.length; i++) {
      p = add(real(coefficients[i]), multiply(x, p));
    }
    return let(p);
  }

  private Expr scaled(Expr y, Expr exponent) {
    return ofBits(new Expr.Binary(BinaryOp.ADD, bits(y), exponent));
  }

  /// Bits of a double, which the IR itself has no function for.
  private static Expr bits(Expr value) {
    return new Expr.Call(Function.FLOAT_BITS, Scalar.I64, List.of(value));
  }

  private static Expr ofBits(Expr bits) {
    return new Expr.Call(Function.BITS_FLOAT, Scalar.F64, List.of(bits));
  }

  private static Expr shift(Expr bits) {
    return new Expr.Binary(BinaryOp.SHL, bits, Expr.i32(MANTISSA_BITS));
  }

  private static Expr choose(CompareOp op, Expr a, double b, Expr whenTrue, Expr whenFalse) {
    return new Expr.Choose(new Expr.Compare(op, a, real(b)), whenTrue, whenFalse);
  }

  private static Expr abs(Expr value) {
    return new Expr.Unary(UnaryOp.ABS, value);
  }

  private static Expr real(double value) {
    return Expr.f64(value);
  }
}
