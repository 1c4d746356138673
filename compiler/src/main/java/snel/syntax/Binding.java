package snel.syntax;

import org.jspecify.annotations.Nullable;
import snel.source.Span;

/// `name [: type] [in bounds] [= value] [stored in unit]`: one of the names that a `param` or
/// `state` declares.
public record Binding(
    Name name,
    @Nullable Type type,
    Expression.@Nullable Range bounds,
    @Nullable Expression value,
    @Nullable UnitText storedIn,
    Span span)
    implements Node {}
