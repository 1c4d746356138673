package snel.syntax;

/// How events off the time grid go to slots: `bin floor`, `bin round`, `bin ceil` (semantics §1).
public enum BinMode {
  FLOOR,
  ROUND,
  CEIL
}
