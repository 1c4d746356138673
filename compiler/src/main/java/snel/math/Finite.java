package snel.math;

/// Which expressions are made of finite numbers and divide by no zero that is known when compiled.
public final class Finite {
  private final Once<Boolean> known = new Once<>();

  private Finite() {}

  /// Infinite bounds (`min(x, infinity)`) and what is compared with infinity do no harm.
  public static boolean is(Expr expression) {
    return new Finite().of(expression);
  }

  private boolean of(Expr expression) {
    return switch (expression) {
      case Expr.Num(var value) -> Double.isFinite(value.toDouble());
      case Expr.Truth _, Expr.Ref _, Expr.Since _, Expr.Compare _ -> true;
      default -> known.of(expression, this::found);
    };
  }

  private boolean found(Expr expression) {
    return switch (expression) {
      case Expr.Div(var over, var by) -> !Fold.isZero(by) && of(over) && of(by);
      case Expr.Call(_, var arguments) -> arguments.stream().allMatch(this::isBound);
      case Expr.Draw(_, var parameters, _, _) -> parameters.stream().allMatch(this::of);
      default -> Walk.children(expression).stream().allMatch(this::of);
    };
  }

  private boolean isBound(Expr argument) {
    return argument instanceof Expr.Num || of(argument);
  }
}
