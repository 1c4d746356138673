package snel.types;

/// What came of asking whether two types agree; each refusal names the parts that differ.
public sealed interface Agreement {
  record Yes() implements Agreement {}

  /// Numbers of different dimension.
  record UnlikeDimensions(DimensionTerm found, DimensionTerm wanted) implements Agreement {}

  record UnlikeShapes(Type found, Type wanted) implements Agreement {}

  /// Not the same kind of thing at all.
  record UnlikeKinds(Type found, Type wanted) implements Agreement {}

  /// A real number where an `int` is wanted: right only if it is constant and whole.
  record WholeNumberWanted(Type found) implements Agreement {}

  Agreement YES = new Yes();

  default boolean isYes() {
    return this instanceof Yes;
  }
}
