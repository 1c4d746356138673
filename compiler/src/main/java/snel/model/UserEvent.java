package snel.model;

import java.util.List;
import snel.math.Expr;
import snel.source.Span;

/// `event name when condition { body }`.
public record UserEvent(String name, Expr condition, List<Action> body, Span span) {
  public UserEvent {
    body = List.copyOf(body);
  }
}
