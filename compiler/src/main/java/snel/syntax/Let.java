package snel.syntax;

import org.jspecify.annotations.Nullable;
import snel.source.Span;

/// `let name [: type] = value`: names an expression, at any level.
public record Let(Name name, @Nullable Type type, Expression value, String documentation, Span span)
    implements Declaration, NeuronItem, SynapseItem, NetworkItem, DataItem, Action, Statement {}
