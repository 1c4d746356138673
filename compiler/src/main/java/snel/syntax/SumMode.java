package snel.syntax;

/// How arrivals are added up where it is written: `sum exact`, `sum any` (semantics §3). Of values
/// that are transmitted `sum largest` takes the largest alone.
public enum SumMode {
  EXACT,
  ANY,
  LARGEST
}
