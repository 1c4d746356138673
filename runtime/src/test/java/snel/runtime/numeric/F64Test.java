package snel.runtime.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import snel.runtime.rng.Philox;

class F64Test {
  @Test
  void functionsAreThoseOfStrictMath() {
    for (double x = -3; x < 3; x += 0.37) {
      assertEquals(StrictMath.exp(x), F64.exp(x));
      assertEquals(StrictMath.tanh(x), F64.tanh(x));
      assertEquals(StrictMath.sin(x), F64.sin(x));
      assertEquals(StrictMath.log1p(x + 2.5), F64.log1p(x + 2.5));
      assertEquals(1 / (1 + StrictMath.exp(-x)), F64.sigmoid(x));
    }
    assertEquals(1, F64.exprel(0));
    assertEquals(1.0000000005, F64.exprel(1e-9));
  }

  @Test
  void wholePowers() {
    assertEquals(1, F64.power(-7.5, 0));
    assertEquals(-243, F64.power(-3, 5));
    assertEquals(1 / 1024.0, F64.power(2, -10));
    double square = 1.1 * 1.1;
    assertEquals(square * square * 1.1, F64.power(1.1, 5));
  }

  /// Quantiles of the normal distribution at (w + 1/2) · 2^-32, computed with 40 digits.
  @ParameterizedTest
  @CsvSource({
    "0, -6.33795775455378925",
    "1, -6.16642951781975025",
    "5, -5.95750766298857326",
    "1000, -5.03985112596871155",
    "1048576, -3.48710397659169058",
    "123456789, -1.89957399550606511",
    "268435456, -1.53412054340595673",
    "400000000, -1.32171066728698911",
    "1073741824, -0.674489749829738432",
    "1500000000, -0.387357002160543084",
    "2000000000, -0.0861809490044896876",
    "2147483646, -8.75429811874986802e-10",
    "2147483647, -2.91809937291662267e-10"
  })
  void normalNumbersAreQuantiles(long word, double quantile) {
    assertEquals(quantile, F64.normal((int) word), Math.abs(quantile) * 9e-16);
    assertEquals(-quantile, F64.normal((int) ~word), Math.abs(quantile) * 9e-16);
  }

  @Test
  void normalNumbersOfBothPrecisionsGoTogether() {
    for (int k = 0; k < 10_000; k++) {
      int word = Philox.word(1, 2, k, 0, 0, 0, 0);
      double z = F64.normal(word);
      // The word's 9 lower bits are lost in f32: half of 2^-23 in probability.
      double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
      double slack = 1e-6 + 0x1p-23 / density;
      assertEquals(z, F32.normal(word), Math.abs(z) > 4.5 ? 0.5 : slack);
    }
  }

  @Test
  void normalNumbersHaveTheMomentsOfTheNormalDistribution() {
    int n = 1 << 18;
    double[] sums = new double[5];
    for (int k = 0; k < n; k++) {
      double z = F64.normal(Philox.word(7, 8, k >> 2, 0, 0, 0, k & 3));
      for (int power = 1; power <= 4; power++) {
        sums[power] += F64.power(z, power) / n;
      }
    }
    // Standard errors of the first four moments: 1, sqrt 2, sqrt 15, sqrt 96 over sqrt n.
    double root = Math.sqrt(n);
    assertTrue(Math.abs(sums[1]) < 4 / root);
    assertTrue(Math.abs(sums[2] - 1) < 4 * Math.sqrt(2) / root);
    assertTrue(Math.abs(sums[3]) < 4 * Math.sqrt(15) / root);
    assertTrue(Math.abs(sums[4] - 3) < 4 * Math.sqrt(96) / root);
  }
}
