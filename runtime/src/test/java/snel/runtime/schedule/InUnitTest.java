package snel.runtime.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InUnitTest {
  /// As the author wrote it: 43, 0.7 or 3.17 of a unit.
  @ParameterizedTest
  @ValueSource(strings = {"1e-9", "1e-6", "0.001", "0.01", "1", "1000", "60000", "3600000"})
  void whatWasWrittenComesBack(String factor) {
    var unit = new BigDecimal(factor);
    for (int k = 1; k <= 30_000; k++) {
      for (int digits = 0; digits < 4; digits++) {
        BigDecimal written = BigDecimal.valueOf(k, digits);
        double stored = written.multiply(unit).doubleValue();
        double shown = InUnit.of(stored, unit.doubleValue());
        assertEquals(written.doubleValue(), shown, 0, () -> written + " of " + factor);
        // as a sweep stores what a run has shown
        double again = InUnit.of(shown * unit.doubleValue(), unit.doubleValue());
        assertEquals(shown, again, 0, () -> written + " of " + factor + " again");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, Double.NaN, Double.POSITIVE_INFINITY, 1.0 / 3, 0.1 + 0.2})
  void otherNumbersStay(double stored) {
    assertArrayEquals(new double[] {stored}, InUnit.of(new double[] {stored}, 1));
    double divided = stored / 1e-3;
    double shown = InUnit.of(stored, 1e-3);
    assertTrue(shown == divided || !(Math.abs(shown - divided) > 4 * Math.ulp(divided)));
  }
}
