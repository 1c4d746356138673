package snel.target.jvm;

import static snel.target.jvm.Arithmetic.add;
import static snel.target.jvm.Arithmetic.divide;
import static snel.target.jvm.Arithmetic.multiply;
import static snel.target.jvm.Arithmetic.subtract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.UnaryOp;

/// Writes calls of the single-precision functions of semantics.md §12 out as the operations that
/// define them, without branches, so that they can be done in vectors; those of double precision by
/// [DoubleFunctions]. The results have the bits of the run-time library's functions.
final class FunctionExpansion {
  private static final String RAW = "$raw";
  private static final float ROUNDER = 0x1.8p23f;
  private static final float LOG2_E = 0x1.715476p0f;
  private static final float MINUS_LN2_HIGH = -0x1.62e4p-1f;
  private static final float MINUS_LN2_LOW = -0x1.7f7d1cp-20f;
  private static final float EXP_HIGHEST = 0x1.62e42ep6f;

  private final String prefix;
  private final List<Stmt> out = new ArrayList<>();
  private int names;

  /// @param prefix makes the names of locals differ from those of other loops of the kernel
  FunctionExpansion(String prefix) {
    this.prefix = prefix;
  }

  /// Whether the bits of this local are never looked at when it is NaN.
  static boolean isRaw(Expr expr) {
    return expr instanceof Expr.Read(String name, _) && isRaw(name);
  }

  /// Whether a local was made here.
  static boolean isRaw(String local) {
    return local.startsWith(RAW);
  }

  /// A name for a local that says no more of it than [#isRaw].
  static String renamed(String local, int number) {
    return (isRaw(local) ? RAW : "$") + number;
  }

  /// The statements with calls written out.
  List<Stmt> expand(List<Stmt> block) {
    FunctionExpansion inner = new FunctionExpansion(prefix);
    inner.names = names;
    block.forEach(inner::write);
    names = inner.names;
    return inner.out;
  }

  private void write(Stmt stmt) {
    switch (stmt) {
      case Stmt.Let(String name, Expr value) -> out.add(new Stmt.Let(name, written(value)));
      case Stmt.Var(String name, Expr value) -> out.add(new Stmt.Var(name, written(value)));
      case Stmt.Assign(String name, Expr value) -> out.add(new Stmt.Assign(name, written(value)));
      case Stmt.Store(Buffer buffer, Expr index, Expr value) ->
          out.add(new Stmt.Store(buffer, index, written(value)));
      case Stmt.If branch -> {
        Expr condition = written(branch.condition());
        out.add(new Stmt.If(condition, expand(branch.then()), expand(branch.otherwise())));
      }
      case Stmt.Loop _, Stmt.While _, Stmt.Collect _, Stmt.Push _, Stmt.Words _, Stmt.AddBits _ ->
          out.add(stmt);
    }
  }

  private Expr written(Expr expr) {
    Expr inner = Nodes.mapOperands(expr, this::written);
    return inner instanceof Expr.Call call ? call(call).orElse(call) : inner;
  }

  private Optional<Expr> call(Expr.Call call) {
    if (call.type() == Scalar.F64 && DoubleFunctions.knows(call.function())) {
      Expr argument = let(call.arguments().getFirst());
      return Optional.of(new DoubleFunctions(this::let).call(call.function(), argument));
    }
    if (call.type() != Scalar.F32) {
      return Optional.empty();
    }
    List<Expr> arguments = call.arguments().stream().map(this::let).toList();
    Expr x = arguments.getFirst();
    return switch (call.function()) {
      case EXP -> Optional.of(exp(x));
      case EXPM1 -> Optional.of(expm1(x));
      case LOG -> Optional.of(log(x));
      case SIGMOID -> {
        Expr e = exp(let(new Expr.Unary(UnaryOp.NEG, x)));
        yield Optional.of(divide(real(1), add(real(1), e)));
      }
      case TANH -> Optional.of(tanh(x));
      case EXPREL -> {
        Expr ratio = divide(expm1(x), x);
        yield Optional.of(choose(CompareOp.EQ, x, real(0), real(1), ratio));
      }
      case POW -> Optional.of(pow(x, arguments.get(1)));
      case NORMAL -> Optional.of(normal(x));
      case UNIFORM ->
          Optional.of(
              multiply(new Expr.Convert(Scalar.F32, integer(BinaryOp.USHR, x, 8)), real(0x1p-24f)));
      case LOG1P,
          SIN,
          COS,
          TAN,
          ASIN,
          ACOS,
          ATAN,
          ATAN2,
          SINH,
          COSH,
          POWER,
          MULHI,
          BELOW,
          ADD_EXACT,
          SUB_EXACT,
          MUL_EXACT,
          FLOAT_BITS,
          BITS_FLOAT,
          IS_FINITE,
          EXPONENTIAL_SEQUENCE,
          GAMMA_SEQUENCE,
          BINOMIAL_SEQUENCE,
          FIXED_EXP,
          NEAR_EXP,
          NEAR_EXPM1,
          NEAR_LOG,
          NEAR_TANH,
          NEAR_SIN,
          NEAR_COS ->
          Optional.empty();
    };
  }

  private record Reduced(Expr k, Expr q) {}

  /// x = k ln 2 + r; q = e^r - 1.
  private Reduced reduce(Expr x) {
    Expr t = let(fma(x, real(LOG2_E), real(ROUNDER)));
    Expr n = let(subtract(t, real(ROUNDER)));
    Expr k = let(integer(BinaryOp.SUB, bits(t), Float.floatToRawIntBits(ROUNDER)));
    Expr r = let(fma(n, real(MINUS_LN2_LOW), fma(n, real(MINUS_LN2_HIGH), x)));
    Expr p =
        horner(r, 0x1.6a4b36p-10f, 0x1.12398ep-7f, 0x1.5558b2p-5f, 0x1.555492p-3f, 0x1.fffffcp-2f);
    return new Reduced(k, let(fma(multiply(r, r), p, r)));
  }

  private Expr exp(Expr x) {
    Reduced reduced = reduce(x);
    Expr half = let(integer(BinaryOp.SHR, reduced.k, 1));
    Expr rest = new Expr.Binary(BinaryOp.SUB, reduced.k, half);
    Expr y =
        multiply(multiply(add(reduced.q, real(1)), powerOfTwo(half, 127)), powerOfTwo(rest, 127));
    return let(ends(x, y, -0x1.5d589ep6f, 0));
  }

  private Expr expm1(Expr x) {
    Reduced reduced = reduce(x);
    Expr scale = let(powerOfTwo(reduced.k, 126));
    Expr y = multiply(real(2), fma(scale, reduced.q, subtract(scale, real(0.5f))));
    Expr isZero = new Expr.Compare(CompareOp.EQ, reduced.k, Expr.i32(0));
    return let(ends(x, new Expr.Choose(isZero, reduced.q, y), -17.5f, -1));
  }

  /// `y` where neither too small nor too large nor NaN.
  private Expr ends(Expr x, Expr y, float lowest, float below) {
    Expr low = choose(CompareOp.LT, x, real(lowest), real(below), y);
    Expr high = choose(CompareOp.GT, x, real(EXP_HIGHEST), real(Float.POSITIVE_INFINITY), low);
    return choose(CompareOp.NE, x, x, x, high);
  }

  private Expr log(Expr x) {
    Expr small = let(new Expr.Compare(CompareOp.LT, x, real(Float.MIN_NORMAL)));
    Expr scaled = let(multiply(x, new Expr.Choose(small, real(0x1p25f), real(1))));
    Expr i = let(integer(BinaryOp.SUB, bits(scaled), 0x3f3504f3));
    Expr exponent =
        new Expr.Binary(
            BinaryOp.ADD,
            integer(BinaryOp.SHR, i, 23),
            new Expr.Choose(small, Expr.i32(-25), Expr.i32(0)));
    Expr n = let(new Expr.Convert(Scalar.F32, exponent));
    Expr mantissa = integer(BinaryOp.ADD, integer(BinaryOp.AND, i, 0x7fffff), 0x3f3504f3);
    Expr f = let(subtract(floatOf(mantissa), real(1)));
    Expr q =
        horner(
            f,
            -0x1.38cf2p-4f,
            0x1.05602ep-3f,
            -0x1.0d81f2p-3f,
            0x1.22d8f8p-3f,
            -0x1.54728cp-3f,
            0x1.99a01ep-3f,
            -0x1.000226p-2f,
            0x1.555554p-2f);
    Expr tail = multiply(multiply(f, f), fma(f, q, real(-0.5f)));
    Expr low = fma(n, real(-MINUS_LN2_LOW), tail);
    Expr y = fma(n, real(-MINUS_LN2_HIGH), add(f, low));
    Expr infinity = real(Float.POSITIVE_INFINITY);
    Expr high = choose(CompareOp.EQ, x, infinity, x, y);
    Expr positive = choose(CompareOp.GT, x, real(0), high, real(Float.NaN));
    return let(choose(CompareOp.EQ, x, real(0), real(Float.NEGATIVE_INFINITY), positive));
  }

  private Expr tanh(Expr x) {
    Expr e = expm1(let(multiply(real(2), x)));
    Expr y = divide(e, add(e, real(2)));
    Expr high = choose(CompareOp.GT, x, real(9.02f), real(1), y);
    return let(choose(CompareOp.LT, x, real(-9.02f), real(-1), high));
  }

  private Expr pow(Expr x, Expr y) {
    Expr general = exp(let(multiply(y, log(x))));
    Expr infinity = real(Float.POSITIVE_INFINITY);
    Expr negative = choose(CompareOp.LT, y, real(0), infinity, real(Float.NaN));
    Expr ofZero = choose(CompareOp.GT, y, real(0), real(0), negative);
    Expr nonZero = choose(CompareOp.EQ, x, real(0), ofZero, general);
    return let(choose(CompareOp.EQ, y, real(0), real(1), nonZero));
  }

  private Expr normal(Expr word) {
    Expr u =
        let(
            fma(
                new Expr.Convert(Scalar.F32, integer(BinaryOp.USHR, word, 9)),
                real(0x1p-22f),
                real(-0x1.fffffcp-1f)));
    Expr product = let(multiply(subtract(real(1), u), add(real(1), u)));
    Expr v = let(new Expr.Unary(UnaryOp.NEG, log(product)));
    Expr p =
        horner(
            let(subtract(v, real(2.5f))),
            2.81022636e-08f,
            3.43273939e-07f,
            -3.5233877e-06f,
            -4.39150654e-06f,
            0.00021858087f,
            -0.00125372503f,
            -0.00417768164f,
            0.246640727f,
            1.50140941f);
    Expr far =
        horner(
            let(subtract(new Expr.Unary(UnaryOp.SQRT, v), real(3))),
            -0.000200214257f,
            0.000100950558f,
            0.00134934322f,
            -0.00367342844f,
            0.00573950773f,
            -0.0076224613f,
            0.00943887047f,
            1.00167406f,
            2.83297682f);
    Expr chosen = choose(CompareOp.LT, v, real(5), p, far);
    return let(multiply(real(0x1.6a09e6p0f), multiply(chosen, u)));
  }

  private Expr horner(Expr x, float... coefficients) {
    Expr p = real(coefficients[0]);
    for (int i = 1; i < coefficients.length; i++) {
      p = fma(p, x, real(coefficients[i]));
    }
    return let(p);
  }

  private Expr let(Expr value) {
    if (value instanceof Expr.Read || value instanceof Expr.Const) {
      return value;
    }
    String name = RAW + prefix + "." + names++;
    out.add(new Stmt.Let(name, value));
    return new Expr.Read(name, value.type());
  }

  private static Expr powerOfTwo(Expr exponent, int bias) {
    return floatOf(integer(BinaryOp.SHL, integer(BinaryOp.ADD, exponent, bias), 23));
  }

  private static Expr floatOf(Expr bits) {
    return new Expr.Call(Function.BITS_FLOAT, Scalar.F32, List.of(bits));
  }

  private static Expr bits(Expr value) {
    return new Expr.Call(Function.FLOAT_BITS, Scalar.I32, List.of(value));
  }

  private static Expr integer(BinaryOp op, Expr left, int right) {
    return new Expr.Binary(op, left, Expr.i32(right));
  }

  private static Expr choose(CompareOp op, Expr a, Expr b, Expr whenTrue, Expr whenFalse) {
    return new Expr.Choose(new Expr.Compare(op, a, b), whenTrue, whenFalse);
  }

  private static Expr real(float value) {
    return Expr.f32(value);
  }

  private static Expr fma(Expr a, Expr b, Expr c) {
    return new Expr.Fma(a, b, c);
  }
}
