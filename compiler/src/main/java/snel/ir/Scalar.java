package snel.ir;

/// The types of kernel expressions. `I64` is the language's `int`; arithmetic on `I32` and `I64`
/// wraps unless a checked [Function] is used.
public enum Scalar {
  BOOL,
  I32,
  I64,
  F32,
  F64;

  public boolean isFloat() {
    return this == F32 || this == F64;
  }

  public boolean isInteger() {
    return this == I32 || this == I64;
  }
}
