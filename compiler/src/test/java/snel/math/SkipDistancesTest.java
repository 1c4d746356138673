package snel.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import snel.runtime.connect.SkipTable;

/// The table of compiled programs, all in whole numbers of any length, against the run-time
/// library's, most of which comes from 64 bits.
class SkipDistancesTest {
  @Test
  void bothTablesAreTheSame() {
    for (double p :
        new double[] {1, 0.5, 0.25, 0.125, 0x1p-20, 0.1, 0.02, 0.001, 0.999999, 1e-17}) {
      assertSame(p);
    }
    Random random = new Random(5);
    for (int k = 0; k < 40; k++) {
      assertSame(Math.pow(random.nextDouble(), 3));
    }
  }

  /// Where a power is a whole number of the table's units, and its neighbours.
  @Test
  void entriesThatNeedNoRoundingAreMet() {
    for (int bits = 1; bits <= 10; bits++) {
      double p = Math.scalb(1.0, -bits);
      assertSame(p);
      assertSame(1 - p);
      assertSame(Math.nextUp(p));
      assertSame(Math.nextDown(p));
    }
  }

  private static void assertSame(double p) {
    assertArrayEquals(SkipDistances.of(p), SkipTable.of(p).entries(), "p = " + p);
  }
}
