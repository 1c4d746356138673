package snel.diagnostics;

import snel.source.Span;

/// A change that mends the fault: put `replacement` where `span` is. `description` is printed as a
/// help line.
public record Fix(String description, Span span, String replacement) {}
