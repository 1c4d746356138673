/* Functions of single precision. exp, expm1, log and normal are polynomials in fused multiply-adds,
 * without branches, so that loops over them vectorise; the rest goes through double and is rounded
 * once. */
#ifndef SNEL_F32_H
#define SNEL_F32_H

#include "snel_f64.h"
#include "snel_fma.h"

/* 2^exponent, exponent in -126 ... 127. */
static inline float snel_power_of_two_f32(int32_t exponent) {
  return snel_f32_bits((uint32_t)(exponent + 127) << 23);
}

/* e^(x - n ln 2) - 1 on the reduced interval. */
static inline float snel_expm1_reduced_f32(float x, float n) {
  float r = snel_fma_f32(n, -0x1.7f7d1cp-20f, snel_fma_f32(n, -0x1.62e4p-1f, x));
  float p = 0x1.6a4b36p-10f;
  p = snel_fma_f32(p, r, 0x1.12398ep-7f);
  p = snel_fma_f32(p, r, 0x1.5558b2p-5f);
  p = snel_fma_f32(p, r, 0x1.555492p-3f);
  p = snel_fma_f32(p, r, 0x1.fffffcp-2f);
  return snel_fma_f32(r * r, p, r);
}

static inline float snel_exp_f32(float x) {
  float t = snel_fma_f32(x, 0x1.715476p0f, 0x1.8p23f);
  float n = t - 0x1.8p23f;
  uint32_t k = snel_bits_f32(t) - 0x4b400000u;
  float y = snel_expm1_reduced_f32(x, n) + 1;
  uint32_t half = (uint32_t)((int32_t)k >> 1);
  y = y * snel_f32_bits((half + 127) << 23) * snel_f32_bits((k - half + 127) << 23);
  y = x < -0x1.5d589ep6f ? 0 : y;
  y = x > 0x1.62e42ep6f ? __builtin_inff() : y;
  return x != x ? x : y;
}

static inline float snel_expm1_f32(float x) {
  float t = snel_fma_f32(x, 0x1.715476p0f, 0x1.8p23f);
  float n = t - 0x1.8p23f;
  uint32_t k = snel_bits_f32(t) - 0x4b400000u;
  float q = snel_expm1_reduced_f32(x, n);
  float scale = snel_f32_bits((k + 126) << 23);
  float y = k == 0 ? q : 2 * snel_fma_f32(scale, q, scale - 0.5f);
  y = x < -17.5f ? -1 : y;
  y = x > 0x1.62e42ep6f ? __builtin_inff() : y;
  return x != x ? x : y;
}

static inline float snel_log_f32(float x) {
  bool small = x < 0x1p-126f;
  float scaled = x * (small ? 0x1p25f : 1.0f);
  int32_t i = (int32_t)(snel_bits_f32(scaled) - 0x3f3504f3u);
  float n = (float)((i >> 23) + (small ? -25 : 0));
  float f = snel_f32_bits(((uint32_t)i & 0x7fffff) + 0x3f3504f3u) - 1;
  float q = -0x1.38cf2p-4f;
  q = snel_fma_f32(q, f, 0x1.05602ep-3f);
  q = snel_fma_f32(q, f, -0x1.0d81f2p-3f);
  q = snel_fma_f32(q, f, 0x1.22d8f8p-3f);
  q = snel_fma_f32(q, f, -0x1.54728cp-3f);
  q = snel_fma_f32(q, f, 0x1.99a01ep-3f);
  q = snel_fma_f32(q, f, -0x1.000226p-2f);
  q = snel_fma_f32(q, f, 0x1.555554p-2f);
  float y = snel_fma_f32(n, 0x1.7f7d1cp-20f, (f * f) * snel_fma_f32(f, q, -0.5f));
  y = snel_fma_f32(n, 0x1.62e4p-1f, f + y);
  y = x == __builtin_inff() ? x : y;
  y = x > 0 ? y : __builtin_nanf("");
  return x == 0 ? -__builtin_inff() : y;
}

/* A standard normal number by inversion of a random word (Giles, GPU Computing Gems 2, 2011). */
static inline float snel_normal_f32(uint32_t word) {
  float u = snel_fma_f32((float)(word >> 9), 0x1p-22f, -0x1.fffffcp-1f);
  float v = -snel_log_f32((1 - u) * (1 + u));
  bool central = v < 5;
  float near = v - 2.5f, far = __builtin_sqrtf(v) - 3;
  float s = central ? near : far;
  float p = central ? 2.81022636e-08f : -0.000200214257f;
  p = snel_fma_f32(p, s, central ? 3.43273939e-07f : 0.000100950558f);
  p = snel_fma_f32(p, s, central ? -3.5233877e-06f : 0.00134934322f);
  p = snel_fma_f32(p, s, central ? -4.39150654e-06f : -0.00367342844f);
  p = snel_fma_f32(p, s, central ? 0.00021858087f : 0.00573950773f);
  p = snel_fma_f32(p, s, central ? -0.00125372503f : -0.0076224613f);
  p = snel_fma_f32(p, s, central ? -0.00417768164f : 0.00943887047f);
  p = snel_fma_f32(p, s, central ? 0.246640727f : 1.00167406f);
  p = snel_fma_f32(p, s, central ? 1.50140941f : 2.83297682f);
  return 0x1.6a09e6p0f * (p * u);
}

/* Turns words from first on and below count into the bits of such numbers. */
static inline void snel_normals(int32_t *words, int32_t first, int32_t count) {
  for (int32_t i = first; i < count; i++) {
    words[i] = (int32_t)snel_bits_f32(snel_normal_f32((uint32_t)words[i]));
  }
}

static inline float snel_sigmoid_f32(float x) { return 1 / (1 + snel_exp_f32(-x)); }

static inline float snel_tanh_f32(float x) {
  float e = snel_expm1_f32(2 * x);
  float y = e / (e + 2);
  y = x > 9.02f ? 1 : y;
  return x < -9.02f ? -1 : y;
}

static inline float snel_exprel_f32(float x) { return x == 0 ? 1 : snel_expm1_f32(x) / x; }

static inline float snel_pow_f32(float x, float y) {
  if (y == 0) {
    return 1;
  }
  if (x == 0) {
    return y > 0 ? 0 : y < 0 ? __builtin_inff() : __builtin_nanf("");
  }
  return snel_exp_f32(y * snel_log_f32(x));
}

/* x^n by binary powering from the top bit of |n|. */
static inline float snel_power_f32(float x, int64_t n) {
  if (n == 0) {
    return 1;
  }
  uint64_t magnitude = n < 0 ? -(uint64_t)n : (uint64_t)n;
  float y = x;
  for (int bit = 62 - __builtin_clzll(magnitude); bit >= 0; bit--) {
    y *= y;
    if (magnitude >> bit & 1) {
      y *= x;
    }
  }
  return n < 0 ? 1 / y : y;
}

static inline float snel_log1p_f32(float x) { return (float)snel_log1p_f64(x); }
static inline float snel_sin_f32(float x) { return (float)snel_sin_f64(x); }
static inline float snel_cos_f32(float x) { return (float)snel_cos_f64(x); }
static inline float snel_tan_f32(float x) { return (float)snel_tan_f64(x); }
static inline float snel_asin_f32(float x) { return (float)snel_asin_f64(x); }
static inline float snel_acos_f32(float x) { return (float)snel_acos_f64(x); }
static inline float snel_atan_f32(float x) { return (float)snel_atan_f64(x); }
static inline float snel_atan2_f32(float y, float x) { return (float)snel_atan2_f64(y, x); }
static inline float snel_sinh_f32(float x) { return (float)snel_sinh_f64(x); }
static inline float snel_cosh_f32(float x) { return (float)snel_cosh_f64(x); }

#endif
