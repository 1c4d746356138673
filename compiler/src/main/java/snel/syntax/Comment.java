package snel.syntax;

import snel.source.Span;

/// `// text`, or `/// text` when it documents. `text` is everything after the slashes up to the
/// line's end.
public record Comment(boolean documents, String text, Span span) implements Node {}
