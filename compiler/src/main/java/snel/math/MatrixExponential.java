package snel.math;

/// e^A by the [13/13] Padé approximant with scaling and squaring (Higham, "The scaling and squaring
/// method for the matrix exponential revisited", SIAM J. Matrix Anal. Appl. 26, 2005).
///
/// Equal or nearly equal time constants are no special case: nothing is divided by their
/// difference.
public final class MatrixExponential {
  /// The largest norm for which the approximant is exact to double precision (Higham, table 2.3).
  public static final double LARGEST_NORM = 5.371920351148152;

  private static final double[] PADE = {
    64764752532480000.0,
    32382376266240000.0,
    7771770303897600.0,
    1187353796428800.0,
    129060195264000.0,
    10559470521600.0,
    670442572800.0,
    33522128640.0,
    1323241920.0,
    40840800.0,
    960960.0,
    16380.0,
    182.0,
    1.0
  };

  private MatrixExponential() {}

  /// The coefficients of the approximant's numerator, from the lowest power up.
  public static double[] pade() {
    return PADE.clone();
  }

  /// e^A for a square matrix of finite numbers. What the pattern of A cannot reach is exactly zero.
  public static Matrix of(Matrix a) {
    double norm = a.norm();
    if (!(norm < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("not finite: " + a);
    }
    int squarings =
        norm <= LARGEST_NORM ? 0 : Math.max(0, Math.getExponent(norm / LARGEST_NORM) + 1);
    Matrix result = approximant(a.scaled(StrictMath.scalb(1.0, -squarings)));
    for (int i = 0; i < squarings; i++) {
      result = result.times(result);
    }
    return unreachableAsZero(a, result);
  }

  private static Matrix approximant(Matrix a) {
    Matrix one = Matrix.identity(a.rows());
    Matrix a2 = a.times(a);
    Matrix a4 = a2.times(a2);
    Matrix a6 = a4.times(a2);
    Matrix highOdd = a6.scaled(PADE[13]).plus(a4.scaled(PADE[11])).plus(a2.scaled(PADE[9]));
    Matrix lowOdd = a6.scaled(PADE[7]).plus(a4.scaled(PADE[5])).plus(a2.scaled(PADE[3]));
    Matrix odd = a.times(a6.times(highOdd).plus(lowOdd).plus(one.scaled(PADE[1])));
    Matrix highEven = a6.scaled(PADE[12]).plus(a4.scaled(PADE[10])).plus(a2.scaled(PADE[8]));
    Matrix lowEven = a6.scaled(PADE[6]).plus(a4.scaled(PADE[4])).plus(a2.scaled(PADE[2]));
    Matrix even = a6.times(highEven).plus(lowEven).plus(one.scaled(PADE[0]));
    return LinearSystem.solve(even.minus(odd), even.plus(odd))
        .orElseThrow(() -> new ArithmeticException("singular denominator of " + a));
  }

  /// Element (i, j) of e^A is zero if no chain of elements of A leads from i to j; rounding in the
  /// elimination must not make something of it.
  private static Matrix unreachableAsZero(Matrix a, Matrix exponential) {
    int size = a.rows();
    boolean[][] direct = new boolean[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        direct[i][j] = a.get(i, j) != 0;
      }
    }
    boolean[][] reach = Reach.of(direct);
    double[][] rows = exponential.toRows();
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        rows[i][j] = reach[i][j] ? rows[i][j] : 0;
      }
    }
    return Matrix.of(rows);
  }
}
