package snel.math;

import java.util.Optional;

/// Optional lower and upper bounds.
public record Bounds(Optional<Expr> lower, Optional<Expr> upper) {
  public static final Bounds NONE = new Bounds(Optional.empty(), Optional.empty());

  /// Between those ends that are constants.
  public Interval constant() {
    return new Interval(end(lower, Double.NEGATIVE_INFINITY), end(upper, Double.POSITIVE_INFINITY));
  }

  private static double end(Optional<Expr> end, double open) {
    return end.map(e -> e instanceof Expr.Num(var number) ? number.toDouble() : open).orElse(open);
  }

  public boolean isNone() {
    return lower.isEmpty() && upper.isEmpty();
  }
}
