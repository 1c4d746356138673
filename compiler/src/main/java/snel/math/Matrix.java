package snel.math;

import java.util.Arrays;

/// A matrix of doubles that does not change. Every operation sums in a fixed order with separate
/// products and sums, so that its bits are the same on every machine.
public final class Matrix {
  private final int rows;
  private final int columns;
  private final double[] values;

  private Matrix(int rows, int columns, double[] values) {
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  /// The matrix with these rows, which are copied; it must have at least one.
  public static Matrix of(double[]... rows) {
    int columns = rows[0].length;
    double[] values = new double[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new IllegalArgumentException("rows of different length");
      }
      System.arraycopy(rows[i], 0, values, i * columns, columns);
    }
    return new Matrix(rows.length, columns, values);
  }

  public static Matrix zero(int rows, int columns) {
    return new Matrix(rows, columns, new double[rows * columns]);
  }

  public static Matrix identity(int size) {
    Matrix identity = zero(size, size);
    for (int i = 0; i < size; i++) {
      identity.values[i * size + i] = 1;
    }
    return identity;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  public double get(int row, int column) {
    return values[row * columns + column];
  }

  /// A copy of one row.
  public double[] row(int row) {
    return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
  }

  /// A copy as an array of rows.
  public double[][] toRows() {
    double[][] copy = new double[rows][];
    for (int i = 0; i < rows; i++) {
      copy[i] = row(i);
    }
    return copy;
  }

  public Matrix plus(Matrix other) {
    double[] sum = new double[values.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = values[i] + other.values[i];
    }
    return new Matrix(rows, columns, sum);
  }

  public Matrix minus(Matrix other) {
    return plus(other.scaled(-1));
  }

  public Matrix scaled(double factor) {
    double[] scaled = new double[values.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = values[i] * factor;
    }
    return new Matrix(rows, columns, scaled);
  }

  public Matrix times(Matrix other) {
    Matrix product = zero(rows, other.columns);
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < columns; k++) {
        double factor = get(i, k);
        if (factor != 0) {
          for (int j = 0; j < other.columns; j++) {
            product.values[i * other.columns + j] += factor * other.get(k, j);
          }
        }
      }
    }
    return product;
  }

  public Matrix transposed() {
    Matrix transposed = zero(columns, rows);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        transposed.values[j * rows + i] = get(i, j);
      }
    }
    return transposed;
  }

  /// The part with `rowCount` rows from `row` and `columnCount` columns from `column`.
  public Matrix block(int row, int column, int rowCount, int columnCount) {
    Matrix block = zero(rowCount, columnCount);
    for (int i = 0; i < rowCount; i++) {
      int from = (row + i) * columns + column;
      System.arraycopy(values, from, block.values, i * columnCount, columnCount);
    }
    return block;
  }

  /// This matrix with `block` put over it, its first element at `row`, `column`.
  public Matrix with(int row, int column, Matrix block) {
    Matrix changed = new Matrix(rows, columns, values.clone());
    for (int i = 0; i < block.rows; i++) {
      int to = (row + i) * columns + column;
      System.arraycopy(block.values, i * block.columns, changed.values, to, block.columns);
    }
    return changed;
  }

  /// The largest sum of magnitudes in a column.
  public double norm() {
    double largest = 0;
    for (int j = 0; j < columns; j++) {
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        sum += Math.abs(get(i, j));
      }
      largest = Double.isNaN(sum) ? Double.NaN : Math.max(largest, sum);
    }
    return largest;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Matrix matrix
        && rows == matrix.rows
        && columns == matrix.columns
        && Arrays.equals(values, matrix.values);
  }

  @Override
  public int hashCode() {
    return 31 * rows + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.deepToString(toRows());
  }
}
