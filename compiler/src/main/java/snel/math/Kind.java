package snel.math;

import java.util.Optional;
import snel.units.Rational;

/// The number kind of an expression; dimensions have been checked and are gone.
public sealed interface Kind {
  record Real() implements Kind {}

  /// 64 bits, overflow is a fault.
  record Int() implements Kind {}

  record Bool() implements Kind {}

  /// Two's complement with `integer` + `fraction` bits, value raw * 2^-fraction * `unit`
  /// (semantics.md §13).
  ///
  /// @param unit what 1.0 stands for, in the coherent units of §11: 1000 where a voltage is stored
  ///   in V
  /// @param rounding of products and decays
  /// @param overflow of what is assigned
  record Fixed(int integer, int fraction, Rational unit, Rounding rounding, Overflow overflow)
      implements Kind {
    /// A plain number that rounds and saturates as usual.
    public static Fixed of(int integer, int fraction) {
      return new Fixed(integer, fraction, Rational.ONE, Rounding.USUAL, Overflow.SATURATE);
    }

    public int width() {
      return integer + fraction;
    }

    /// Whether raw numbers of both mean the same.
    public boolean isLike(Fixed other) {
      return integer == other.integer && fraction == other.fraction && unit.equals(other.unit);
    }

    /// The same bits with another meaning of 1.0.
    public Fixed in(Rational amount) {
      return new Fixed(integer, fraction, amount, rounding, overflow);
    }

    /// The same numbers, which round and overflow as `other` does.
    public Fixed roundedAs(Fixed other) {
      return new Fixed(integer, fraction, unit, other.rounding, other.overflow);
    }
  }

  /// How a product is shifted right.
  enum Rounding {
    /// Products to the nearest, decays towards zero.
    USUAL,
    FLOOR,
    NEAREST,
    ZERO,
    STOCHASTIC
  }

  /// What becomes of a number that needs more bits.
  enum Overflow {
    SATURATE,
    WRAP,
    /// As Lava wraps: into (-2^(W-1), 2^(W-1)].
    LAVA
  }

  Kind REAL = new Real();
  Kind INT = new Int();
  Kind BOOL = new Bool();

  default Optional<Fixed> asFixed() {
    return this instanceof Fixed fixed ? Optional.of(fixed) : Optional.empty();
  }
}
