package snel.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import snel.math.Expr;
import snel.source.Span;

/// `variable' = rate`, per millisecond. `method` when the author chose one.
public record Equation(String variable, Expr rate, Optional<Method> method, Span span) {
  public enum Method {
    EXACT,
    EXPONENTIAL_EULER,
    RK4,
    EULER,
    HEUN;

    /// As it is written behind `by`.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// The method written as `word`, if there is one.
    public static Optional<Method> named(String word) {
      return Arrays.stream(values()).filter(method -> method.word().equals(word)).findFirst();
    }
  }
}
