/* a * b + c rounded once.
 *
 * The processor's own instruction where the compiler may use it (-mfma, -march=native, AArch64, VFP4);
 * elsewhere code that is right by construction, for the C libraries' functions are not everywhere. */
#ifndef SNEL_FMA_H
#define SNEL_FMA_H

#include "snel_bits.h"

/* The exact product and the sum rounded to odd in double, then once to float: 53 bits are more than
 * 2 * 24 + 1, so the second rounding is as of the exact sum (Boldo & Melquiond, IEEE TC 57, 2008). */
static inline float snel_fma_f32_software(float a, float b, float c) {
  double product = (double)a * b;
  double sum = product + c;
  double shadow = sum - product;
  double error = (product - (sum - shadow)) + (c - shadow);
  /* Without a branch: whether the last bit is 0 is as good as random. */
  uint64_t bits = snel_bits_f64(sum);
  uint64_t inexact = (uint64_t)(error != 0) & (uint64_t)(sum - sum == 0) & ~bits;
  uint64_t toward = (uint64_t)(error > 0) ^ (uint64_t)(sum > 0);
  sum = snel_f64_bits(bits + ((inexact & 1) - 2 * (inexact & toward & 1)));
  return (float)sum;
}

double snel_fma_f64_software(double a, double b, double c);

static inline float snel_fma_f32(float a, float b, float c) {
#if defined(__FP_FAST_FMAF)
  return __builtin_fmaf(a, b, c);
#else
  return snel_fma_f32_software(a, b, c);
#endif
}

#if !defined(__FP_FAST_FMA) && defined(__GLIBC__)
double fma(double a, double b, double c);
#endif

static inline double snel_fma_f64(double a, double b, double c) {
#if defined(__FP_FAST_FMA)
  return __builtin_fma(a, b, c);
#elif defined(__GLIBC__)
  return fma(a, b, c); /* glibc's is exact, and picks the instruction at run time */
#else
  return snel_fma_f64_software(a, b, c);
#endif
}

#endif
