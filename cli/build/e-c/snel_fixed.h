/* Fixed point: raw two's complement integers of W = i + f bits, W at most 32, of value raw * 2^-f. An
 * expression is kept wide and narrowed once, at the assignment. */
#ifndef SNEL_FIXED_H
#define SNEL_FIXED_H

#include "snel_bits.h"

static inline int64_t snel_fixed_greatest(int32_t width) {
  return (int64_t)(((uint64_t)1 << (width - 1)) - 1);
}

/* The nearest number that W bits hold. */
static inline int64_t snel_fixed_saturate(int64_t raw, int32_t width) {
  int64_t greatest = snel_fixed_greatest(width);
  return raw > greatest ? greatest : raw < ~greatest ? ~greatest : raw;
}

/* The low W bits, as a signed number. */
static inline int64_t snel_fixed_wrap(int64_t raw, int32_t width) {
  return (int64_t)((uint64_t)raw << (64 - width)) >> (64 - width);
}

/* As Lava wraps: into (-2^(W-1), 2^(W-1)]. */
static inline int64_t snel_fixed_wrap_lava(int64_t raw, int32_t width) {
  return snel_fixed_wrap(raw - 1, width) + 1;
}

static inline int64_t snel_fixed_add(int64_t a, int64_t b, int32_t width) {
  return snel_fixed_saturate(a + b, width);
}

static inline int64_t snel_fixed_subtract(int64_t a, int64_t b, int32_t width) {
  return snel_fixed_saturate(a - b, width);
}

/* A product shifted right by f: down, to the nearest (halves up), towards zero, or at random. */
static inline int64_t snel_fixed_floor(int64_t product, int32_t f) { return product >> f; }

static inline int64_t snel_fixed_nearest(int64_t product, int32_t f) {
  return f == 0 ? product : (product + ((int64_t)1 << (f - 1))) >> f;
}

static inline int64_t snel_fixed_zero(int64_t product, int32_t f) {
  return product < 0 ? -(-product >> f) : product >> f;
}

static inline int64_t snel_fixed_stochastic(int64_t product, int32_t f, uint32_t word) {
  return (product + (int64_t)(word & (((uint64_t)1 << f) - 1))) >> f;
}

static inline int64_t snel_fixed_multiply(int64_t a, int64_t b, int32_t f, int32_t width) {
  return snel_fixed_saturate(snel_fixed_nearest(a * b, f), width);
}

/* A number decayed by a factor of 12 bits (0 ... 4096), towards zero so that it gets there. */
static inline int64_t snel_fixed_decay(int64_t raw, int64_t factor) {
  return snel_fixed_zero(raw * factor, 12);
}

/* (a << f) / b towards zero; by zero it saturates, by the sign bit of a. */
static inline int64_t snel_fixed_divide(int64_t a, int64_t b, int32_t f, int32_t width) {
  if (b == 0) {
    return a < 0 ? ~snel_fixed_greatest(width) : snel_fixed_greatest(width);
  }
  return snel_fixed_saturate((int64_t)((uint64_t)a << f) / b, width);
}

static inline int64_t snel_fixed_rescale(int64_t raw, int32_t from, int32_t to) {
  return to >= from ? (int64_t)((uint64_t)raw << (to - from)) : snel_fixed_nearest(raw, from - to);
}

/* e^x of a raw x <= 0 with f fractional bits, with 14 fractional bits (16384 is 1). */
static inline int64_t snel_fixed_exp(int64_t raw, int32_t f) {
  static const int32_t table[] = {
      16384, 16562, 16743, 16925, 17109, 17296, 17484, 17674, 17867, 18061, 18258, 18457, 18658,
      18861, 19066, 19274, 19484, 19696, 19911, 20127, 20347, 20568, 20792, 21019, 21247, 21479,
      21713, 21949, 22188, 22430, 22674, 22921, 23170, 23423, 23678, 23936, 24196, 24460, 24726,
      24995, 25268, 25543, 25821, 26102, 26386, 26674, 26964, 27258, 27554, 27855, 28158, 28464,
      28774, 29088, 29405, 29725, 30048, 30376, 30706, 31041, 31379, 31720, 32066, 32415, 32768,
  };
  int64_t y = raw * 23637 >> f;
  int64_t n = -(y >> 14);
  int64_t k = y >> 8 & 63, low = y & 255;
  int64_t t = table[k] + (((table[k + 1] - table[k]) * low + 128) >> 8);
  if (n >= 16) {
    return 0;
  }
  if (n < 0) {
    return t << (-n < 24 ? -n : 24);
  }
  return (t + ((int64_t)1 << n >> 1)) >> n;
}

#endif
