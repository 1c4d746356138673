package snel.units;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RationalTest {
  private static Rational number(String text) {
    return Rational.parse(text).orElseThrow();
  }

  @Test
  void readsDecimalsExactly() {
    assertEquals(Rational.of(1, 10), number("0.1"));
    assertEquals(Rational.of(10_000), number("10_000"));
    assertEquals(Rational.of(-1, 400), number("-2.5e-3"));
    assertEquals(Rational.of(1_000_000), number("1E+06"));
    assertEquals(Rational.of(5), number("+5.00e0_0000"));
    for (String bad :
        new String[] {
          "",
          "1.",
          ".5",
          "1e",
          "0x1",
          "1e99999",
          "1e4097",
          "a",
          "-",
          "1.e5",
          "e5",
          "1e+",
          "1.5.2",
          "1 ",
          "1e5f",
          "--1",
          "1e99999999999",
          "١"
        }) {
      assertEquals(Optional.empty(), Rational.parse(bad), bad);
    }
    assertEquals(Optional.empty(), Rational.parse("1".repeat(5000)));
  }

  /// All bits of a double, and the digits that it is printed with, as the library of Java has them.
  @Test
  void takesDoublesAsTheyAreAndAsTheyArePrinted() {
    Random random = new Random(3);
    List<Double> values = new ArrayList<>();
    for (int k = 0; k < 2_000; k++) {
      values.add(Double.longBitsToDouble(random.nextLong()));
      values.add(random.nextInt(100_000) / 1e3);
    }
    values.removeIf(value -> !Double.isFinite(value));
    values.addAll(List.of(0.0, -0.0, Double.MIN_VALUE, Double.MIN_NORMAL, Double.MAX_VALUE, 0.1));
    for (double value : values) {
      assertEquals(fraction(new BigDecimal(value)), Rational.ofExactly(value), "" + value);
      var printed = new BigDecimal(Double.toString(value));
      assertEquals(fraction(printed), Rational.ofShortest(value), "" + value);
    }
  }

  private static Rational fraction(BigDecimal value) {
    BigInteger ten = BigInteger.TEN.pow(Math.abs(value.scale()));
    return value.scale() > 0
        ? new Rational(value.unscaledValue(), ten)
        : Rational.of(value.unscaledValue().multiply(ten));
  }

  @Test
  void keepsLowestTerms() {
    var half = new Rational(BigInteger.valueOf(-3), BigInteger.valueOf(-6));
    assertEquals(Rational.of(1, 2), half);
    assertEquals(Rational.of(-1, 2), Rational.of(3, -6));
    assertThrows(ArithmeticException.class, () -> Rational.of(1, 0));
  }

  @Test
  void calculates() {
    assertEquals(Rational.of(5, 6), Rational.of(1, 2).plus(Rational.of(1, 3)));
    assertEquals(Rational.of(1, 6), Rational.of(1, 2).minus(Rational.of(1, 3)));
    assertEquals(Rational.of(3, 2), Rational.of(1, 2).dividedBy(Rational.of(1, 3)));
    assertEquals(Rational.of(9, 4), Rational.of(2, 3).power(-2));
    assertEquals(Rational.of(-2), Rational.of(-3, 2).floor());
    assertEquals(Rational.of(-1), Rational.of(-3, 2).ceiling());
    assertEquals(Rational.of(-1), Rational.of(-3, 2).roundedHalfUp());
    assertEquals(Rational.of(-2), Rational.of(-3, 2).roundedHalfEven());
    assertEquals(Rational.of(2), Rational.of(5, 2).roundedHalfEven());
    assertEquals(Optional.of(7L), Rational.of(7).toLong());
    assertEquals(Optional.empty(), number("1e19").toLong());
  }

  @Test
  void roundsToDoubleAsTheJdkReadsDecimals() {
    var random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (!Double.isNaN(value) && !Double.isInfinite(value)) {
        assertEquals(value, Rational.ofExactly(value).toDouble());
        String longer = Double.toString(value).replace("E", random.nextInt(10) + "E");
        if (longer.contains("E")) {
          assertEquals(Double.parseDouble(longer), number(longer).toDouble(), longer);
        }
      }
    }
  }

  @Test
  void roundsToFloatOnce() {
    var random = new Random(2);
    for (int i = 0; i < 20_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (!Float.isNaN(value) && !Float.isInfinite(value)) {
        assertEquals(value, Rational.ofExactly(value).toFloat());
        String longer = Float.toString(value).replace("E", "49999999999E");
        if (longer.contains("E")) {
          assertEquals(Float.parseFloat(longer), number(longer).toFloat(), longer);
        }
      }
    }
    // 1 + 2^-24 + 2^-54 is above the tie between two floats, but its double lies on the tie.
    Rational nearTie = Rational.ONE.plus(Rational.of(2).power(-24)).plus(Rational.of(2).power(-54));
    assertEquals(Math.nextUp(1f), nearTie.toFloat());
    assertEquals(1f, (float) nearTie.toDouble());
  }

  @Test
  void knowsTheEndsOfTheFormats() {
    assertEquals(Double.POSITIVE_INFINITY, number("1.8e308").toDouble());
    assertEquals(Double.MAX_VALUE, number("1.7976931348623157e308").toDouble());
    assertEquals(Float.NEGATIVE_INFINITY, number("-3.5e38").toFloat());
    assertEquals(Float.MAX_VALUE, number("3.4028235e38").toFloat());
    assertEquals(
        Float.POSITIVE_INFINITY, number("3.40282356779733661637539395458142568448e38").toFloat());
    assertEquals(Double.MIN_VALUE, number("4e-324").toDouble());
    assertEquals(0.0, number("2e-324").toDouble());
    assertEquals(Float.MIN_VALUE, number("1.4e-45").toFloat());
    assertEquals(0f, number("7e-46").toFloat());
  }

  @Test
  void takesRoots() {
    assertEquals(Rational.of(2, 3), Rational.of(8, 27).root(3));
    assertEquals(Math.sqrt(1000), Rational.of(1000).root(2).toDouble());
    assertEquals(Math.sqrt(0.001), Rational.of(1, 1000).root(2).toDouble(), 0x1p-58);
    Rational root = number("1e-40").plus(number("1e-300")).root(7);
    Rational error = root.power(7).dividedBy(number("1e-40")).minus(Rational.ONE).abs();
    assertTrue(error.compareTo(Rational.of(2).power(-250)) < 0);
  }

  @Test
  void printsAsAuthorsWrite() {
    assertEquals("0.25", Rational.of(1, 4).toString());
    assertEquals("1/3", Rational.of(1, 3).toString());
    assertEquals("-12", Rational.of(-12).toString());
    assertEquals("1e12", number("1e12").toString());
    assertEquals("2.5e-7", number("2.5e-7").toString());
    assertEquals("100000000", number("1e8").toString());
    assertEquals("0", Rational.ZERO.toString());
  }
}
