package snel.lower;

import java.util.Optional;
import java.util.function.Supplier;
import snel.diagnostics.CompilerBug;
import snel.ir.BinaryOp;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.UnaryOp;
import snel.math.Kind;
import snel.units.Rational;

/// Operations with at least one fixed-point side: the other one, a literal, a coefficient or an
/// amount, is rounded to the same bits first. How a result rounds and overflows is for the variable
/// to say that it is assigned to.
final class FixedTerms {
  private final Expressions expressions;
  private final Scope scope;

  FixedTerms(Expressions expressions, Scope scope) {
    this.expressions = expressions;
    this.scope = scope;
  }

  /// The kind of `a op b`; empty where no side is fixed.
  static Optional<Kind.Fixed> kind(BinaryOp op, snel.math.Expr a, snel.math.Expr b, Kind want) {
    return kind(op, Kinds.of(a), Kinds.of(b), want);
  }

  static Optional<Kind.Fixed> kind(BinaryOp op, Optional<Kind> a, Optional<Kind> b, Kind want) {
    Optional<Kind.Fixed> left = a.flatMap(Kind::asFixed);
    Optional<Kind.Fixed> right = b.flatMap(Kind::asFixed);
    if (left.isEmpty() && right.isEmpty()) {
      return a.isEmpty() && b.isEmpty() ? want.asFixed() : Optional.empty();
    }
    Kind.Fixed kind =
        switch (op) {
          case MUL -> like(left, right, unit(left).times(unit(right)), want);
          case DIV -> like(left, right, unit(left).dividedBy(unit(right)), want);
          default -> Kinds.joined(left, right).orElseThrow();
        };
    return Optional.of(assigned(kind, want));
  }

  /// `kind`, rounding and overflowing as the variable does that the value is assigned to.
  static Kind.Fixed assigned(Kind.Fixed kind, Kind want) {
    return want.asFixed().map(kind::roundedAs).orElse(kind);
  }

  private static Optional<Kind.Fixed> fixed(snel.math.Expr expression) {
    return Kinds.of(expression).flatMap(Kind::asFixed);
  }

  private static Rational unit(Optional<Kind.Fixed> kind) {
    return kind.map(Kind.Fixed::unit).orElse(Rational.ONE);
  }

  private static Kind.Fixed like(
      Optional<Kind.Fixed> left, Optional<Kind.Fixed> right, Rational unit, Kind want) {
    Kind.Fixed one = left.or(() -> right).orElseThrow();
    Kind.Fixed other = right.orElse(one);
    boolean unlike = one.integer() != other.integer() || one.fraction() != other.fraction();
    return (unlike ? want.asFixed().orElse(Kinds.meeting(one, other)) : one).in(unit);
  }

  Typed arithmetic(BinaryOp op, snel.math.Expr a, snel.math.Expr b, Kind.Fixed kind) {
    return switch (op) {
      case ADD, SUB -> {
        Expr left = FixedPoint.from(expressions.typed(a, kind), kind, random());
        Expr right = FixedPoint.from(expressions.typed(b, kind), kind, random());
        yield new Typed(new Expr.Binary(op, left, right), kind);
      }
      case MUL -> {
        Typed left = factor(a, b, kind);
        Typed right = factor(b, a, kind);
        int fraction = fraction(left) + fraction(right);
        Expr product =
            FixedPoint.product(bounded(left, right, kind), right.expr(), fraction, kind, random());
        yield new Typed(product, kind);
      }
      case DIV -> {
        Typed left = factor(a, b, kind);
        Typed right = factor(b, a, kind);
        int shift = kind.fraction() - fraction(left) + fraction(right);
        yield new Typed(FixedPoint.quotient(left.expr(), right.expr(), shift, kind), kind);
      }
      default -> throw new CompilerBug("no fixed-point " + op);
    };
  }

  /// A factor that is a sum of two formats may have more than 32 bits: where the product might not
  /// fit into 64, it is held to what saturates anyway.
  private Expr bounded(Typed factor, Typed other, Kind.Fixed kind) {
    boolean fits = width(factor) + width(other) <= Long.SIZE;
    return fits || kind.overflow() != Kind.Overflow.SATURATE
        ? factor.expr()
        : FixedPoint.within(
            factor.expr(), expressions.once("most", FixedPoint.mostBeside(other.expr())));
  }

  private static int width(Typed value) {
    return value.kind().asFixed().orElseThrow().width();
  }

  private static int fraction(Typed value) {
    return value.kind().asFixed().orElseThrow().fraction();
  }

  /// One side of a product or quotient in its own format, or, if it is no fixed-point number, as a
  /// plain number in the format of the other.
  private Typed factor(snel.math.Expr side, snel.math.Expr other, Kind.Fixed kind) {
    Kind.Fixed format = fixed(side).orElseGet(() -> fixed(other).orElse(kind).in(Rational.ONE));
    Expr raw = FixedPoint.factor(expressions.typed(side, format), format, random());
    return new Typed(expressions.once("factor", raw), format);
  }

  Typed negated(snel.math.Expr a, Kind.Fixed kind) {
    Expr raw = FixedPoint.from(expressions.typed(a, kind), kind, random());
    return new Typed(new Expr.Unary(UnaryOp.NEG, raw), kind);
  }

  /// `decay(x, p)`: p as a whole number of 1/4096, half to even.
  Typed decay(snel.math.Expr x, snel.math.Expr p, Kind want) {
    Kind.Fixed own = fixed(x).or(want::asFixed).orElseThrow();
    Kind.Fixed kind = assigned(own, want);
    Expr raw = expressions.once("x", FixedPoint.factor(expressions.typed(x, own), own, random()));
    return new Typed(FixedPoint.decay(raw, decayFactor(p), kind, random()), kind);
  }

  private Expr decayFactor(snel.math.Expr p) {
    Kind.Fixed bits = Kind.Fixed.of(2, FixedPoint.DECAY_BITS);
    Expr raw = FixedPoint.from(expressions.typed(p, bits), bits, random());
    if (raw instanceof Expr.Const(_, var value)) {
      return Expr.i64(Math.clamp(value, 0, 1L << FixedPoint.DECAY_BITS));
    }
    Expr low = new Expr.Binary(BinaryOp.MAX, raw, Expr.i64(0));
    return new Expr.Binary(BinaryOp.MIN, low, Expr.i64(1L << FixedPoint.DECAY_BITS));
  }

  Typed exp(snel.math.Expr x) {
    Kind.Fixed own = fixed(x).orElseThrow().in(Rational.ONE);
    Expr raw = expressions.of(x, own);
    return new Typed(FixedPoint.exp(raw, own), FixedPoint.EXP);
  }

  /// A word of its own for each rounding of a kernel (semantics.md §10).
  Supplier<Expr> random() {
    return () -> new Expr.Convert(Scalar.I64, scope.draws().rounding(scope.rounding()));
  }
}
