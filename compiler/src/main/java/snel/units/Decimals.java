package snel.units;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/// Numbers as authors write them.
final class Decimals {
  private static final int LONGEST = 15;
  private static final int SHOWN = 6;

  private Decimals() {}

  /// The decimal that equals `value`, if it ends after a few places.
  static Optional<String> exact(Rational value) {
    BigInteger rest = value.denominator();
    int twos = rest.getLowestSetBit();
    rest = rest.shiftRight(twos);
    int fives = 0;
    BigInteger five = BigInteger.valueOf(5);
    while (fives <= LONGEST && rest.mod(five).signum() == 0) {
      rest = rest.divide(five);
      fives++;
    }
    int places = Math.max(twos, fives);
    if (!rest.equals(BigInteger.ONE) || places > LONGEST) {
      return Optional.empty();
    }
    var unscaled =
        value.numerator().multiply(BigInteger.TEN.pow(places)).divide(value.denominator());
    return Optional.of(text(new BigDecimal(unscaled, places)));
  }

  /// `value` exactly where that is short, else to six digits.
  static String shown(Rational value) {
    Optional<String> exact = exact(value).filter(text -> text.length() <= LONGEST);
    return exact.orElseGet(() -> {
      var context = new MathContext(SHOWN, RoundingMode.HALF_EVEN);
      var numerator = new BigDecimal(value.numerator());
      return text(numerator.divide(new BigDecimal(value.denominator()), context));
    });
  }

  private static String text(BigDecimal value) {
    if (value.signum() == 0) {
      return "0";
    }
    BigDecimal bare = value.stripTrailingZeros();
    int leading = bare.precision() - bare.scale();
    if (leading > 9 || leading < -4) {
      String digits = bare.unscaledValue().abs().toString();
      String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
      return (bare.signum() < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + (leading - 1);
    }
    return bare.toPlainString();
  }
}
