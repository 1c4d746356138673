package snel.math;

import java.util.Optional;

/// What white noise adds to a linear system within one step: dx = A x dt + G dW.
///
/// The covariance of the step is the integral over s in 0 .. h of e^(As) G G' e^(A's) (Van Loan,
/// "Computing integrals involving the matrix exponential", IEEE Trans. Autom. Control 23, 1978).
public record StepNoise(Matrix covariance) {
  /// A pivot this small beside its diagonal element is rounding.
  public static final double ROUNDING = 0x1p-46;

  /// @param g a row for each state, a column for each noise process
  public static StepNoise of(Matrix a, Matrix g, double h) {
    int doublings = Math.max(0, Math.getExponent(a.norm() * h) + 1);
    double small = StrictMath.scalb(h, -doublings);
    int states = a.rows();
    Matrix gg = g.times(g.transposed());
    Matrix pair = Matrix.zero(2 * states, 2 * states).with(0, 0, a.scaled(-1));
    pair = pair.with(0, states, gg).with(states, states, a.transposed());
    Matrix exponential = MatrixExponential.of(pair.scaled(small));
    Matrix step = exponential.block(states, states, states, states).transposed();
    Matrix covariance = symmetric(step.times(exponential.block(0, states, states, states)));
    for (int i = 0; i < doublings; i++) {
      covariance = covariance.plus(step.times(covariance).times(step.transposed()));
      step = step.times(step);
    }
    return new StepNoise(symmetric(covariance));
  }

  private static Matrix symmetric(Matrix matrix) {
    return matrix.plus(matrix.transposed()).scaled(0.5);
  }

  /// The lower triangular L with L L' = covariance: with independent standard normal z, the noise
  /// of the step is L z. States that get no noise of their own have a zero on the diagonal.
  public Matrix factor() {
    return Cholesky.of(covariance)
        .orElseThrow(() -> new ArithmeticException("no covariance: " + covariance));
  }

  /// Factors symmetric matrices whose eigenvalues are not negative.
  private static final class Cholesky {
    static Optional<Matrix> of(Matrix symmetric) {
      int size = symmetric.rows();
      double[][] lower = new double[size][size];
      for (int j = 0; j < size; j++) {
        double rest = symmetric.get(j, j);
        for (int k = 0; k < j; k++) {
          rest -= lower[j][k] * lower[j][k];
        }
        double negligible = Math.abs(symmetric.get(j, j)) * ROUNDING;
        if (!(rest >= -negligible)) {
          return Optional.empty();
        }
        if (rest > negligible) {
          fillColumn(symmetric, lower, j, StrictMath.sqrt(rest));
        }
      }
      return Optional.of(Matrix.of(lower));
    }

    private static void fillColumn(Matrix symmetric, double[][] lower, int j, double pivot) {
      lower[j][j] = pivot;
      for (int i = j + 1; i < lower.length; i++) {
        double rest = symmetric.get(i, j);
        for (int k = 0; k < j; k++) {
          rest -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = rest / pivot;
      }
    }
  }
}
