package snel.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import snel.math.Eigenvalues.Complex;

class StabilityTest {
  @Test
  void aSingleDecay() {
    Matrix decay = Matrix.of(new double[] {-5});
    assertEquals(0.4, Stability.eulerBound(decay), 1e-15);
    assertEquals(2.785293563405282 / 5, Stability.rungeKuttaBound(decay), 1e-9);
  }

  @Test
  void growthAndRestSetNoBound() {
    Matrix growth = Matrix.of(new double[] {3, 0}, new double[] {0, 0});
    assertEquals(Double.POSITIVE_INFINITY, Stability.eulerBound(growth));
    assertEquals(Double.POSITIVE_INFINITY, Stability.rungeKuttaBound(growth));
  }

  @Test
  void oscillations() {
    Matrix turning = Matrix.of(new double[] {0, -2}, new double[] {2, 0});
    assertEquals(0, Stability.eulerBound(turning));
    assertEquals(Math.sqrt(8) / 2, Stability.rungeKuttaBound(turning), 1e-6);
    Matrix damped = Matrix.of(new double[] {-1, -2}, new double[] {2, -1});
    assertEquals(0.4, Stability.eulerBound(damped), 1e-14);
  }

  /// Just inside the bound iterates shrink, just outside they grow.
  @Test
  void theBoundIsWhereIteratesStartToGrow() {
    var random = new Random(17);
    for (int round = 0; round < 20; round++) {
      int n = 2 + random.nextInt(4);
      double[][] rows = new double[n][n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          rows[i][j] = i == j ? -2 - 4 * random.nextDouble() : random.nextDouble() - 0.5;
        }
      }
      Matrix a = Matrix.of(rows);
      double bound = Stability.eulerBound(a);
      assertEquals(true, grown(a, 0.98 * bound) < 1, a.toString());
      assertEquals(true, grown(a, 1.02 * bound) > 1, a.toString());
    }
  }

  private static double grown(Matrix a, double h) {
    Matrix step = Matrix.identity(a.rows()).plus(a.scaled(h));
    for (int i = 0; i < 11; i++) {
      step = step.times(step);
    }
    return step.norm();
  }

  @Test
  void eigenvaluesOfACompanionMatrixAreTheRoots() {
    // (x - 1)(x - 2)(x - 3)(x² + 1) = x⁵ - 6x⁴ + 12x³ - 12x² + 11x - 6
    Matrix companion =
        Matrix.of(
            new double[] {6, -12, 12, -11, 6},
            new double[] {1, 0, 0, 0, 0},
            new double[] {0, 1, 0, 0, 0},
            new double[] {0, 0, 1, 0, 0},
            new double[] {0, 0, 0, 1, 0});
    List<Complex> found =
        Eigenvalues.of(companion).stream()
            .sorted(
                Comparator.comparingDouble((Complex c) -> Math.rint(c.re() * 1e6))
                    .thenComparingDouble(Complex::im))
            .toList();
    double[][] roots = {{0, -1}, {0, 1}, {1, 0}, {2, 0}, {3, 0}};
    for (int i = 0; i < 5; i++) {
      assertEquals(roots[i][0], found.get(i).re(), 1e-11);
      assertEquals(roots[i][1], found.get(i).im(), 1e-11);
    }
  }

  @Test
  void traceAndDeterminantAreKept() {
    var random = new Random(19);
    for (int round = 0; round < 200; round++) {
      int n = 1 + random.nextInt(8);
      double[][] rows = new double[n][n];
      double trace = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          rows[i][j] = random.nextInt(3) == 0 ? 0 : random.nextGaussian();
        }
        trace += rows[i][i];
      }
      double re = 0;
      double im = 0;
      double square = 0;
      for (Complex c : Eigenvalues.of(Matrix.of(rows))) {
        re += c.re();
        im += c.im();
        square += c.times(c).re();
      }
      assertEquals(trace, re, 1e-11);
      assertEquals(0, im, 1e-11);
      Matrix a = Matrix.of(rows);
      Matrix aa = a.times(a);
      double traceOfSquare = 0;
      for (int i = 0; i < n; i++) {
        traceOfSquare += aa.get(i, i);
      }
      assertEquals(traceOfSquare, square, 1e-10);
    }
  }
}
