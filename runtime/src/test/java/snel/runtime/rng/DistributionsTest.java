package snel.runtime.rng;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionsTest {
  private static final int COUNT = 20_000;

  @Test
  void exponentialNumbersFollowTheirDistribution() {
    follow(q -> Distributions.exponential(1, 2, q, 0, 0), x -> 1 - Math.exp(-x), 1, 1);
  }

  @Test
  void lognormalNumbersHaveTheirMoments() {
    double mean = Math.exp(0.5 + 0.125);
    double variance = (Math.exp(0.25) - 1) * mean * mean;
    follow(q -> Distributions.lognormal(1, 2, q, 0, 0, 0.5, 0.5), null, mean, variance);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 0.999, 1, 2.5, 40, 1e6})
  void gammaNumbersHaveTheirMoments(double shape) {
    follow(q -> Distributions.gamma(1, 2, q, 0, 0, shape), null, shape, shape);
  }

  @Test
  void gammaOfShapeOneIsExponentialAndOfOneHalfAChiSquare() {
    follow(q -> Distributions.gamma(3, 2, q, 7, 0, 1), x -> 1 - Math.exp(-x), 1, 1);
    // P(X < x) = erf(sqrt x) by its series.
    follow(q -> Distributions.gamma(3, 2, q, 7, 0, 0.5), x -> erf(Math.sqrt(x)), 0.5, 0.5);
  }

  @ParameterizedTest
  @CsvSource({"1, 0.3", "10, 0.5", "100, 0.02", "5000, 0.4", "1000000, 0.999"})
  void binomialNumbersHaveTheirMoments(double n, double p) {
    follow(q -> Distributions.binomial(1, 2, q, 0, 0, n, p), null, n * p, n * p * (1 - p));
  }

  @Test
  void binomialNumbersInvertTheDistributionFunction() {
    int n = 12;
    double p = 0.37;
    double below = 0;
    double term = Math.pow(1 - p, n);
    for (int k = 0; k < n; k++) {
      below += term;
      assertEquals(k, Distributions.binomial(number(below - 1e-12), n, p));
      assertEquals(k + 1, Distributions.binomial(number(below + 1e-12), n, p));
      term *= (n - k) * p / ((k + 1) * (1 - p));
    }
    assertEquals(0, Distributions.binomial(-1L, 5, 0));
    assertEquals(5, Distributions.binomial(0, 5, 1));
    assertEquals(0, Distributions.binomial(-1L, 0, 0.5));
    assertEquals(7, Distributions.binomial(-1L, 7, 0.5));
  }

  private static long number(double u) {
    return (long) (u * 0x1p53) << 11;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.2, 1, 2, 7.5, 100, 499, 501, 1e4, 1e5})
  void poissonTablesAreTheDistributionFunction(double mean) {
    int[] table = PoissonTable.of(mean);
    double log = 0;
    double below = 0;
    for (int k = 0; k < table.length; k++) {
      below += Math.exp(k * Math.log(mean) - mean - log);
      assertEquals(below * 0x1p32, Integer.toUnsignedLong(table[k]), 1 + mean * 2e-4);
      log += Math.log(k + 1);
    }
    int step = 0x00100007;
    for (int word = 0, trial = 0; trial < 200; trial++, word += step * 19) {
      assertEquals(PoissonTable.count(word, table), PoissonTable.count(word, mean));
    }
    assertEquals(table.length, PoissonTable.count(-1, mean));
    assertEquals(PoissonTable.count(0, table), PoissonTable.count(0, mean));
  }

  @Test
  void poissonCountsHaveTheirMoments() {
    int[] table = PoissonTable.of(2);
    follow(q -> PoissonTable.count(Philox.word(5, 5, q, 0, 0, 0, 0), table), null, 2, 2);
    assertEquals(0, PoissonTable.of(0).length);
    assertEquals(0, PoissonTable.count(-1, 0.0));
  }

  interface DistributionFunction {
    double at(double x);
  }

  /// Mean and variance within 4.5 standard errors; Kolmogorov's distance below its 0.1 % point.
  private static void follow(
      IntToDoubleFunction draw,
      @org.jspecify.annotations.Nullable DistributionFunction function,
      double mean,
      double variance) {
    double[] x = new double[COUNT];
    double sum = 0;
    double squares = 0;
    double fourth = 0;
    for (int q = 0; q < COUNT; q++) {
      x[q] = draw.applyAsDouble(q);
      double square = (x[q] - mean) * (x[q] - mean);
      sum += x[q];
      squares += square;
      fourth += square * square;
    }
    double zMean = (sum / COUNT - mean) / Math.sqrt(variance / COUNT);
    double error = Math.sqrt((fourth / COUNT - variance * variance) / COUNT);
    double zVariance = (squares / COUNT - variance) / error;
    assertTrue(Math.abs(zMean) < 4.5, "mean: z = " + zMean);
    assertTrue(Math.abs(zVariance) < 4.5, "variance: z = " + zVariance);
    if (function != null) {
      Arrays.sort(x);
      double distance = 0;
      for (int q = 0; q < COUNT; q++) {
        distance = Math.max(distance, Math.abs(function.at(x[q]) - (q + 0.5) / COUNT));
      }
      assertTrue(distance * Math.sqrt(COUNT) < 1.95, "distance " + distance);
    }
  }

  private static double erf(double x) {
    if (x > 5) {
      return 1;
    }
    double sum = 0;
    double term = x;
    for (int k = 0; k < 120; k++) {
      sum += term / (2 * k + 1);
      term *= -x * x / (k + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }
}
