package snel.math;

import java.util.Optional;

/// The number kind of an expression; dimensions have been checked and are gone.
public sealed interface Kind {
  record Real() implements Kind {}

  /// 64 bits, overflow is a fault.
  record Int() implements Kind {}

  record Bool() implements Kind {}

  /// Two's complement with `integer` + `fraction` bits, value raw * 2^-fraction (semantics.md §13).
  record Fixed(int integer, int fraction) implements Kind {
    public int width() {
      return integer + fraction;
    }
  }

  Kind REAL = new Real();
  Kind INT = new Int();
  Kind BOOL = new Bool();

  default Optional<Fixed> asFixed() {
    return this instanceof Fixed fixed ? Optional.of(fixed) : Optional.empty();
  }
}
