package snel.syntax;

import java.util.List;
import snel.source.Span;

/// A declared name that may belong to a family: `E`, `pop[k]`, `feed[i, j]`. Without brackets
/// `indices` is empty.
public record IndexedName(Name name, List<Expression> indices, Span span) implements Node {}
