package snel.ir;

/// The functions of semantics.md §10–§13 that a kernel may call. Float functions exist for `F32`
/// (§12) and `F64` (fdlibm); their result has the type of their argument unless said otherwise.
public enum Function {
  EXP,
  EXPM1,
  LOG,
  LOG1P,
  POW,
  SIN,
  COS,
  TAN,
  ASIN,
  ACOS,
  ATAN,
  ATAN2,
  SINH,
  COSH,
  TANH,
  SIGMOID,
  EXPREL,
  /// Bits of a random word (`I32`) to a standard normal; result type is that of the call.
  NORMAL,
  /// Bits of a random word (`I32`) to a uniform number in [0, 1); result type is that of the call.
  UNIFORM,
  /// High 64 bits of the unsigned product of two `I64`.
  MULHI,
  /// Unsigned comparison of two `I32`: BOOL.
  BELOW,
  /// `I64` arithmetic of the language's `int`: overflow is a fault.
  ADD_EXACT,
  SUB_EXACT,
  MUL_EXACT,
  /// Signed bits of an `F32` as `I32` (every NaN as 7fc00000) and back.
  FLOAT_BITS,
  BITS_FLOAT,
  /// Whether a float is neither NaN nor infinite: BOOL.
  IS_FINITE,
  /// Standard exponential / gamma(shape) / binomial(n, p) from the element's sequence, in `F64`.
  /// Arguments: stream, c0 base (element sequence q), c2, c3 as in [Expr.Philox], then parameters.
  EXPONENTIAL_SEQUENCE,
  GAMMA_SEQUENCE,
  BINOMIAL_SEQUENCE,
  /// exp of a non-positive fixed-point number with f fractional bits (semantics.md §13): `I64`.
  FIXED_EXP
}
