package snel.syntax;

import java.util.List;
import java.util.stream.Collectors;
import snel.source.Span;

/// What a handler or a trace listens to: `pre`, `post.burst`, `peers.spike`, `presentation.end`,
/// `teacher`.
public record EventName(List<Name> parts, Span span) implements Node {
  /// The names with dots between them.
  public String text() {
    return parts.stream().map(Name::text).collect(Collectors.joining("."));
  }
}
