package snel.units;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
  private static Unit unit(String text) {
    return switch (Units.read(text)) {
      case UnitReading.Known(var unit) -> unit;
      case UnitReading.Unknown(var symbol, var start, var meant) ->
          throw new AssertionError(symbol + " unknown");
      case UnitReading.Malformed(var start) -> throw new AssertionError(text + " at " + start);
    };
  }

  /// The stored size from SI by hand: coherent units are 1e-3 V, 1e-3 s, 1e-9 A, 1e-6 S, 1e-9 F,
  /// 1e6 Ohm, 1e3 Hz, 1e-6 m and what follows from them.
  @ParameterizedTest
  @CsvSource({
    "mV, 1, voltage",
    "V, 1000, voltage",
    "uV, 0.001, voltage",
    "pA, 0.001, current",
    "A, 1000000000, current",
    "nS, 0.001, conductance",
    "pF, 0.001, capacitance",
    "uF/cm^2, 0.00001, capacitance/area",
    "mS/cm^2, 0.00001, conductance/area",
    "MOhm, 1, resistance",
    "Ohm, 0.000001, resistance",
    "Hz, 0.001, frequency",
    "MHz, 1000, frequency",
    "s, 1000, time",
    "min, 60000, time",
    "h, 3600000, time",
    "m/s, 1000, speed",
    "um^2, 1, area",
    "mm^2, 1000000, area",
    "%, 0.01, real",
    "KiB, 1024, information",
    "GiB, 1073741824, information",
    "mV/ms, 1, voltage/time",
    "mV/ms^(1/2), 1, voltage/time^(1/2)",
    "mV^2, 1, voltage^2",
    "C, 1000000000000, charge",
    "A*s, 1000000000000, charge",
    "J, 1000000000000000, energy",
    "V*A*s, 1000000000000000, energy",
    "W, 1000000000000, power",
    "kg, 1000000000, mass",
    "mM, 1, concentration",
    "mol/m^3, 1, concentration",
    "K, 1, temperature",
    "nS/mV, 0.001, conductance/voltage",
    "s^-1, 0.001, frequency",
    "ms^(-1/2), 1, 1/time^(1/2)",
    "mV/ms*ms, 1, voltage"
  })
  void convertsToTheStoredSet(String text, String factor, String dimension) {
    assertEquals(Rational.parse(factor).orElseThrow(), unit(text).factor());
    assertEquals(dimension, unit(text).dimension().toString());
  }

  @Test
  void convertsRootsOfUnitsToMoreBitsThanADoubleHolds() {
    assertEquals(1 / Math.sqrt(1000), unit("s^(-1/2)").factor().toDouble(), 0x1p-57);
    Rational square = unit("s^(1/2)").factor().power(2).minus(Rational.of(1000)).abs();
    assertEquals(-1, square.compareTo(Rational.of(2).power(-240)));
  }

  @ParameterizedTest
  @CsvSource({
    "mv, mV",
    "MV2, ",
    "hz, Hz",
    "mhz, mHz",
    "kOHM, kOhm",
    "sec, s",
    "msec, ms",
    "seconds, s",
    "millivolts, mV",
    "nanosiemens, nS",
    "\u00b5F, uF",
    "k\u03a9, kOhm",
    "minutes, min",
    "kB, KiB",
    "percent, %",
    "tau, "
  })
  void guessesWhatAnUnknownUnitMeans(String text, String meant) {
    var unknown = assertInstanceOf(UnitReading.Unknown.class, Units.read(text));
    assertEquals(Optional.ofNullable(meant), unknown.meant());
  }

  @Test
  void saysWhichPartIsUnknown() {
    assertEquals(new UnitReading.Unknown("sek", 3, Optional.empty()), Units.read("mV/sek"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "mV/", "mV//ms", "mV^", "ms^(1/0)", "ms^(1/99)", "m^999", "mV ms", "^2"})
  void refusesWhatIsNoProduct(String text) {
    assertInstanceOf(UnitReading.Malformed.class, Units.read(text));
  }

  @Test
  void everySymbolReadsAsItself() {
    assertEquals(14 * 10 + 8, Units.symbols().size());
    for (String symbol : Units.symbols()) {
      assertEquals(symbol, unit(symbol).text());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.25, time, 250 us",
    "0.1, time, 100 us",
    "1.62, voltage, 1.62 mV",
    "-60, voltage, -60 mV",
    "0, current, 0 nA",
    "0.02, current, 20 pA",
    "0.005, frequency, 5 Hz",
    "1500, time, 1.5 s",
    "1, area, 1 um^2",
    "2, voltage/time, 2 mV/ms",
    "0.5, real, 0.5",
    "3, 1/time^(1/2), 3 ms^(-1/2)",
    "4, conductance/voltage, 4 uS/mV"
  })
  void choosesUnitsToPrintIn(String stored, String type, String shown) {
    Dimension dimension = DimensionTest.dimension(type);
    assertEquals(shown, Units.show(Rational.parse(stored).orElseThrow(), dimension));
  }

  @Test
  void showsInTheAuthorsUnit() {
    assertEquals("0.25 ms", unit("ms").show(Rational.of(1, 4)));
    assertEquals("5 %", unit("%").show(Rational.of(1, 20)));
    assertEquals("0.333333 s", unit("s").show(Rational.of(1000, 3)));
    assertEquals("0.1 ms", unit("ms").show(0.1));
    assertEquals("-infinity", unit("ms").show(Double.NEGATIVE_INFINITY));
  }
}
