package snel.syntax;

import snel.source.Span;

/// Anything that was written and has a place in a file. Exhaustive switches are over the sealed
/// families ([Declaration], [Statement], [Expression] …), never over all nodes.
public interface Node {
  /// Where it stands.
  Span span();
}
