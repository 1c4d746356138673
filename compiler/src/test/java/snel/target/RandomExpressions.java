package snel.target;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Length;
import snel.ir.ReduceOp;
import snel.ir.Scalar;
import snel.ir.UnaryOp;

/// Makes well-typed random expressions that stay in bounds and cannot fault: lengths of buffers are
/// powers of two and indices are masked, divisors are odd, exact arithmetic has narrow operands.
final class RandomExpressions {
  private static final List<Function> FLOAT_FUNCTIONS =
      List.of(
          Function.EXP,
          Function.EXPM1,
          Function.LOG,
          Function.LOG1P,
          Function.POW,
          Function.SIN,
          Function.COS,
          Function.TAN,
          Function.ASIN,
          Function.ACOS,
          Function.ATAN,
          Function.ATAN2,
          Function.SINH,
          Function.COSH,
          Function.TANH,
          Function.SIGMOID,
          Function.EXPREL,
          Function.POWER,
          Function.NORMAL,
          Function.UNIFORM);

  private static final List<Function> SMOOTH_FUNCTIONS =
      List.of(
          Function.EXP,
          Function.EXPM1,
          Function.LOG,
          Function.POW,
          Function.TANH,
          Function.SIGMOID,
          Function.EXPREL,
          Function.NORMAL,
          Function.UNIFORM);

  private final Random random;
  private final List<Buffer> buffers;
  private final int size;
  private final List<Expr.Read> locals = new ArrayList<>();

  /// Buffers that an independent loop writes: only its own element may be read.
  private final List<Buffer> own = new ArrayList<>();

  private String ownIndex = "";

  /// Whether only what can be done for many elements at once is made.
  private boolean smooth;

  private int names;
  private boolean inReduction;

  /// @param buffers of fixed lengths that are powers of two, free to be read; first the clock
  /// @param size elements of an array
  RandomExpressions(Random random, List<Buffer> buffers, int size) {
    this.random = random;
    this.buffers = buffers;
    this.size = size;
  }

  String freshName(String stem) {
    return stem + names++;
  }

  void declare(String name, Scalar type) {
    locals.add(new Expr.Read(name, type));
  }

  /// Number of locals in sight, to be given back to [#forget].
  int mark() {
    return locals.size();
  }

  void forget(int mark) {
    locals.subList(mark, locals.size()).clear();
  }

  /// @param smooth whether to make only what can be done for many elements at once
  void enterIndependent(String index, List<Buffer> written, boolean smooth) {
    ownIndex = index;
    own.addAll(written);
    this.smooth = smooth;
  }

  void leaveIndependent() {
    ownIndex = "";
    own.clear();
    smooth = false;
  }

  <T> T pick(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  Expr of(Scalar type, int depth) {
    if (depth <= 0 || chance(0.15)) {
      return leaf(type);
    }
    if (chance(0.08)) {
      return new Expr.Choose(of(Scalar.BOOL, depth - 1), of(type, depth - 1), of(type, depth - 1));
    }
    if (chance(0.08)) {
      return new Expr.Convert(type, of(pick(Arrays.asList(Scalar.values())), depth - 1));
    }
    return switch (type) {
      case BOOL -> truth(depth);
      case I32, I64 -> integer(type, depth);
      case F32, F64 -> real(type, depth);
    };
  }

  private Expr leaf(Scalar type) {
    List<Expr.Read> fitting = locals.stream().filter(local -> local.type() == type).toList();
    if (!fitting.isEmpty() && chance(0.5)) {
      return pick(fitting);
    }
    List<Buffer> loadable =
        buffers.stream().filter(buffer -> buffer.cell().scalar() == type).toList();
    return !loadable.isEmpty() && chance(0.6) ? load(pick(loadable)) : constant(type);
  }

  private Expr load(Buffer buffer) {
    int length = (int) ((Length.Fixed) buffer.length()).count();
    if (own.contains(buffer)) {
      return new Expr.Load(buffer, slotIndex(length));
    }
    if (smooth) {
      boolean walked = length >= size && chance(0.8);
      return new Expr.Load(buffer, walked ? slotIndex(length) : Expr.i32(random.nextInt(length)));
    }
    return new Expr.Load(buffer, index(buffer, 1));
  }

  Expr ownIndex() {
    return new Expr.Read(ownIndex, Scalar.I32);
  }

  /// The place of the loop's own element in the slot of the present step of a ring.
  Expr slotIndex(int length) {
    if (length == size) {
      return ownIndex();
    }
    Expr step = new Expr.Convert(Scalar.I32, new Expr.Load(buffers.getFirst(), Expr.i32(0)));
    Expr slot = new Expr.Binary(BinaryOp.AND, step, Expr.i32(length / size - 1));
    return new Expr.Binary(
        BinaryOp.ADD, new Expr.Binary(BinaryOp.MUL, slot, Expr.i32(size)), ownIndex());
  }

  /// An index that lies in `buffer`.
  Expr index(Buffer buffer, int depth) {
    int length = (int) ((Length.Fixed) buffer.length()).count();
    if (length == 1) {
      return Expr.i32(0);
    }
    Expr masked =
        switch (random.nextInt(4)) {
          case 0 -> Expr.i32(random.nextInt(length));
          default -> new Expr.Binary(BinaryOp.AND, of(Scalar.I32, depth - 1), Expr.i32(length - 1));
        };
    return chance(0.1) ? new Expr.Convert(Scalar.I64, masked) : masked;
  }

  private Expr constant(Scalar type) {
    return switch (type) {
      case BOOL -> Expr.bool(random.nextBoolean());
      case I32 -> Expr.i32(chance(0.7) ? random.nextInt(-20, 100) : random.nextInt());
      case I64 -> Expr.i64(chance(0.7) ? random.nextInt(-20, 100) : random.nextLong());
      case F32 -> chance(0.97) ? Expr.f32(random.nextInt(-80, 80) / 16f) : oddFloat();
      case F64 -> chance(0.97) ? Expr.f64(random.nextGaussian() * 3) : oddDouble();
    };
  }

  private Expr oddFloat() {
    return Expr.f32(pick(List.of(-0f, Float.NaN, Float.POSITIVE_INFINITY, 1e-42f, 3e38f)));
  }

  private Expr oddDouble() {
    return Expr.f64(pick(List.of(-0.0, Double.NaN, Double.NEGATIVE_INFINITY, 1e-310, 1e308)));
  }

  private Expr truth(int depth) {
    Supplier<Expr> inner = () -> of(Scalar.BOOL, depth - 1);
    return switch (random.nextInt(8)) {
      case 0 -> new Expr.Unary(UnaryOp.NOT, inner.get());
      case 1 ->
          new Expr.Binary(
              pick(List.of(BinaryOp.AND, BinaryOp.OR, BinaryOp.XOR)), inner.get(), inner.get());
      case 2 ->
          new Expr.Call(
              Function.BELOW,
              Scalar.BOOL,
              List.of(of(Scalar.I32, depth - 1), of(Scalar.I32, depth - 1)));
      case 3 ->
          new Expr.Call(
              Function.IS_FINITE,
              Scalar.BOOL,
              List.of(of(pick(List.of(Scalar.F32, Scalar.F64)), depth - 1)));
      case 4 ->
          new Expr.Compare(pick(List.of(CompareOp.EQ, CompareOp.NE)), inner.get(), inner.get());
      default -> {
        Scalar type = pick(List.of(Scalar.I32, Scalar.I64, Scalar.F32, Scalar.F64));
        yield new Expr.Compare(
            pick(Arrays.asList(CompareOp.values())), of(type, depth - 1), of(type, depth - 1));
      }
    };
  }

  private Expr integer(Scalar type, int depth) {
    Supplier<Expr> inner = () -> of(type, depth - 1);
    int kind = random.nextInt(type == Scalar.I32 ? 10 : 12);
    boolean rough = kind == 1 || kind == 3 || kind == 4 || kind > 9;
    boolean bits = kind == 5 && type == Scalar.I32;
    return switch (smooth && (rough || (kind == 5 && !bits)) ? 9 : kind) {
      case 0 -> new Expr.Unary(pick(List.of(UnaryOp.NEG, UnaryOp.ABS)), inner.get());
      case 1 -> {
        Expr one = type == Scalar.I32 ? Expr.i32(1) : Expr.i64(1);
        yield new Expr.Binary(
            pick(List.of(BinaryOp.DIV, BinaryOp.REM)),
            inner.get(),
            new Expr.Binary(BinaryOp.OR, inner.get(), one));
      }
      case 2 ->
          new Expr.Binary(
              pick(List.of(BinaryOp.SHL, BinaryOp.SHR, BinaryOp.USHR)),
              inner.get(),
              of(Scalar.I32, depth - 1));
      case 3 -> reduction(type, depth);
      case 4 -> type == Scalar.I32 ? word(depth) : exact(depth);
      case 5 ->
          type == Scalar.I32
              ? new Expr.Call(Function.FLOAT_BITS, Scalar.I32, List.of(of(Scalar.F32, depth - 1)))
              : new Expr.Call(Function.MULHI, Scalar.I64, List.of(inner.get(), inner.get()));
      case 10 -> exact(depth);
      case 11 -> fixedExp(depth);
      default ->
          new Expr.Binary(
              pick(
                  List.of(
                      BinaryOp.ADD,
                      BinaryOp.SUB,
                      BinaryOp.MUL,
                      BinaryOp.MIN,
                      BinaryOp.MAX,
                      BinaryOp.AND,
                      BinaryOp.OR,
                      BinaryOp.XOR)),
              inner.get(),
              inner.get());
    };
  }

  Expr word(int depth) {
    Supplier<Expr> part = () -> of(Scalar.I32, depth - 2);
    return new Expr.Philox(
        Expr.i32(random.nextInt()), part.get(), part.get(), part.get(), part.get(), part.get());
  }

  private Expr exact(int depth) {
    Function function = pick(List.of(Function.ADD_EXACT, Function.SUB_EXACT, Function.MUL_EXACT));
    Supplier<Expr> narrow = () -> new Expr.Convert(Scalar.I64, of(Scalar.I32, depth - 1));
    return new Expr.Call(function, Scalar.I64, List.of(narrow.get(), narrow.get()));
  }

  private Expr fixedExp(int depth) {
    Expr x = new Expr.Binary(BinaryOp.AND, of(Scalar.I64, depth - 1), Expr.i64(0xfffff));
    return new Expr.Call(
        Function.FIXED_EXP,
        Scalar.I64,
        List.of(new Expr.Unary(UnaryOp.NEG, x), Expr.i32(random.nextInt(1, 17))));
  }

  private Expr real(Scalar type, int depth) {
    Supplier<Expr> inner = () -> of(type, depth - 1);
    int kind = random.nextInt(12);
    boolean rough = kind == 5 || ((kind == 3 || kind == 4 || kind == 6) && type == Scalar.F64);
    List<UnaryOp> unary =
        smooth
            ? List.of(UnaryOp.NEG, UnaryOp.ABS, UnaryOp.SQRT)
            : List.of(
                UnaryOp.NEG, UnaryOp.ABS, UnaryOp.SQRT, UnaryOp.FLOOR, UnaryOp.CEIL, UnaryOp.RINT);
    return switch (smooth && rough ? 2 : kind) {
      case 0 -> new Expr.Unary(pick(unary), inner.get());
      case 1, 2 -> new Expr.Fma(inner.get(), inner.get(), inner.get());
      case 3, 4 -> call(type, depth);
      case 5 -> reduction(type, depth);
      case 6 -> type == Scalar.F64 ? sequence(depth) : bitsFloat(depth);
      default ->
          new Expr.Binary(
              pick(
                  List.of(
                      BinaryOp.ADD,
                      BinaryOp.SUB,
                      BinaryOp.MUL,
                      BinaryOp.DIV,
                      smooth ? BinaryOp.DIV : BinaryOp.REM,
                      BinaryOp.MIN,
                      BinaryOp.MAX)),
              inner.get(),
              inner.get());
    };
  }

  private Expr bitsFloat(int depth) {
    return new Expr.Call(Function.BITS_FLOAT, Scalar.F32, List.of(of(Scalar.I32, depth - 1)));
  }

  private Expr call(Scalar type, int depth) {
    Function function = pick(smooth ? SMOOTH_FUNCTIONS : FLOAT_FUNCTIONS);
    Scalar argument =
        function == Function.NORMAL || function == Function.UNIFORM ? Scalar.I32 : type;
    Expr first = of(argument, depth - 1);
    List<Expr> arguments =
        switch (function) {
          case POW, ATAN2 -> List.of(first, of(argument, depth - 1));
          case POWER -> List.of(first, of(Scalar.I64, depth - 1));
          default -> List.of(first);
        };
    return new Expr.Call(function, type, arguments);
  }

  private Expr sequence(int depth) {
    Expr stream = Expr.i32(random.nextInt());
    Supplier<Expr> counter = () -> of(Scalar.I32, depth - 2);
    Expr unit = new Expr.Call(Function.UNIFORM, Scalar.F64, List.of(of(Scalar.I32, depth - 2)));
    List<Expr> parts = new ArrayList<>();
    parts.addAll(List.of(stream, counter.get(), counter.get(), counter.get()));
    return switch (random.nextInt(3)) {
      case 0 -> new Expr.Call(Function.EXPONENTIAL_SEQUENCE, Scalar.F64, parts);
      case 1 -> {
        parts.add(new Expr.Fma(unit, Expr.f64(5), Expr.f64(0.125)));
        yield new Expr.Call(Function.GAMMA_SEQUENCE, Scalar.F64, parts);
      }
      default -> {
        parts.add(
            new Expr.Convert(
                Scalar.F64,
                new Expr.Binary(BinaryOp.AND, of(Scalar.I32, depth - 2), Expr.i32(63))));
        parts.add(unit);
        yield new Expr.Call(Function.BINOMIAL_SEQUENCE, Scalar.F64, parts);
      }
    };
  }

  /// A reduction over at most 40 terms, not inside another's body.
  private Expr reduction(Scalar type, int depth) {
    if (inReduction) {
      return leaf(type);
    }
    Expr from = Expr.i32(random.nextInt(-2, 3));
    Expr to =
        chance(0.5)
            ? Expr.i32(random.nextInt(40))
            : new Expr.Binary(BinaryOp.AND, of(Scalar.I32, 1), Expr.i32(31));
    inReduction = true;
    String index = freshName("r");
    int mark = mark();
    declare(index, Scalar.I32);
    Expr body = of(type, Math.min(depth - 1, 2));
    forget(mark);
    inReduction = false;
    return new Expr.Reduce(pick(Arrays.asList(ReduceOp.values())), index, from, to, body);
  }

  /// A float kept from growing without bound; other types as they are.
  Expr tame(Expr value) {
    if (!value.type().isFloat() || chance(0.1)) {
      return value;
    }
    Expr above = new Expr.Binary(BinaryOp.MAX, value, Expr.real(value.type(), -1e4));
    return new Expr.Binary(BinaryOp.MIN, above, Expr.real(value.type(), 1e4));
  }
}
