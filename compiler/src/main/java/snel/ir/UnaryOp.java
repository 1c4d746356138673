package snel.ir;

/// Operators of one operand. `NOT` is for `BOOL`; `ABS` of a float clears the sign bit; `SQRT`,
/// `FLOOR`, `CEIL`, `RINT` are IEEE.
public enum UnaryOp {
  NEG,
  ABS,
  SQRT,
  FLOOR,
  CEIL,
  RINT,
  NOT
}
