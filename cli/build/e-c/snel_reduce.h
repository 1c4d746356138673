/* Sums over vectors: 16 strided partials, s[l] += x[16 k + l] with k rising, folded 8, 4, 2, 1. */
#ifndef SNEL_REDUCE_H
#define SNEL_REDUCE_H

#include "snel_fma.h"

/* Folds the 16 partials of a sum 8, 4, 2, 1. */
static inline float snel_fold_f32(float *lanes) {
  for (int width = 8; width > 0; width /= 2) {
    for (int lane = 0; lane < width; lane++) {
      lanes[lane] += lanes[lane + width];
    }
  }
  return lanes[0];
}

static inline double snel_fold_f64(double *lanes) {
  for (int width = 8; width > 0; width /= 2) {
    for (int lane = 0; lane < width; lane++) {
      lanes[lane] += lanes[lane + width];
    }
  }
  return lanes[0];
}

static inline float snel_sum_f32(const float *x, size_t n) {
  float lanes[16] = {0};
  size_t whole = n & ~(size_t)15;
  for (size_t k = 0; k < whole; k += 16) {
    for (size_t l = 0; l < 16; l++) {
      lanes[l] += x[k + l];
    }
  }
  for (size_t l = 0; l < n - whole; l++) {
    lanes[l] += x[whole + l];
  }
  return snel_fold_f32(lanes);
}

static inline double snel_sum_f64(const double *x, size_t n) {
  double lanes[16] = {0};
  size_t whole = n & ~(size_t)15;
  for (size_t k = 0; k < whole; k += 16) {
    for (size_t l = 0; l < 16; l++) {
      lanes[l] += x[k + l];
    }
  }
  for (size_t l = 0; l < n - whole; l++) {
    lanes[l] += x[whole + l];
  }
  return snel_fold_f64(lanes);
}

/* Each term is fused into its partial. */
static inline float snel_dot_f32(const float *x, const float *y, size_t n) {
  float lanes[16] = {0};
  size_t whole = n & ~(size_t)15;
  for (size_t k = 0; k < whole; k += 16) {
    for (size_t l = 0; l < 16; l++) {
      lanes[l] = snel_fma_f32(x[k + l], y[k + l], lanes[l]);
    }
  }
  for (size_t l = 0; l < n - whole; l++) {
    lanes[l] = snel_fma_f32(x[whole + l], y[whole + l], lanes[l]);
  }
  return snel_fold_f32(lanes);
}

static inline double snel_dot_f64(const double *x, const double *y, size_t n) {
  double lanes[16] = {0};
  size_t whole = n & ~(size_t)15;
  for (size_t k = 0; k < whole; k += 16) {
    for (size_t l = 0; l < 16; l++) {
      lanes[l] = snel_fma_f64(x[k + l], y[k + l], lanes[l]);
    }
  }
  for (size_t l = 0; l < n - whole; l++) {
    lanes[l] = snel_fma_f64(x[whole + l], y[whole + l], lanes[l]);
  }
  return snel_fold_f64(lanes);
}

static inline float snel_norm_f32(const float *x, size_t n) {
  return __builtin_sqrtf(snel_dot_f32(x, x, n));
}

static inline double snel_norm_f64(const double *x, size_t n) {
  return __builtin_sqrt(snel_dot_f64(x, x, n));
}

#endif
