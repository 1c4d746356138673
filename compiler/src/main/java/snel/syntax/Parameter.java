package snel.syntax;

import org.jspecify.annotations.Nullable;
import snel.source.Span;

/// `name : type [= fallback]` of a function, a protocol or an event port (the last two take no
/// fallback).
public record Parameter(Name name, Type type, @Nullable Expression fallback, Span span)
    implements Node {}
