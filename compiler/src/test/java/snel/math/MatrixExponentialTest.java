package snel.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MatrixExponentialTest {
  private static final MathContext DIGITS = new MathContext(60);

  /// e^A by its power series in 60 digits, after halving A twenty times.
  private static double[][] bySeries(double[][] a) {
    int n = a.length;
    BigDecimal[][] scaled = new BigDecimal[n][n];
    BigDecimal[][] sum = new BigDecimal[n][n];
    BigDecimal scale = BigDecimal.valueOf(1 << 20);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        scaled[i][j] = new BigDecimal(a[i][j]).divide(scale, DIGITS);
        sum[i][j] = i == j ? BigDecimal.ONE : BigDecimal.ZERO;
      }
    }
    BigDecimal[][] term = sum;
    for (int k = 1; k < 20; k++) {
      term = product(term, scaled);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          term[i][j] = term[i][j].divide(BigDecimal.valueOf(k), DIGITS);
        }
      }
      sum = sum(sum, term);
    }
    for (int k = 0; k < 20; k++) {
      sum = product(sum, sum);
    }
    double[][] result = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        result[i][j] = sum[i][j].doubleValue();
      }
    }
    return result;
  }

  private static BigDecimal[][] product(BigDecimal[][] a, BigDecimal[][] b) {
    int n = a.length;
    BigDecimal[][] product = new BigDecimal[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int k = 0; k < n; k++) {
          sum = sum.add(a[i][k].multiply(b[k][j], DIGITS), DIGITS);
        }
        product[i][j] = sum;
      }
    }
    return product;
  }

  private static BigDecimal[][] sum(BigDecimal[][] a, BigDecimal[][] b) {
    int n = a.length;
    BigDecimal[][] sum = new BigDecimal[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        sum[i][j] = a[i][j].add(b[i][j]);
      }
    }
    return sum;
  }

  @Test
  void agreesWithThePowerSeriesInSixtyDigits() {
    var random = new Random(11);
    for (int round = 0; round < 60; round++) {
      int n = 1 + random.nextInt(6);
      double[][] a = new double[n][n];
      double size = StrictMath.pow(10, random.nextDouble() * 3.5 - 2.5);
      for (double[] row : a) {
        for (int j = 0; j < n; j++) {
          row[j] = random.nextInt(3) == 0 ? 0 : size * (random.nextDouble() - 0.7);
        }
      }
      double[][] expected = bySeries(a);
      Matrix found = MatrixExponential.of(Matrix.of(a));
      double norm = Matrix.of(expected).norm();
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          assertEquals(expected[i][j], found.get(i, j), 1e-13 * norm, Matrix.of(a).toString());
        }
      }
    }
  }

  @Test
  void aScalarIsTheExponential() {
    for (double x = -30; x <= 5; x += 0.37) {
      double found = MatrixExponential.of(Matrix.of(new double[] {x})).get(0, 0);
      assertEquals(1, found / StrictMath.exp(x), 1e-13, "x = " + x);
    }
  }

  @Test
  void complexPairsTurn() {
    double decay = -0.3;
    double turn = 2.1;
    Matrix found =
        MatrixExponential.of(Matrix.of(new double[] {decay, -turn}, new double[] {turn, decay}));
    assertEquals(StrictMath.exp(decay) * StrictMath.cos(turn), found.get(0, 0), 1e-15);
    assertEquals(StrictMath.exp(decay) * StrictMath.sin(turn), found.get(1, 0), 1e-15);
  }

  @Test
  void nilpotentMatricesAreExact() {
    Matrix found =
        MatrixExponential.of(
            Matrix.of(new double[] {0, 4, 0}, new double[] {0, 0, 4}, new double[] {0, 0, 0}));
    Matrix exact =
        Matrix.of(new double[] {1, 4, 8}, new double[] {0, 1, 4}, new double[] {0, 0, 1});
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        assertEquals(exact.get(i, j), found.get(i, j), 1e-14);
      }
    }
  }

  /// Two pairs that do not touch, in mixed order and of very different speed.
  @Test
  void whatIsNotConnectedStaysExactlyZero() {
    Matrix found =
        MatrixExponential.of(
            Matrix.of(
                new double[] {-1, 0, 50, 0},
                new double[] {0, -0.01, 0, 0.003},
                new double[] {30, 0, -90, 0},
                new double[] {0, 0, 0, -7}));
    int zeros = 0;
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        zeros += Double.doubleToRawLongBits(found.get(i, j)) == 0 ? 1 : 0;
      }
    }
    assertEquals(9, zeros);
  }
}
