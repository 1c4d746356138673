/* Bits of numbers, wide integer products. */
#ifndef SNEL_BITS_H
#define SNEL_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__FAST_MATH__)
#error "Snel's results are defined bit by bit: compile without -ffast-math"
#endif
#if defined(__FLT_EVAL_METHOD__) && __FLT_EVAL_METHOD__ != 0
#error "Snel needs float and double evaluated in their own precision (on x86: -msse2 -mfpmath=sse)"
#endif

static inline uint32_t snel_bits_f32(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static inline float snel_f32_bits(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static inline uint64_t snel_bits_f64(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static inline double snel_f64_bits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

#if defined(__SIZEOF_INT128__)
__extension__ typedef unsigned __int128 SnelUnsigned128;
#endif

/* The 128-bit product of two u64: its high half is returned, its low half stored. */
static inline uint64_t snel_product(uint64_t a, uint64_t b, uint64_t *low) {
#if defined(__SIZEOF_INT128__)
  SnelUnsigned128 product = (SnelUnsigned128)a * b;
  *low = (uint64_t)product;
  return (uint64_t)(product >> 64);
#else
  uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
  uint64_t low_low = a0 * b0, high_low = a1 * b0, low_high = a0 * b1, high_high = a1 * b1;
  uint64_t middle = (low_low >> 32) + (uint32_t)high_low + low_high;
  *low = middle << 32 | (uint32_t)low_low;
  return high_high + (high_low >> 32) + (middle >> 32);
#endif
}

/* High 64 bits of the unsigned product of two u64. */
static inline uint64_t snel_mulhi64(uint64_t a, uint64_t b) {
  uint64_t low;
  return snel_product(a, b, &low);
}

#endif
