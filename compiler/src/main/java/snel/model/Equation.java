package snel.model;

import java.util.Optional;
import snel.math.Expr;
import snel.source.Span;

/// `variable' = rate`, per millisecond. `method` when the author chose one.
public record Equation(String variable, Expr rate, Optional<Method> method, Span span) {
  public enum Method {
    EXACT,
    EXPONENTIAL_EULER,
    EULER,
    RK4,
    HEUN
  }
}
