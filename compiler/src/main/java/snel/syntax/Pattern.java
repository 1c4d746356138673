package snel.syntax;

import java.util.List;
import snel.source.Span;

/// What a `for` binds on each turn.
public sealed interface Pattern extends Node {
  /// `for k in …`
  record One(Name name, Span span) implements Pattern {}

  /// `for (name, a, c) in …`: takes a tuple apart.
  record Several(List<Name> names, Span span) implements Pattern {}
}
