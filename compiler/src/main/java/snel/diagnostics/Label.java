package snel.diagnostics;

import snel.source.Span;

/// A stretch of source text and what is to be said about it; the text may be empty.
public record Label(Span span, String text) {}
