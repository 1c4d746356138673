package snel.syntax;

import java.util.List;
import snel.source.Span;

/// `Model[shape](name: value, …)`. What is left out is an empty list.
public record Instance(
    QualifiedName model, List<Expression> shape, List<Argument> arguments, Span span)
    implements Node {}
