package snel.syntax;

import snel.source.Span;

/// One name as written. Its text is empty where the parser expected a name and found none.
public record Name(String text, Span span) implements Node {}
