package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.call;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.mul;
import static snel.lower.Emit.sub;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import snel.diagnostics.CompilerBug;
import snel.ir.BinaryOp;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.ReduceOp;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.UnaryOp;
import snel.math.Exact;
import snel.math.Kind;
import snel.math.Relation;
import snel.math.Sharing;

/// Lowers resolved expressions in the author's order of operations. A fused multiply-add is made
/// exactly where semantics.md §11 says: for `a * b + c` whose product is the left operand.
final class Expressions {
  private final Scope scope;
  private final Scalar real;
  private final boolean statements;
  private final Map<snel.math.Expr, Typed> shared = new HashMap<>();

  /// The parts of the expression being lowered that are bound to locals, by identity.
  private Set<snel.math.Expr> repeated = Set.of();

  private final Map<snel.math.Expr, Typed> bound = new IdentityHashMap<>();
  private boolean isInside = false;

  Expressions(Scope scope, Scalar real) {
    this(scope, real, true);
  }

  /// @param statements whether values may be bound to locals before the expression; inside a
  ///   reduction there is no place for them
  private Expressions(Scope scope, Scalar real, boolean statements) {
    this.scope = scope;
    this.real = real;
    this.statements = statements;
  }

  /// For places where nothing can be bound before the expression, as inside a reduction.
  static Expressions inline(Scope scope, Scalar real) {
    return new Expressions(scope, real, false);
  }

  Expr real(snel.math.Expr expression) {
    return as(lower(expression, Kind.REAL), Kind.REAL);
  }

  Expr bool(snel.math.Expr expression) {
    return as(lower(expression, Kind.BOOL), Kind.BOOL);
  }

  /// The value of `expression` as it is stored in a variable of `kind`.
  Expr of(snel.math.Expr expression, Kind kind) {
    return as(lower(expression, kind), kind);
  }

  static Scalar scalar(Kind kind, Scalar real) {
    return switch (kind) {
      case Kind.Real _ -> real;
      case Kind.Int _, Kind.Fixed _ -> Scalar.I64;
      case Kind.Bool _ -> Scalar.BOOL;
    };
  }

  /// The same value in another kind.
  Expr as(Typed value, Kind kind) {
    if (kind instanceof Kind.Fixed fixed) {
      return FixedPoint.narrowed(value, fixed, rounding());
    }
    if (value.kind().equals(kind)) {
      return value.expr();
    }
    if (value.kind() instanceof Kind.Fixed fixed) {
      return FixedPoint.toReal(value.expr(), fixed, real);
    }
    return convert(scalar(kind, real), value.expr());
  }

  private Typed lower(snel.math.Expr expression, Kind want) {
    if (isInside || !statements) {
      return part(expression, want);
    }
    isInside = true;
    repeated = RepeatedParts.of(expression);
    Typed whole = part(expression, want);
    isInside = false;
    return whole;
  }

  private Typed part(snel.math.Expr expression, Kind want) {
    Typed known = bound.get(expression);
    if (known != null) {
      return known;
    }
    Typed value = written(expression, want);
    if (!repeated.contains(expression)) {
      return value;
    }
    Typed local = new Typed(bound("part", value.expr()), value.kind());
    bound.put(expression, local);
    return local;
  }

  private Typed written(snel.math.Expr expression, Kind want) {
    Typed known = isKept(expression) ? shared.get(expression) : null;
    if (known != null) {
      return known;
    }
    return switch (expression) {
      case snel.math.Expr.Num(var value) -> literal(value, want);
      case snel.math.Expr.Truth(var value) -> new Typed(Expr.bool(value), Kind.BOOL);
      case snel.math.Expr.Ref ref -> inType(scope.read(ref));
      case snel.math.Expr.Neg(var a) -> negated(a, want);
      case snel.math.Expr.Add(var a, var b) -> sum(a, b, want);
      case snel.math.Expr.Sub(var a, var b) -> arithmetic(BinaryOp.SUB, a, b, want);
      case snel.math.Expr.Mul(var a, var b) -> arithmetic(BinaryOp.MUL, a, b, want);
      case snel.math.Expr.Div(var a, var b) -> arithmetic(BinaryOp.DIV, a, b, want);
      case snel.math.Expr.Pow(var a, var b) -> power(a, b);
      case snel.math.Expr.Compare(var relation, var a, var b) -> comparison(relation, a, b);
      case snel.math.Expr.And(var a, var b) -> logic(BinaryOp.AND, a, b);
      case snel.math.Expr.Or(var a, var b) -> logic(BinaryOp.OR, a, b);
      case snel.math.Expr.Not(var a) -> new Typed(Emit.not(bool(a)), Kind.BOOL);
      case snel.math.Expr.Choose(var c, var a, var b) -> choice(c, a, b, want);
      case snel.math.Expr.Call(var function, var arguments) ->
          keep(expression, function(function, arguments, want));
      case snel.math.Expr.Draw draw -> keep(expression, new Drawing(scope, this, real).draw(draw));
      case snel.math.Expr.OverPeers(var function, var body) ->
          keep(expression, reduction(function, scope.size(), scope::overPeers, body));
      case snel.math.Expr.OverAll(var function, var count, var body) ->
          keep(expression, reduction(function, count, scope::overPlaces, body));
      case snel.math.Expr.Since since -> inType(scope.since(since));
      case snel.math.Expr.Element(var array, var index) ->
          inType(scope.element(array, convert(Scalar.I32, of(index, Kind.INT))));
      case snel.math.Expr.Table table ->
          inType(
              new Typed(
                  Emit.load(scope.table(table), convert(Scalar.I32, of(table.index(), Kind.INT))),
                  Kind.REAL));
    };
  }

  /// What is stored in single precision may be wanted in double.
  private Typed inType(Typed value) {
    return value.kind() instanceof Kind.Real
        ? new Typed(convert(real, value.expr()), value.kind())
        : value;
  }

  private static boolean isKept(snel.math.Expr expression) {
    return expression instanceof snel.math.Expr.Call
        || expression instanceof snel.math.Expr.Draw
        || expression instanceof snel.math.Expr.OverPeers
        || expression instanceof snel.math.Expr.OverAll;
  }

  /// Binds an expensive value to a local, so that it is computed once however often it occurs.
  private Typed keep(snel.math.Expr expression, Typed value) {
    if (!statements || value.expr() instanceof Expr.Read || value.expr() instanceof Expr.Const) {
      return value;
    }
    String name = scope.fresh("x");
    scope.before().add(new Stmt.Let(name, value.expr()));
    Typed local = new Typed(new Expr.Read(name, value.expr().type()), value.kind());
    shared.put(expression, local);
    return local;
  }

  /// For [FixedTerms]: as it comes, before it is brought into a kind.
  Typed typed(snel.math.Expr expression, Kind want) {
    return lower(expression, want);
  }

  /// What is compared or chosen: a fixed-point number need not fit into its bits before it is
  /// assigned.
  Expr operand(snel.math.Expr expression, Kind kind) {
    return kind instanceof Kind.Fixed fixed
        ? FixedPoint.from(lower(expression, fixed), fixed, rounding())
        : of(expression, kind);
  }

  private Supplier<Expr> rounding() {
    return new FixedTerms(this, scope).random();
  }

  private Typed literal(Exact value, Kind want) {
    if (want instanceof Kind.Int && value.isWhole()) {
      return new Typed(Expr.i64((long) value.toDouble()), Kind.INT);
    }
    if (want instanceof Kind.Fixed fixed) {
      return new Typed(FixedPoint.literal(value, fixed), fixed);
    }
    return new Typed(constant(value), Kind.REAL);
  }

  /// A literal of the program's real type, rounded once.
  Expr constant(Exact value) {
    return real == Scalar.F32 ? Expr.f32(value.toFloat()) : Expr.f64(value.toDouble());
  }

  private Typed negated(snel.math.Expr a, Kind want) {
    if (Kinds.of(a).orElse(want) instanceof Kind.Fixed fixed) {
      return new FixedTerms(this, scope).negated(a, FixedTerms.assigned(fixed, want));
    }
    Typed value = lower(a, want);
    if (value.kind() instanceof Kind.Int) {
      return new Typed(call(Function.SUB_EXACT, Scalar.I64, Expr.i64(0), value.expr()), Kind.INT);
    }
    return new Typed(new Expr.Unary(UnaryOp.NEG, value.expr()), value.kind());
  }

  private Typed sum(snel.math.Expr a, snel.math.Expr b, Kind want) {
    Kind kind = Kinds.joined(a, b).orElse(want);
    if (kind instanceof Kind.Real && a instanceof snel.math.Expr.Mul(var x, var y)) {
      return new Typed(new Expr.Fma(real(x), real(y), real(b)), Kind.REAL);
    }
    return arithmetic(BinaryOp.ADD, a, b, want);
  }

  private Typed arithmetic(BinaryOp op, snel.math.Expr a, snel.math.Expr b, Kind want) {
    Optional<Kind.Fixed> bits = FixedTerms.kind(op, a, b, want);
    if (bits.isPresent()) {
      return new FixedTerms(this, scope).arithmetic(op, a, b, bits.get());
    }
    Kind kind = Kinds.joined(a, b).orElse(want instanceof Kind.Bool ? Kind.REAL : want);
    if (op == BinaryOp.DIV) {
      kind = Kind.REAL;
    }
    Expr left = as(lower(a, kind), kind);
    Expr right = as(lower(b, kind), kind);
    return switch (kind) {
      case Kind.Int _ -> new Typed(call(exact(op), Scalar.I64, left, right), kind);
      case Kind.Fixed _ -> throw new CompilerBug("a fixed-point operation of no fixed side");
      case Kind.Real _, Kind.Bool _ -> new Typed(new Expr.Binary(op, left, right), Kind.REAL);
    };
  }

  private static Function exact(BinaryOp op) {
    return switch (op) {
      case ADD -> Function.ADD_EXACT;
      case SUB -> Function.SUB_EXACT;
      case MUL -> Function.MUL_EXACT;
      default -> throw new CompilerBug("no exact form of " + op);
    };
  }

  /// `x^n` for a whole n by binary powering from the top bit, written out where n is known, else
  /// `POW`.
  private Typed power(snel.math.Expr base, snel.math.Expr exponent) {
    if (exponent instanceof snel.math.Expr.Num(var n)
        && n.isWhole()
        && Math.abs(n.toDouble()) <= 1024) {
      long count = Math.abs((long) n.toDouble());
      if (count == 0) {
        return new Typed(constant(Exact.ONE), Kind.REAL);
      }
      boolean whole = Kinds.isInt(base) && n.toDouble() > 0;
      Kind kind = whole ? Kind.INT : Kind.REAL;
      Expr x = bound("base", of(base, kind));
      Expr result = x;
      for (int bit = 62 - Long.numberOfLeadingZeros(count); bit >= 0; bit--) {
        result = bound("power", times(result, result, whole));
        if ((count >> bit & 1) != 0) {
          result = bound("power", times(result, x, whole));
        }
      }
      if (n.toDouble() < 0) {
        result = new Expr.Binary(BinaryOp.DIV, constant(Exact.ONE), result);
      }
      return new Typed(result, kind);
    }
    if (Kinds.isInt(exponent)) {
      Expr n = of(exponent, Kind.INT);
      return new Typed(call(Function.POWER, real, real(base), n), Kind.REAL);
    }
    return new Typed(call(Function.POW, real, real(base), real(exponent)), Kind.REAL);
  }

  private static Expr times(Expr a, Expr b, boolean whole) {
    return whole ? call(Function.MUL_EXACT, Scalar.I64, a, b) : mul(a, b);
  }

  /// `value` as something that may be used twice.
  private Expr bound(String hint, Expr value) {
    if (!statements || value instanceof Expr.Read || value instanceof Expr.Const) {
      return value;
    }
    String name = scope.fresh(hint);
    scope.before().add(new Stmt.Let(name, value));
    return new Expr.Read(name, value.type());
  }

  private Typed comparison(Relation relation, snel.math.Expr a, snel.math.Expr b) {
    Kind kind = Kinds.joined(a, b).orElse(Kind.REAL);
    if (kind instanceof Kind.Bool) {
      Expr same = convert(Scalar.I32, bool(a));
      Expr other = convert(Scalar.I32, bool(b));
      return new Typed(compare(op(relation), same, other), Kind.BOOL);
    }
    if (kind instanceof Kind.Real && !Sharing.isLong(a) && !Sharing.isLong(b)) {
      var times = new WholeSteps(scope);
      Optional<Expr> steps = times.of(a);
      Optional<Expr> others = steps.isEmpty() ? steps : times.of(b);
      if (others.isPresent()) {
        return new Typed(compare(op(relation), steps.get(), others.get()), Kind.BOOL);
      }
    }
    return new Typed(compare(op(relation), operand(a, kind), operand(b, kind)), Kind.BOOL);
  }

  static CompareOp op(Relation relation) {
    return switch (relation) {
      case LESS -> CompareOp.LT;
      case LESS_OR_EQUAL -> CompareOp.LE;
      case GREATER -> CompareOp.GT;
      case GREATER_OR_EQUAL -> CompareOp.GE;
      case EQUAL -> CompareOp.EQ;
      case NOT_EQUAL -> CompareOp.NE;
    };
  }

  private Typed logic(BinaryOp op, snel.math.Expr a, snel.math.Expr b) {
    return new Typed(new Expr.Binary(op, bool(a), bool(b)), Kind.BOOL);
  }

  private Typed choice(snel.math.Expr c, snel.math.Expr a, snel.math.Expr b, Kind want) {
    Kind kind = Kinds.joined(a, b).orElse(want);
    if (kind instanceof Kind.Fixed fixed) {
      kind = FixedTerms.assigned(fixed, want);
    }
    return new Typed(new Expr.Choose(bool(c), operand(a, kind), operand(b, kind)), kind);
  }

  private Typed reduction(
      String function,
      int size,
      java.util.function.Function<Expr, Scope> within,
      snel.math.Expr body) {
    String index = scope.fresh("peer");
    Scope inner = within.apply(Emit.index(index));
    Kind kind = Kinds.ofReduction(function, body);
    Expr each = new Expressions(inner, real, false).of(body, kind);
    ReduceOp op =
        switch (function) {
          case "sum", "mean" -> ReduceOp.SUM;
          case "min" -> ReduceOp.MIN;
          case "max" -> ReduceOp.MAX;
          default -> throw new CompilerBug("no reduction " + function);
        };
    Expr reduced = new Expr.Reduce(op, index, Expr.i32(0), Expr.i32(size), each);
    if (function.equals("mean")) {
      reduced = new Expr.Binary(BinaryOp.DIV, reduced, constant(Exact.of(size)));
    }
    return new Typed(reduced, kind);
  }

  private Typed function(String function, List<snel.math.Expr> arguments, Kind want) {
    snel.math.Expr first = arguments.get(0);
    if (Kinds.isRounding(function)) {
      return Rounded.lower(this, scope, real, function, first, want);
    }
    return switch (function) {
      case "sqrt" -> new Typed(new Expr.Unary(UnaryOp.SQRT, real(first)), Kind.REAL);
      case "to_step" -> toStep(first);
      case "is_finite" -> new Typed(call(Function.IS_FINITE, Scalar.BOOL, real(first)), Kind.BOOL);
      case "logit" -> {
        Expr x = bound("x", real(first));
        Expr odds = new Expr.Binary(BinaryOp.DIV, x, sub(constant(Exact.ONE), x));
        yield new Typed(call(Function.LOG, real, odds), Kind.REAL);
      }
      case "decay" -> decay(first, arguments.get(1), want);
      case "exp" ->
          Kinds.of(first).filter(k -> k instanceof Kind.Fixed).isPresent()
              ? new FixedTerms(this, scope).exp(first)
              : elementary(function, arguments);
      case "abs", "sign", "relu", "min", "max", "clip", "mod" ->
          Piecewise.lower(this, scope, real, function, arguments, want);
      default -> elementary(function, arguments);
    };
  }

  /// The nearest multiple of the step, half up, in double precision.
  private Typed toStep(snel.math.Expr argument) {
    Expr whole = Emit.nearestStep(real(argument), scope.step());
    return new Typed(convert(real, mul(whole, Expr.f64(scope.step()))), Kind.REAL);
  }

  /// `x * p`: of fixed-point numbers in whole steps toward zero, of others the decay of
  /// semantics.md §11, which reaches 0.
  private Typed decay(snel.math.Expr x, snel.math.Expr p, Kind want) {
    if (Kinds.of(x).orElse(want) instanceof Kind.Fixed) {
      return new FixedTerms(this, scope).decay(x, p, want);
    }
    Expr floor = real == Scalar.F32 ? Expr.f32(0x1p-83f) : Expr.f64(0x1p-900);
    return new Typed(sub(new Expr.Fma(real(p), real(x), floor), floor), Kind.REAL);
  }

  private Typed elementary(String name, List<snel.math.Expr> arguments) {
    Function function =
        Function.elementary(name)
            .orElseThrow(() -> new CompilerBug("no function " + name + " in kernels"));
    Expr[] reals = arguments.stream().map(this::real).toArray(Expr[]::new);
    return new Typed(call(function, real, reals), Kind.REAL);
  }

  /// For [Piecewise] and [Rounded]: a value used more than once.
  Expr once(String hint, Expr value) {
    return bound(hint, value);
  }

  Expr added(Expr a, Expr b, Kind kind) {
    return kind instanceof Kind.Int ? call(Function.ADD_EXACT, Scalar.I64, a, b) : add(a, b);
  }
}
