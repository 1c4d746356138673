package snel.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StepNoiseTest {
  /// Ornstein-Uhlenbeck with stationary deviation 1: S = sqrt(1 - P²), also in single precision
  /// (semantics.md, Ex15: tau 10, S 3e10182b).
  @Test
  void ornsteinUhlenbeck() {
    for (double tau : new double[] {0.01, 1, 10, 1e4}) {
      Matrix a = Matrix.of(new double[] {-1 / tau});
      Matrix g = Matrix.of(new double[] {StrictMath.sqrt(2 / tau)});
      double s = StepNoise.of(a, g, 0.1).factor().get(0, 0);
      assertEquals(1, s / StrictMath.sqrt(-StrictMath.expm1(-0.2 / tau)), 1e-13);
    }
    Matrix ten = Matrix.of(new double[] {-0.1});
    Matrix g = Matrix.of(new double[] {StrictMath.sqrt(0.2)});
    float s = (float) StepNoise.of(ten, g, 0.1).factor().get(0, 0);
    assertEquals(0x3e10182b, Float.floatToRawIntBits(s));
  }

  /// A plain random walk and its integral: h, h²/2, h³/3.
  @Test
  void integratedWalk() {
    Matrix a = Matrix.of(new double[] {0, 0}, new double[] {1, 0});
    Matrix g = Matrix.of(new double[] {1}, new double[] {0});
    Matrix q = StepNoise.of(a, g, 0.5).covariance();
    assertEquals(0.5, q.get(0, 0), 1e-15);
    assertEquals(0.125, q.get(0, 1), 1e-15);
    assertEquals(0.125 / 3, q.get(1, 1), 1e-15);
  }

  /// A noisy current into a membrane, against the integral by Simpson's rule; and L L' is the
  /// covariance.
  @Test
  void colouredNoiseOnAMembrane() {
    double tauM = 20;
    double tauS = 5;
    Matrix a = Matrix.of(new double[] {-1 / tauM, 1 / tauM}, new double[] {0, -1 / tauS});
    Matrix g = Matrix.of(new double[] {0, 0.3}, new double[] {2, 0});
    for (double h : new double[] {0.1, 1, 50}) {
      StepNoise noise = StepNoise.of(a, g, h);
      Matrix integral = simpson(a, g, h);
      Matrix back = noise.factor().times(noise.factor().transposed());
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 2; j++) {
          double size = Math.sqrt(integral.get(i, i) * integral.get(j, j));
          assertEquals(integral.get(i, j), noise.covariance().get(i, j), 1e-10 * size);
          assertEquals(noise.covariance().get(i, j), back.get(i, j), 1e-14 * size);
        }
      }
      assertEquals(0, noise.factor().get(0, 1));
    }
  }

  private static Matrix simpson(Matrix a, Matrix g, double h) {
    int intervals = 2000;
    Matrix sum = Matrix.zero(a.rows(), a.rows());
    for (int i = 0; i <= intervals; i++) {
      Matrix step = MatrixExponential.of(a.scaled(h * i / intervals)).times(g);
      double weight = i == 0 || i == intervals ? 1 : i % 2 == 0 ? 2 : 4;
      sum = sum.plus(step.times(step.transposed()).scaled(weight * h / intervals / 3));
    }
    return sum;
  }

  @Test
  void statesWithoutNoiseGetNone() {
    Matrix a = Matrix.of(new double[] {-1, 0}, new double[] {0, -0.1});
    Matrix g = Matrix.of(new double[] {0}, new double[] {1});
    Matrix factor = StepNoise.of(a, g, 0.1).factor();
    assertEquals(0, factor.get(0, 0));
    assertEquals(0, factor.get(1, 0));
    assertEquals(1, factor.get(1, 1) / StrictMath.sqrt(-StrictMath.expm1(-0.02) * 5), 1e-14);
  }

  /// Equal noise on two equal states: the covariance has rank one.
  @Test
  void sharedNoise() {
    Matrix a = Matrix.of(new double[] {-0.1, 0}, new double[] {0, -0.1});
    Matrix g = Matrix.of(new double[] {1}, new double[] {1});
    Matrix factor = StepNoise.of(a, g, 0.1).factor();
    assertEquals(factor.get(0, 0), factor.get(1, 0), 1e-16);
    assertEquals(0, factor.get(1, 1));
  }
}
