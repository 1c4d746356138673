package snel.syntax;

import snel.source.Span;

/// A unit as written, without blanks: `uF/cm^2`.
public record UnitText(String text, Span span) implements Node {}
