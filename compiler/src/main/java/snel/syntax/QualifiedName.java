package snel.syntax;

import java.util.List;
import java.util.stream.Collectors;
import snel.source.Span;

/// Names joined by dots: `std.neurons.Lif`, `Lif`. Never empty.
public record QualifiedName(List<Name> parts, Span span) implements Node {
  /// The names with dots between them.
  public String text() {
    return parts.stream().map(Name::text).collect(Collectors.joining("."));
  }

  /// The name after the last dot.
  public Name last() {
    return parts.getLast();
  }
}
