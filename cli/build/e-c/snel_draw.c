#include "snel_draw.h"

#include "snel_f64.h"

double snel_exponential(uint32_t seed, uint32_t stream, uint32_t q, uint32_t c2, uint32_t c3) {
  return -snel_log1p_f64(-snel_uniform_sequence(snel_sequence(seed, stream, 0, q, c2, c3)));
}

double snel_lognormal(uint32_t seed, uint32_t stream, uint32_t q, uint32_t c2, uint32_t c3, double mu,
                      double sigma) {
  uint64_t number = snel_sequence(seed, stream, 0, q, c2, c3);
  return snel_exp_f64(snel_fma_f64(snel_normal_f64((uint32_t)(number >> 32)), sigma, mu));
}

/* Marsaglia & Tsang, ACM TOMS 26, 2000. */
double snel_gamma(uint32_t seed, uint32_t stream, uint32_t q, uint32_t c2, uint32_t c3,
                  double shape) {
  double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
  double c = 1 / __builtin_sqrt(9 * d);
  double v = 1;
  uint64_t tries = 0;
  bool accepted = false;
  while (!accepted && tries < 64) {
    uint64_t number = snel_sequence(seed, stream, 2 * tries, q, c2, c3);
    double x = snel_normal_f64((uint32_t)(number >> 32));
    double u = snel_uniform_sequence(snel_sequence(seed, stream, 2 * tries + 1, q, c2, c3));
    double root = 1 + c * x;
    v = root * root * root;
    accepted = v > 0 && snel_log_f64(u) < 0.5 * (x * x) + d - d * v + d * snel_log_f64(v);
    tries++;
  }
  if (!accepted) {
    v = 1;
  }
  if (shape < 1) {
    uint64_t number = snel_sequence(seed, stream, 2 * tries, q, c2, c3);
    double u = ((double)(number >> 12) + 0.5) * 0x1p-52;
    return d * v * snel_pow_f64(u, 1 / shape);
  }
  return d * v;
}

static double binomial_inverse(uint64_t number, int64_t n, double p) {
  if (!(p > 0) || n <= 0) {
    return 0;
  }
  if (p >= 1) {
    return (double)n;
  }
  double odds = p / (1 - p);
  int64_t mode = (int64_t)((double)(n + 1) * p);
  if (mode > n) {
    mode = n;
  }
  double term = 1;
  int64_t first = mode;
  while (first > 0 && term >= 0x1p-80) {
    term = term * (double)first / ((double)(n - first + 1) * odds);
    first--;
  }
  double sum = 0, t = term;
  for (int64_t k = first; k <= n && (k <= mode || t >= 0x1p-80); k++) {
    sum += t;
    t = t * ((double)(n - k) * odds) / (double)(k + 1);
  }
  double target = snel_uniform_sequence(number) * sum, below = 0;
  t = term;
  for (int64_t k = first; k < n; k++) {
    below += t;
    if (target < below) {
      return (double)k;
    }
    t = t * ((double)(n - k) * odds) / (double)(k + 1);
    if (k > mode && t < 0x1p-80) {
      return (double)k;
    }
  }
  return (double)n;
}

double snel_binomial(uint32_t seed, uint32_t stream, uint32_t q, uint32_t c2, uint32_t c3, double n,
                     double p) {
  return binomial_inverse(snel_sequence(seed, stream, 0, q, c2, c3), (int64_t)n, p);
}

uint32_t snel_poisson(uint32_t word, double mean) {
  if (!(mean > 0)) {
    return 0;
  }
  uint32_t first = 0, k;
  double term;
  if (mean <= 500) {
    term = snel_exp_f64(-mean);
  } else { /* e^-mean underflows: from the ratio to the largest term, and the sum of all */
    first = (uint32_t)(mean - 12 * __builtin_sqrt(mean));
    uint32_t mode = (uint32_t)mean;
    double down = 1, sum = 0;
    for (k = mode; k > first; k--) {
      down = down * k / mean;
    }
    term = down;
    for (k = first; k <= mode || term >= 0x1p-80; k++) {
      sum += term;
      term = term * mean / (k + 1);
    }
    term = down / sum;
  }
  double sum = term;
  for (k = first;; sum += term) {
    uint64_t entry = (uint64_t)__builtin_rint(sum * 0x1p32);
    if (entry >= (uint64_t)1 << 32 || (k > mean && term < 0x1p-60) || word < entry) {
      return k;
    }
    k++;
    term = term * mean / k;
  }
}
