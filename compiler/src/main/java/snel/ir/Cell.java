package snel.ir;

/// How one element of a [Buffer] is stored. `U8` and `U16` load as non-negative `I32`.
public enum Cell {
  U8(1, Scalar.I32),
  U16(2, Scalar.I32),
  I32(4, Scalar.I32),
  I64(8, Scalar.I64),
  F32(4, Scalar.F32),
  F64(8, Scalar.F64);

  private final int bytes;
  private final Scalar scalar;

  Cell(int bytes, Scalar scalar) {
    this.bytes = bytes;
    this.scalar = scalar;
  }

  public int bytes() {
    return bytes;
  }

  /// The type of a load; a store takes this type and narrows (keeps the low bits of `U8`, `U16`).
  public Scalar scalar() {
    return scalar;
  }
}
