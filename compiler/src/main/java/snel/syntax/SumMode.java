package snel.syntax;

/// How arrivals are added up where it is written: `sum exact`, `sum any` (semantics §3).
public enum SumMode {
  EXACT,
  ANY
}
