package snel.syntax;

import org.jspecify.annotations.Nullable;
import snel.source.Span;

/// `name: value`, or a value by its position.
public record Argument(@Nullable Name name, Expression value, Span span) implements Node {}
