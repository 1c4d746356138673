package snel.runtime.rng;

import snel.runtime.numeric.F64;

/// Distributions whose numbers come from the u64 sequence of an element (semantics.md §10),
/// computed in `f64`. The element is q, counter c1; c0 counts along the sequence; c2 and c3 are the
/// caller's (step and presentation, multapse and redraw).
public final class Distributions {
  /// Rejections of [#gamma] come to fewer than 5 % a try: 64 in a row do not happen.
  private static final int GAMMA_TRIES = 64;

  /// Terms of a distribution below this part of the largest are left out of its sum.
  private static final double NEGLIGIBLE = 0x1p-80;

  private Distributions() {}

  /// Exponential of mean 1, by inversion: `-log1p(-u)` of number 0.
  public static double exponential(int seed, int stream, int q, int c2, int c3) {
    return -F64.log1p(-Words.uniformDouble(Philox.sequence(seed, stream, 0, q, c2, c3)));
  }

  /// Lognormal: `exp(fma(z, sigma, mu))` with z the [F64#normal] of the high word of number 0.
  public static double lognormal(
      int seed, int stream, int q, int c2, int c3, double mu, double sigma) {
    long number = Philox.sequence(seed, stream, 0, q, c2, c3);
    return F64.exp(Math.fma(F64.normal((int) (number >>> 32)), sigma, mu));
  }

  /// Gamma of this shape and scale 1 (Marsaglia & Tsang, ACM TOMS 26, 2000,
  /// doi:10.1145/358407.358414). Try t takes its normal number from the high word of number 2t and
  /// its uniform one from number 2t + 1. Below shape 1 a number of shape + 1 is multiplied by
  /// U^(1/shape), U from the number after: `((u >>> 12) + 1/2) · 2^-52`.
  public static double gamma(int seed, int stream, int q, int c2, int c3, double shape) {
    double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    double v = 1;
    int tries = 0;
    boolean accepted = false;
    while (!accepted && tries < GAMMA_TRIES) {
      double x = F64.normal((int) (Philox.sequence(seed, stream, 2L * tries, q, c2, c3) >>> 32));
      double u = Words.uniformDouble(Philox.sequence(seed, stream, 2L * tries + 1, q, c2, c3));
      double root = 1 + c * x;
      v = root * root * root;
      accepted = v > 0 && F64.log(u) < 0.5 * (x * x) + d - d * v + d * F64.log(v);
      tries++;
    }
    if (!accepted) {
      v = 1;
    }
    if (shape < 1) {
      long number = Philox.sequence(seed, stream, 2L * tries, q, c2, c3);
      double u = ((number >>> 12) + 0.5) * 0x1p-52;
      return d * v * F64.pow(u, 1 / shape);
    }
    return d * v;
  }

  /// Binomial: the number of successes among n (rounded down), each of probability p, by inversion
  /// of number 0.
  public static double binomial(int seed, int stream, int q, int c2, int c3, double n, double p) {
    return binomial(Philox.sequence(seed, stream, 0, q, c2, c3), (long) n, p);
  }

  /// The least k at which the distribution function of Binomial(n, p) exceeds u. The terms are
  /// taken from the largest on, where it is 1, and divided by their sum, so that none underflows.
  static double binomial(long number, long n, double p) {
    if (!(p > 0) || n <= 0) {
      return 0;
    }
    if (p >= 1) {
      return n;
    }
    double odds = p / (1 - p);
    long mode = Math.min(n, (long) ((n + 1) * p));
    double term = 1;
    long first = mode;
    while (first > 0 && term >= NEGLIGIBLE) {
      term = term * first / ((n - first + 1) * odds);
      first--;
    }
    double sum = 0;
    double t = term;
    for (long k = first; k <= n && (k <= mode || t >= NEGLIGIBLE); k++) {
      sum += t;
      t = t * ((n - k) * odds) / (k + 1);
    }
    double target = Words.uniformDouble(number) * sum;
    double below = 0;
    t = term;
    long k = first;
    while (k < n) {
      below += t;
      if (target < below) {
        return k;
      }
      t = t * ((n - k) * odds) / (k + 1);
      if (k > mode && t < NEGLIGIBLE) {
        return k;
      }
      k++;
    }
    return n;
  }
}
