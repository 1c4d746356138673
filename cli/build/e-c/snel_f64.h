/* Functions of double precision, equal bit for bit to Java's StrictMath: the algorithms of fdlibm
 * 5.3, operation by operation. */
#ifndef SNEL_F64_H
#define SNEL_F64_H

#include "snel_fma.h"

double snel_exp_f64(double x);
double snel_expm1_f64(double x);
double snel_log_f64(double x);
double snel_log1p_f64(double x);
double snel_pow_f64(double x, double y);
double snel_sin_f64(double x);
double snel_cos_f64(double x);
double snel_tan_f64(double x);
double snel_asin_f64(double x);
double snel_acos_f64(double x);
double snel_atan_f64(double x);
double snel_atan2_f64(double y, double x);
double snel_sinh_f64(double x);
double snel_cosh_f64(double x);
double snel_tanh_f64(double x);

/* A standard normal number by inversion of all 32 bits of a random word. */
double snel_normal_f64(uint32_t word);

static inline double snel_sigmoid_f64(double x) { return 1 / (1 + snel_exp_f64(-x)); }

static inline double snel_exprel_f64(double x) { return x == 0 ? 1 : snel_expm1_f64(x) / x; }

/* x^n by binary powering from the top bit of |n|. */
static inline double snel_power_f64(double x, int64_t n) {
  if (n == 0) {
    return 1;
  }
  uint64_t magnitude = n < 0 ? -(uint64_t)n : (uint64_t)n;
  double y = x;
  for (int bit = 62 - __builtin_clzll(magnitude); bit >= 0; bit--) {
    y *= y;
    if (magnitude >> bit & 1) {
      y *= x;
    }
  }
  return n < 0 ? 1 / y : y;
}

/* The two words of a double, as the algorithms of fdlibm take numbers apart. */
static inline int32_t snel_high(double x) { return (int32_t)(snel_bits_f64(x) >> 32); }

static inline uint32_t snel_low(double x) { return (uint32_t)snel_bits_f64(x); }

static inline double snel_with_high(double x, uint32_t high) {
  return snel_f64_bits((snel_bits_f64(x) & 0xFFFFFFFFu) | (uint64_t)high << 32);
}

static inline double snel_without_low(double x) {
  return snel_f64_bits(snel_bits_f64(x) & 0xFFFFFFFF00000000u);
}

/* x * 2^n for an x whose exponent stays normal. */
static inline double snel_exponent_raised(double x, int n) {
  return snel_f64_bits(snel_bits_f64(x) + ((uint64_t)(int64_t)n << 52));
}

#endif
