package snel.runtime.numeric;

/// Sums over vectors (semantics.md §3): 16 strided partials, `s[l] += x[16k + l]` with k rising,
/// then folded 8, 4, 2, 1. The order is a fixed part of the result, and is one that vector units
/// can keep.
///
/// The fold adds lanes l, l + 8, l + 4, l + 12 of each l below 4 first; so a vector is read in four
/// passes of four partials each, which stay in registers.
public final class Reduce {
  private static final int LANES = 16;

  private Reduce() {}

  /// Sum of `x[from] … x[to - 1]`; 0 if there are none.
  public static float sum(float[] x, int from, int to) {
    return (quarter(x, from, to) + quarter(x, from + 2, to))
        + (quarter(x, from + 1, to) + quarter(x, from + 3, to));
  }

  private static float quarter(float[] x, int from, int to) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int k = from;
    for (; k < to - 12; k += LANES) {
      a += x[k];
      b += x[k + 4];
      c += x[k + 8];
      d += x[k + 12];
    }
    a += k < to ? x[k] : 0;
    b += k + 4 < to ? x[k + 4] : 0;
    c += k + 8 < to ? x[k + 8] : 0;
    return (a + c) + (b + d);
  }

  /// Sum of `x[from] … x[to - 1]`; 0 if there are none.
  public static double sum(double[] x, int from, int to) {
    return (quarter(x, from, to) + quarter(x, from + 2, to))
        + (quarter(x, from + 1, to) + quarter(x, from + 3, to));
  }

  private static double quarter(double[] x, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int k = from;
    for (; k < to - 12; k += LANES) {
      a += x[k];
      b += x[k + 4];
      c += x[k + 8];
      d += x[k + 12];
    }
    a += k < to ? x[k] : 0;
    b += k + 4 < to ? x[k + 4] : 0;
    c += k + 8 < to ? x[k + 8] : 0;
    return (a + c) + (b + d);
  }

  /// Inner product of `x` and `y` from `from` to `to` - 1: each term is fused into its partial.
  public static float dot(float[] x, float[] y, int from, int to) {
    return (quarter(x, y, from, to) + quarter(x, y, from + 2, to))
        + (quarter(x, y, from + 1, to) + quarter(x, y, from + 3, to));
  }

  private static float quarter(float[] x, float[] y, int from, int to) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int k = from;
    for (; k < to - 12; k += LANES) {
      a = Math.fma(x[k], y[k], a);
      b = Math.fma(x[k + 4], y[k + 4], b);
      c = Math.fma(x[k + 8], y[k + 8], c);
      d = Math.fma(x[k + 12], y[k + 12], d);
    }
    a = k < to ? Math.fma(x[k], y[k], a) : a;
    b = k + 4 < to ? Math.fma(x[k + 4], y[k + 4], b) : b;
    c = k + 8 < to ? Math.fma(x[k + 8], y[k + 8], c) : c;
    return (a + c) + (b + d);
  }

  /// Inner product of `x` and `y` from `from` to `to` - 1: each term is fused into its partial.
  public static double dot(double[] x, double[] y, int from, int to) {
    return (quarter(x, y, from, to) + quarter(x, y, from + 2, to))
        + (quarter(x, y, from + 1, to) + quarter(x, y, from + 3, to));
  }

  private static double quarter(double[] x, double[] y, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int k = from;
    for (; k < to - 12; k += LANES) {
      a = Math.fma(x[k], y[k], a);
      b = Math.fma(x[k + 4], y[k + 4], b);
      c = Math.fma(x[k + 8], y[k + 8], c);
      d = Math.fma(x[k + 12], y[k + 12], d);
    }
    a = k < to ? Math.fma(x[k], y[k], a) : a;
    b = k + 4 < to ? Math.fma(x[k + 4], y[k + 4], b) : b;
    c = k + 8 < to ? Math.fma(x[k + 8], y[k + 8], c) : c;
    return (a + c) + (b + d);
  }

  /// Euclidean norm of `x[from] … x[to - 1]`.
  public static float norm(float[] x, int from, int to) {
    return (float) Math.sqrt(dot(x, x, from, to));
  }

  /// Euclidean norm of `x[from] … x[to - 1]`.
  public static double norm(double[] x, int from, int to) {
    return Math.sqrt(dot(x, x, from, to));
  }
}
