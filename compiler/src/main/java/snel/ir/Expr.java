package snel.ir;

import java.util.List;

/// Scalar expressions of kernels. They have no side effect and may be evaluated in any order; each
/// node is one IEEE or integer operation, never fused or reassociated with another.
public sealed interface Expr {
  Scalar type();

  /// A literal by its bits: `F32` and `F64` as raw IEEE bits, `BOOL` as 0 or 1.
  record Const(Scalar type, long bits) implements Expr {}

  /// A local: a [Stmt.Let], [Stmt.Var] or loop index.
  record Read(String name, Scalar type) implements Expr {}

  /// An element of a buffer. The index is `I32` or `I64`.
  record Load(Buffer buffer, Expr index) implements Expr {
    @Override
    public Scalar type() {
      return buffer.cell().scalar();
    }
  }

  record Unary(UnaryOp op, Expr operand) implements Expr {
    @Override
    public Scalar type() {
      return operand.type();
    }
  }

  record Binary(BinaryOp op, Expr left, Expr right) implements Expr {
    @Override
    public Scalar type() {
      return left.type();
    }
  }

  /// `a * b + c` rounded once. All three are `F32` or all `F64`.
  record Fma(Expr a, Expr b, Expr c) implements Expr {
    @Override
    public Scalar type() {
      return c.type();
    }
  }

  record Compare(CompareOp op, Expr left, Expr right) implements Expr {
    @Override
    public Scalar type() {
      return Scalar.BOOL;
    }
  }

  /// `condition ? whenTrue : whenFalse`; both arms may be evaluated.
  record Choose(Expr condition, Expr whenTrue, Expr whenFalse) implements Expr {
    @Override
    public Scalar type() {
      return whenTrue.type();
    }
  }

  /// A conversion as Java's casts: float to integer truncates and saturates, NaN gives 0; `I64` to
  /// `I32` keeps the low bits; `BOOL` to a number gives 0 or 1; a number to `BOOL` tests `!= 0`.
  record Convert(Scalar type, Expr operand) implements Expr {}

  record Call(Function function, Scalar type, List<Expr> arguments) implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /// One 32-bit word of Philox4x32-10 with key (the program's seed, `stream`) and counter (c0, c1,
  /// c2, c3), all `I32`: word number `word & 3` (semantics.md §10). Result `I32`.
  record Philox(Expr stream, Expr c0, Expr c1, Expr c2, Expr c3, Expr word) implements Expr {
    @Override
    public Scalar type() {
      return Scalar.I32;
    }
  }

  /// A reduction of `body` over index in from ..< to (`I32`). Float sums use 16 strided partials
  /// and the fold 8, 4, 2, 1 of semantics.md §3; an empty range gives the operation's neutral
  /// element (0, or +Inf / -Inf, or the extreme integers).
  record Reduce(ReduceOp op, String index, Expr from, Expr to, Expr body) implements Expr {
    @Override
    public Scalar type() {
      return body.type();
    }
  }

  static Expr i32(int value) {
    return new Const(Scalar.I32, value);
  }

  static Expr i64(long value) {
    return new Const(Scalar.I64, value);
  }

  static Expr f32(float value) {
    return new Const(Scalar.F32, Float.floatToRawIntBits(value));
  }

  static Expr f64(double value) {
    return new Const(Scalar.F64, Double.doubleToRawLongBits(value));
  }

  static Expr bool(boolean value) {
    return new Const(Scalar.BOOL, value ? 1 : 0);
  }

  /// A float literal of `type`, rounded once from `value`.
  static Expr real(Scalar type, double value) {
    return type == Scalar.F32 ? f32((float) value) : f64(value);
  }
}
