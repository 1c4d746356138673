package snel.math;

import java.util.Optional;

/// Solves systems of linear equations by elimination with partial pivoting.
public final class LinearSystem {
  private LinearSystem() {}

  /// The X with A X = B; empty if A is singular.
  public static Optional<Matrix> solve(Matrix a, Matrix b) {
    int size = a.rows();
    double[][] left = a.toRows();
    double[][] right = b.toRows();
    for (int k = 0; k < size; k++) {
      int pivot = pivot(left, k);
      if (!(Math.abs(left[pivot][k]) > 0)) {
        return Optional.empty();
      }
      swap(left, k, pivot);
      swap(right, k, pivot);
      for (int i = k + 1; i < size; i++) {
        double factor = left[i][k] / left[k][k];
        if (factor != 0) {
          subtract(left[i], left[k], factor);
          subtract(right[i], right[k], factor);
        }
      }
    }
    for (int i = size - 1; i >= 0; i--) {
      for (int k = i + 1; k < size; k++) {
        subtract(right[i], right[k], left[i][k]);
      }
      for (int j = 0; j < right[i].length; j++) {
        right[i][j] /= left[i][i];
      }
    }
    return Optional.of(Matrix.of(right));
  }

  private static int pivot(double[][] left, int column) {
    int best = column;
    for (int i = column + 1; i < left.length; i++) {
      if (Math.abs(left[i][column]) > Math.abs(left[best][column])) {
        best = i;
      }
    }
    return best;
  }

  private static void swap(double[][] rows, int a, int b) {
    double[] row = rows[a];
    rows[a] = rows[b];
    rows[b] = row;
  }

  private static void subtract(double[] row, double[] other, double factor) {
    for (int j = 0; j < row.length; j++) {
      row[j] -= factor * other[j];
    }
  }
}
