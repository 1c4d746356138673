package snel.model;

import java.util.List;
import snel.math.Expr;
import snel.source.Span;

/// Statements of handlers. `x += e` has become `x = x + e`.
public sealed interface Action {
  /// Assigns to a state, weight, delay or trace of the handler's own model.
  record Assign(Expr.Ref target, Expr value, Span span) implements Action {}

  /// Hands a value to the target port of the projection; in `on pre` only.
  record Deliver(Expr value, Span span) implements Action {}

  record Let(String name, Expr value) implements Action {}

  record If(Expr condition, List<Action> then, List<Action> otherwise) implements Action {
    public If {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }
}
