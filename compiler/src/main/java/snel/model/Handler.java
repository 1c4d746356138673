package snel.model;

import java.util.List;
import snel.source.Span;

/// `on event { body }` with the event as text: `spike`, `peers.spike`, `pre`, `post`, `post.win`,
/// `presentation.start`, or a user event.
public record Handler(String event, List<Action> body, Span span) {
  public Handler {
    body = List.copyOf(body);
  }
}
