package snel.math;

import snel.math.Eigenvalues.Complex;

/// The longest step with which a method does not blow up what decays by itself: x' = A x.
///
/// Modes that grow by themselves set no bound.
public final class Stability {
  /// On the negative real axis the classical Runge-Kutta method is stable up to 2.79.
  private static final double BEYOND_RK4 = 4;

  private static final double ROUNDING = 1e-12;

  private Stability() {}

  /// For the explicit Euler method: |1 + h λ| <= 1 for every eigenvalue λ. Infinite if nothing
  /// decays, zero if something oscillates without decay.
  public static double eulerBound(Matrix a) {
    double bound = Double.POSITIVE_INFINITY;
    for (Complex eigenvalue : Eigenvalues.of(a)) {
      double size = eigenvalue.abs();
      if (size > 0 && eigenvalue.re() <= ROUNDING * size) {
        boolean undamped = eigenvalue.re() >= -ROUNDING * size;
        bound = Math.min(bound, undamped ? 0 : -2 * eigenvalue.re() / (size * size));
      }
    }
    return bound;
  }

  /// For the classical Runge-Kutta method of fourth order.
  public static double rungeKuttaBound(Matrix a) {
    double bound = Double.POSITIVE_INFINITY;
    for (Complex eigenvalue : Eigenvalues.of(a)) {
      double size = eigenvalue.abs();
      if (size > 0 && eigenvalue.re() <= ROUNDING * size) {
        bound = Math.min(bound, rungeKuttaReach(eigenvalue.scaled(1 / size)) / size);
      }
    }
    return bound;
  }

  /// How far from 0 in `direction` the method's amplification stays at most 1.
  private static double rungeKuttaReach(Complex direction) {
    double stable = 0;
    double unstable = BEYOND_RK4;
    double step = BEYOND_RK4 / 256;
    for (double reach = step; reach < BEYOND_RK4; reach += step) {
      if (amplification(direction.scaled(reach)) > 1 + ROUNDING) {
        unstable = reach;
        break;
      }
      stable = reach;
    }
    for (int i = 0; i < 60; i++) {
      double middle = (stable + unstable) / 2;
      if (amplification(direction.scaled(middle)) > 1 + ROUNDING) {
        unstable = middle;
      } else {
        stable = middle;
      }
    }
    return stable;
  }

  /// |1 + z + z²/2 + z³/6 + z⁴/24|.
  private static double amplification(Complex z) {
    Complex one = new Complex(1, 0);
    Complex sum = z.scaled(1.0 / 4).plus(one);
    sum = sum.times(z.scaled(1.0 / 3)).plus(one);
    sum = sum.times(z.scaled(1.0 / 2)).plus(one);
    return sum.times(z).plus(one).abs();
  }
}
