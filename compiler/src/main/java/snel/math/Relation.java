package snel.math;

/// The comparisons of the language.
public enum Relation {
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL,
  EQUAL,
  NOT_EQUAL
}
