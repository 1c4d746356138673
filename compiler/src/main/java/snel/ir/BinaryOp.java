package snel.ir;

/// Operators of two operands of one type, which is also the result's.
///
/// `MIN` is `a < b ? a : b`, `MAX` is `a > b ? a : b` (semantics.md §11). Integer `DIV` and `REM`
/// truncate toward zero; a zero divisor is a fault. `AND`, `OR` on `BOOL` do not short-cut. Shift
/// counts are `I32`, taken modulo the width of the left operand.
public enum BinaryOp {
  ADD,
  SUB,
  MUL,
  DIV,
  REM,
  MIN,
  MAX,
  AND,
  OR,
  XOR,
  SHL,
  SHR,
  USHR
}
