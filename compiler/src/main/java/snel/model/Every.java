package snel.model;

import java.util.List;
import snel.source.Span;

/// `every period { body }`, the period in whole steps.
public record Every(long steps, List<Action> body, Span span) {
  public Every {
    body = List.copyOf(body);
  }
}
