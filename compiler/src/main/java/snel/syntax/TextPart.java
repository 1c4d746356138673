package snel.syntax;

import snel.source.Span;

/// A piece of a text literal.
public sealed interface TextPart extends Node {
  /// Plain characters, with the escapes `\"`, `\\`, `\n`, `\t` and `\{` already replaced.
  record Plain(String characters, Span span) implements TextPart {}

  /// `{name}`: filled in, or in a file pattern matched.
  record Placeholder(Name name, Span span) implements TextPart {}
}
