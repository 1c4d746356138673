package snel.math;

import java.util.Optional;

/// Optional lower and upper bounds.
public record Bounds(Optional<Expr> lower, Optional<Expr> upper) {
  public static final Bounds NONE = new Bounds(Optional.empty(), Optional.empty());

  public boolean isNone() {
    return lower.isEmpty() && upper.isEmpty();
  }
}
