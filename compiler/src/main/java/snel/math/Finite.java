package snel.math;

/// Which expressions are made of finite numbers and divide by no zero that is known when compiled.
public final class Finite {
  private Finite() {}

  /// Infinite bounds (`min(x, infinity)`) and what is compared with infinity do no harm.
  public static boolean is(Expr expression) {
    return switch (expression) {
      case Expr.Num(var value) -> Double.isFinite(value.toDouble());
      case Expr.Div(var over, var by) -> !Fold.isZero(by) && is(over) && is(by);
      case Expr.Compare _ -> true;
      case Expr.Call(_, var arguments) -> arguments.stream().allMatch(Finite::isBound);
      case Expr.Draw(_, var parameters, _, _) -> parameters.stream().allMatch(Finite::is);
      default -> Walk.children(expression).stream().allMatch(Finite::is);
    };
  }

  private static boolean isBound(Expr argument) {
    return argument instanceof Expr.Num || is(argument);
  }
}
