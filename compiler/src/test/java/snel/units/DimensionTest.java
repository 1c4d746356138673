package snel.units;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DimensionTest {
  /// Reads what [Dimension#toString] prints, by other means than the program's.
  static Dimension dimension(String text) {
    Dimension product = Dimension.PLAIN;
    if (text.equals("real")) {
      return product;
    }
    String[] factors = text.split("(?=[*/])(?![^(]*\\))");
    for (String factor : factors) {
      boolean divides = factor.startsWith("/");
      String[] parts = factor.replaceAll("[*()]|^/", "").split("\\^");
      if (parts[0].equals("1")) {
        continue;
      }
      Rational exponent = Rational.ONE;
      if (parts.length > 1) {
        String[] fraction = parts[1].split("/");
        long below = fraction.length > 1 ? Long.parseLong(fraction[1]) : 1;
        exponent = Rational.of(Long.parseLong(fraction[0]), below);
      }
      Dimension power = Dimension.named(parts[0]).orElseThrow().power(exponent);
      product = divides ? product.dividedBy(power) : product.times(power);
    }
    return product;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "real",
        "voltage",
        "frequency",
        "conductance/voltage",
        "1/time^(1/2)",
        "1/voltage",
        "voltage/time",
        "voltage/time^(1/2)",
        "voltage^2*time",
        "voltage^2",
        "capacitance/area",
        "conductance/area",
        "current/area",
        "concentration/time",
        "current/time",
        "resistance*length"
      })
  void printsInTheWordsOfTheField(String text) {
    assertEquals(text, dimension(text).toString());
  }

  @Test
  void printsWhatMeansTheSame() {
    var random = new Random(3);
    for (int i = 0; i < 500; i++) {
      Dimension product = Dimension.PLAIN;
      for (String name : Dimension.names()) {
        if (random.nextInt(4) == 0) {
          Rational power = Rational.of(random.nextInt(7) - 3, 1 + random.nextInt(2));
          product = product.times(Dimension.named(name).orElseThrow().power(power));
        }
      }
      assertEquals(product, dimension(product.toString()), product.toString());
      if (!product.isPlain()) {
        String text = Unit.coherent(product).text();
        assertEquals(
            new UnitReading.Known(new Unit(text, product, Rational.ONE)), Units.read(text), text);
      }
    }
  }

  @Test
  void speaksInSentences() {
    assertEquals("a plain number", Dimension.PLAIN.described());
    assertEquals("an area", Dimension.AREA.described());
    assertEquals("a voltage/time", Dimension.VOLTAGE.dividedBy(Dimension.TIME).described());
    assertEquals("an amount of information", Dimension.INFORMATION.described());
  }

  @Test
  void knowsTheLaws() {
    assertEquals(Dimension.ENERGY, Dimension.MASS.times(Dimension.SPEED).times(Dimension.SPEED));
    assertEquals(
        Dimension.POWER, Dimension.RESISTANCE.times(Dimension.CURRENT.power(Rational.of(2))));
    assertEquals(Dimension.TIME, Dimension.RESISTANCE.times(Dimension.CAPACITANCE));
  }
}
