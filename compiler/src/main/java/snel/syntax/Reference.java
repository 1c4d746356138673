package snel.syntax;

/// An expression that names a thing and can be connected, recorded, frozen or assigned: `E[0 ..<
/// 5].v`. Where the language wants a reference, the owner of each member or index is a reference
/// too.
public sealed interface Reference extends Expression
    permits Expression.Variable, Expression.Member, Expression.Index {}
