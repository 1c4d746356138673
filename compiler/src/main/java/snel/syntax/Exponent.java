package snel.syntax;

import snel.source.Span;

/// The rational power of a factor of a type: `^2`, `^-1`, `^(1/2)`. The denominator is positive.
public record Exponent(int numerator, int denominator, Span span) implements Node {}
