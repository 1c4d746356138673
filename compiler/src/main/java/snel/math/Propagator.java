package snel.math;

/// One exact step of x' = A x + B u with u held: x(t + h) = `state` x(t) + `input` u.
public record Propagator(Matrix state, Matrix input) {

  /// The step of length `h`. `b` has a column for each input (or one for all constants together)
  /// and as many rows as `a`; no inputs are a matrix of no columns.
  public static Propagator of(Matrix a, Matrix b, double h) {
    int states = a.rows();
    int inputs = b.columns();
    int size = states + inputs;
    double[] sizes = columnSizes(a, b);
    Matrix augmented = Matrix.zero(size, size).with(0, 0, a);
    for (int j = 0; j < inputs; j++) {
      augmented = augmented.with(0, states + j, b.block(0, j, states, 1).scaled(1 / sizes[j]));
    }
    Matrix exponential = MatrixExponential.of(augmented.scaled(h));
    Matrix input = exponential.block(0, states, states, inputs);
    for (int j = 0; j < inputs; j++) {
      input = input.with(0, j, input.block(0, j, states, 1).scaled(sizes[j]));
    }
    return new Propagator(exponential.block(0, 0, states, states), input);
  }

  /// Powers of two by which the input columns are brought to the size of A, or of 1 if A is zero: a
  /// large input must not make the exponential square more often than A wants.
  private static double[] columnSizes(Matrix a, Matrix b) {
    double norm = a.norm() > 0 ? a.norm() : 1;
    double[] sizes = new double[b.columns()];
    for (int j = 0; j < sizes.length; j++) {
      double column = b.block(0, j, b.rows(), 1).norm();
      boolean scales = column > 0 && column < Double.POSITIVE_INFINITY;
      sizes[j] = scales ? StrictMath.scalb(1.0, Math.getExponent(column / norm)) : 1;
    }
    return sizes;
  }
}
