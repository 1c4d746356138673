package snel.ir;

/// What [Expr.Reduce] does; `SUM` of integers is exact modulo the width.
public enum ReduceOp {
  SUM,
  MIN,
  MAX
}
