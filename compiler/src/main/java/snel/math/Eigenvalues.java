package snel.math;

import java.util.ArrayList;
import java.util.List;

/// Eigenvalues of a real square matrix by the QR iteration with complex shifts on its Hessenberg
/// form (Golub & Van Loan, "Matrix Computations", §7.4–7.5).
public final class Eigenvalues {
  private static final int MOST_ITERATIONS = 60;

  private Eigenvalues() {}

  /// One eigenvalue: re + i·im.
  public record Complex(double re, double im) {
    static final Complex ZERO = new Complex(0, 0);

    Complex plus(Complex o) {
      return new Complex(re + o.re, im + o.im);
    }

    Complex minus(Complex o) {
      return new Complex(re - o.re, im - o.im);
    }

    Complex times(Complex o) {
      return new Complex(re * o.re - im * o.im, re * o.im + im * o.re);
    }

    Complex scaled(double factor) {
      return new Complex(re * factor, im * factor);
    }

    Complex conjugate() {
      return new Complex(re, -im);
    }

    Complex root() {
      double size = abs();
      double real = StrictMath.sqrt((size + Math.abs(re)) / 2);
      if (real == 0) {
        return ZERO;
      }
      double imaginary = im / (2 * real);
      return re >= 0
          ? new Complex(real, imaginary)
          : new Complex(Math.abs(imaginary), im < 0 ? -real : real);
    }

    public double abs() {
      return StrictMath.hypot(re, im);
    }
  }

  /// All eigenvalues, each as often as it counts, in no particular order.
  public static List<Complex> of(Matrix matrix) {
    Complex[][] h = hessenberg(matrix);
    var found = new ArrayList<Complex>();
    int last = h.length - 1;
    int iterations = 0;
    while (last >= 0) {
      int first = blockStart(h, last);
      if (first == last) {
        found.add(h[last][last]);
        last--;
        iterations = 0;
      } else if (iterations++ == MOST_ITERATIONS) {
        throw new ArithmeticException("no convergence for " + matrix);
      } else {
        boolean exceptional = iterations % 10 == 0;
        Complex shift =
            exceptional
                ? h[last][last].plus(new Complex(h[last][last - 1].abs(), 0))
                : shift(h, last);
        step(h, first, last, shift);
      }
    }
    return List.copyOf(found);
  }

  /// Similar to `matrix` and zero below the first subdiagonal, by elimination with pivots.
  private static Complex[][] hessenberg(Matrix matrix) {
    double[][] a = matrix.toRows();
    int size = a.length;
    for (int k = 1; k < size - 1; k++) {
      int pivot = k;
      for (int i = k + 1; i < size; i++) {
        pivot = Math.abs(a[i][k - 1]) > Math.abs(a[pivot][k - 1]) ? i : pivot;
      }
      if (a[pivot][k - 1] != 0) {
        exchange(a, k, pivot);
        for (int i = k + 1; i < size; i++) {
          double factor = a[i][k - 1] / a[k][k - 1];
          for (int j = 0; j < size; j++) {
            a[i][j] -= factor * a[k][j];
          }
          for (int j = 0; j < size; j++) {
            a[j][k] += factor * a[j][i];
          }
        }
      }
    }
    Complex[][] h = new Complex[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        h[i][j] = i > j + 1 ? Complex.ZERO : new Complex(a[i][j], 0);
      }
    }
    return h;
  }

  private static void exchange(double[][] a, int p, int q) {
    double[] row = a[p];
    a[p] = a[q];
    a[q] = row;
    for (double[] each : a) {
      double value = each[p];
      each[p] = each[q];
      each[q] = value;
    }
  }

  /// The first row of the block that ends at `last` and has no negligible subdiagonal element.
  private static int blockStart(Complex[][] h, int last) {
    int first = last;
    while (first > 0) {
      double around = h[first][first].abs() + h[first - 1][first - 1].abs();
      if (h[first][first - 1].abs() <= 0x1p-52 * around) {
        h[first][first - 1] = Complex.ZERO;
        return first;
      }
      first--;
    }
    return first;
  }

  /// The eigenvalue of the last two rows and columns that is nearer to the last element
  /// (Wilkinson).
  private static Complex shift(Complex[][] h, int last) {
    Complex a = h[last - 1][last - 1];
    Complex d = h[last][last];
    Complex half = a.minus(d).scaled(0.5);
    Complex product = h[last - 1][last].times(h[last][last - 1]);
    Complex root = half.times(half).plus(product).root();
    Complex middle = a.plus(d).scaled(0.5);
    Complex one = middle.plus(root);
    Complex other = middle.minus(root);
    return one.minus(d).abs() < other.minus(d).abs() ? one : other;
  }

  /// One step H - shift = QR, H = RQ + shift with Givens rotations, on rows `first` to `last`.
  private static void step(Complex[][] h, int first, int last, Complex shift) {
    for (int i = first; i <= last; i++) {
      h[i][i] = h[i][i].minus(shift);
    }
    Complex[] cosine = new Complex[last];
    Complex[] sine = new Complex[last];
    for (int k = first; k < last; k++) {
      double size = StrictMath.hypot(h[k][k].abs(), h[k + 1][k].abs());
      cosine[k] = size == 0 ? new Complex(1, 0) : h[k][k].scaled(1 / size);
      sine[k] = size == 0 ? Complex.ZERO : h[k + 1][k].scaled(1 / size);
      for (int j = k; j <= last; j++) {
        Complex upper = h[k][j];
        Complex lower = h[k + 1][j];
        h[k][j] = cosine[k].conjugate().times(upper).plus(sine[k].conjugate().times(lower));
        h[k + 1][j] = cosine[k].times(lower).minus(sine[k].times(upper));
      }
    }
    for (int k = first; k < last; k++) {
      for (int i = first; i <= Math.min(k + 1, last); i++) {
        Complex left = h[i][k];
        Complex right = h[i][k + 1];
        h[i][k] = left.times(cosine[k]).plus(right.times(sine[k]));
        h[i][k + 1] = right.times(cosine[k].conjugate()).minus(left.times(sine[k].conjugate()));
      }
    }
    for (int i = first; i <= last; i++) {
      h[i][i] = h[i][i].plus(shift);
    }
  }
}
