package snel.lower;

import static snel.lower.Emit.convert;

import java.util.List;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.UnaryOp;

/// Times that are whole numbers of steps, counted in steps: time is exact, but sums of milliseconds
/// are rounded, and two that are equal may come out as different.
final class WholeSteps {
  /// More than division takes from a written multiple of the step, less than any other is away.
  private static final double ROUNDING = 1e-12;

  private final Scope scope;

  WholeSteps(Scope scope) {
    this.scope = scope;
  }

  /// The steps in `expression` (`F64`, so that what never was is infinite), if it is made only of
  /// stamps, the time and written times.
  Optional<Expr> of(snel.math.Expr expression) {
    return switch (expression) {
      case snel.math.Expr.Num(var value) -> written(value.toDouble());
      case snel.math.Expr.Ref ref when ref.name().equals("first_spike") || World.isTime(ref) ->
          counted(scope.read(ref).expr());
      case snel.math.Expr.Since since -> counted(scope.since(since).expr());
      case snel.math.Expr.Neg(var a) -> of(a).map(x -> new Expr.Unary(UnaryOp.NEG, x));
      case snel.math.Expr.Add(var a, var b) -> both(a, b, Emit::add);
      case snel.math.Expr.Sub(var a, var b) -> both(a, b, Emit::sub);
      case snel.math.Expr.Call(var function, var arguments) -> ofTwo(function, arguments);
      default -> Optional.empty();
    };
  }

  private Optional<Expr> ofTwo(String function, List<snel.math.Expr> arguments) {
    if (arguments.size() != 2) {
      return Optional.empty();
    }
    return switch (function) {
      case "min" -> both(arguments.get(0), arguments.get(1), (a, b) -> first(CompareOp.LT, a, b));
      case "max" -> both(arguments.get(0), arguments.get(1), (a, b) -> first(CompareOp.GT, a, b));
      default -> Optional.empty();
    };
  }

  private static Expr first(CompareOp op, Expr a, Expr b) {
    return new Expr.Choose(Emit.compare(op, a, b), a, b);
  }

  private Optional<Expr> both(
      snel.math.Expr a, snel.math.Expr b, java.util.function.BinaryOperator<Expr> joined) {
    return of(a).flatMap(x -> of(b).map(y -> joined.apply(x, y)));
  }

  private Optional<Expr> written(double ms) {
    double steps = ms / scope.step();
    double whole = Math.rint(steps);
    boolean isWhole =
        Double.isInfinite(steps) || Math.abs(steps - whole) <= ROUNDING * Math.abs(whole);
    return isWhole ? Optional.of(Expr.f64(whole)) : Optional.empty();
  }

  /// The steps that milliseconds were made of ([World#milliseconds]).
  private Optional<Expr> counted(Expr ms) {
    return switch (ms) {
      case Expr.Choose(var condition, var a, var b) ->
          counted(a).flatMap(x -> counted(b).map(y -> new Expr.Choose(condition, x, y)));
      case Expr.Convert(_, var wide) -> counted(wide);
      case Expr.Binary(var op, Expr.Convert(var type, var steps), var step)
          when op == BinaryOp.MUL && type == Scalar.F64 && step.equals(Expr.f64(scope.step())) ->
          Optional.of(convert(Scalar.F64, steps));
      case Expr.Fma(Expr.Convert(var type, var steps), var step, _)
          when type == Scalar.F64 && step.equals(Expr.f64(scope.step())) ->
          Optional.of(convert(Scalar.F64, steps));
      case Expr.Const constant when constant.type().isFloat() -> written(value(constant));
      default -> Optional.empty();
    };
  }

  private static double value(Expr.Const constant) {
    return constant.type() == Scalar.F32
        ? Float.intBitsToFloat((int) constant.bits())
        : Double.longBitsToDouble(constant.bits());
  }
}
