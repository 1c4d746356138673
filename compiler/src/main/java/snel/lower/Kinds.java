package snel.lower;

import java.util.List;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Once;

/// The number kind of an expression: `int op int` is int, a literal takes the kind of its partner.
final class Kinds {
  private static final List<String> ROUNDING = List.of("floor", "ceil", "round", "truncate");

  private final Once<Optional<Kind>> known = new Once<>();

  private Kinds() {}

  /// Empty for literals, which fit any kind.
  static Optional<Kind> of(Expr expression) {
    return new Kinds().kind(expression);
  }

  private Optional<Kind> kind(Expr expression) {
    return switch (expression) {
      case Expr.Num _ -> Optional.empty();
      case Expr.Ref ref -> Optional.of(ref.kind());
      default -> known.of(expression, this::found);
    };
  }

  private Optional<Kind> found(Expr expression) {
    return switch (expression) {
      case Expr.Num _ -> Optional.empty();
      case Expr.Truth _, Expr.Compare _, Expr.And _, Expr.Or _, Expr.Not _ ->
          Optional.of(Kind.BOOL);
      case Expr.Ref ref -> Optional.of(ref.kind());
      case Expr.Neg(var a) -> kind(a);
      case Expr.Add(var a, var b) -> both(a, b);
      case Expr.Sub(var a, var b) -> both(a, b);
      case Expr.Mul(var a, var b) -> ofProduct(a, b);
      case Expr.Div(var a, var b) ->
          product(BinaryOp.DIV, kind(a), kind(b)).or(() -> Optional.of(Kind.REAL));
      case Expr.Pow(var a, var b) ->
          whole(a) && b instanceof Expr.Num(var n) && n.isWhole() && n.toDouble() >= 0
              ? Optional.of(Kind.INT)
              : Optional.of(Kind.REAL);
      case Expr.Choose(_, var a, var b) -> both(a, b);
      case Expr.Call(var f, var arguments) -> ofCall(f, arguments);
      case Expr.Draw(var distribution, _, _, _) ->
          Optional.of(distribution.equals("bernoulli") ? Kind.BOOL : Kind.REAL);
      case Expr.OverPeers(var function, var body) -> Optional.of(reduced(function, body));
      case Expr.OverAll(var function, _, var body) -> Optional.of(reduced(function, body));
      case Expr.Since _ -> Optional.of(Kind.REAL);
      case Expr.Element(var array, _) -> Optional.of(array.kind());
      case Expr.Table _ -> Optional.of(Kind.REAL);
    };
  }

  static boolean isInt(Expr expression) {
    return new Kinds().whole(expression);
  }

  private boolean whole(Expr expression) {
    return kind(expression).filter(k -> k instanceof Kind.Int).isPresent();
  }

  static boolean isRounding(String function) {
    return ROUNDING.contains(function);
  }

  /// A quotient whose two sides are ints (one may be a whole literal).
  static boolean isIntQuotient(Expr expression) {
    return new Kinds().wholeQuotient(expression);
  }

  private boolean wholeQuotient(Expr expression) {
    return expression instanceof Expr.Div(var a, var b)
        && both(a, b).filter(k -> k instanceof Kind.Int).isPresent();
  }

  /// Whole numbers stay whole but for their mean, and truths are counted.
  static Kind ofReduction(String function, Expr body) {
    return new Kinds().reduced(function, body);
  }

  private Kind reduced(String function, Expr body) {
    boolean whole = whole(body) && !function.equals("mean");
    boolean truth = kind(body).filter(k -> k instanceof Kind.Bool).isPresent();
    return whole || truth && function.equals("sum") ? Kind.INT : Kind.REAL;
  }

  private Optional<Kind> ofCall(String function, List<Expr> arguments) {
    Expr first = arguments.get(0);
    if (isRounding(function)) {
      return Optional.of(wholeQuotient(first) || whole(first) ? Kind.INT : Kind.REAL);
    }
    return switch (function) {
      case "min", "max", "mod", "clip" -> both(first, arguments.get(1));
      case "abs", "sign", "relu" -> kind(first);
      case "decay" -> fixed(kind(first)).or(() -> Optional.of(Kind.REAL));
      case "exp" -> Optional.of(isFixed(kind(first)) ? FixedPoint.EXP : Kind.REAL);
      case "is_finite" -> Optional.of(Kind.BOOL);
      default -> Optional.of(Kind.REAL);
    };
  }

  private Optional<Kind> ofProduct(Expr a, Expr b) {
    Optional<Kind> left = kind(a);
    Optional<Kind> right = kind(b);
    return product(BinaryOp.MUL, left, right).or(() -> joined(a, left, b, right));
  }

  private static Optional<Kind> product(BinaryOp op, Optional<Kind> a, Optional<Kind> b) {
    return isFixed(a) || isFixed(b)
        ? FixedTerms.kind(op, a, b, Kind.REAL).map(Kind.class::cast)
        : Optional.empty();
  }

  private static boolean isFixed(Optional<Kind> kind) {
    return fixed(kind).isPresent();
  }

  private static Optional<Kind> fixed(Optional<Kind> kind) {
    return kind.filter(k -> k instanceof Kind.Fixed);
  }

  /// The kind in which fixed-point numbers are added and compared; where one is none, it is brought
  /// to the bits of the other.
  static Optional<Kind.Fixed> joined(Optional<Kind.Fixed> left, Optional<Kind.Fixed> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return left.or(() -> right);
    }
    Kind.Fixed a = left.get();
    Kind.Fixed b = right.get();
    return Optional.of(a.isLike(b) ? a : meeting(a, b));
  }

  /// Two formats meet at the greater number of bits on both sides of the point.
  static Kind.Fixed meeting(Kind.Fixed a, Kind.Fixed b) {
    return new Kind.Fixed(
        Math.max(a.integer(), b.integer()),
        Math.max(a.fraction(), b.fraction()),
        a.unit(),
        a.rounding(),
        a.overflow());
  }

  static Optional<Kind> joined(Expr a, Expr b) {
    return new Kinds().both(a, b);
  }

  private Optional<Kind> both(Expr a, Expr b) {
    return joined(a, kind(a), b, kind(b));
  }

  private static Optional<Kind> joined(Expr a, Optional<Kind> left, Expr b, Optional<Kind> right) {
    if (left.isEmpty()) {
      return fits(a, right) ? right : Optional.of(Kind.REAL);
    }
    if (right.isEmpty()) {
      return fits(b, left) ? left : Optional.of(Kind.REAL);
    }
    Optional<Kind.Fixed> fixed = joined(left.flatMap(Kind::asFixed), right.flatMap(Kind::asFixed));
    if (fixed.isPresent()) {
      return fixed.map(Kind.class::cast);
    }
    if (left.equals(right)) {
      return left;
    }
    return Optional.of(Kind.REAL);
  }

  private static boolean fits(Expr literal, Optional<Kind> kind) {
    boolean wantsWhole = kind.filter(k -> k instanceof Kind.Int).isPresent();
    return !wantsWhole || !(literal instanceof Expr.Num(var n)) || n.isWhole();
  }
}
