package snel.syntax;

import snel.source.Span;

/// `target = value`, `target += value`, …
public record Assign(Reference target, AssignmentOperator operator, Expression value, Span span)
    implements Action, Statement {}
