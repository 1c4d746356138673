/* The operations of kernels: two's complement integers that wrap, casts that saturate, divisions
 * that are checked, and the hash of a state. */
#ifndef SNEL_KERNEL_H
#define SNEL_KERNEL_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "snel_rt.h"

/* What went wrong; the numbers that kernels store in fault[0]. */
enum snel_fault_kind {
  SNEL_NOT_A_NUMBER = 1,
  SNEL_RATE_ABOVE_ONE = 2,
  SNEL_OVERFLOW = 3,
  SNEL_DIVISION_BY_ZERO = 4,
  SNEL_CAPACITY = 5,
  SNEL_NEGATIVE_DELAY = 6, /* the element is how many steps it is too short */
  SNEL_OFF_THE_GRID = 7,
  SNEL_NO_LONGER_A_NUMBER = 8, /* found later than it may have arisen */
  SNEL_NO_PROBABILITY = 9 /* the element is the source's times 2^32, plus the target's */
};

/* The kernel that runs. */
extern const char *snel_place;

/* Ends the program: "integer overflow in E.v[3]"; without the element if that is negative. Where
 * somebody wants to say more, he does so before. */
extern void (*snel_on_fault)(const char *words, const char *place, int64_t element);
_Noreturn void snel_fault(int64_t kind, const char *place, int64_t element);

static inline int32_t snel_add_i32(int32_t a, int32_t b) {
  return (int32_t)((uint32_t)a + (uint32_t)b);
}
static inline int64_t snel_add_i64(int64_t a, int64_t b) {
  return (int64_t)((uint64_t)a + (uint64_t)b);
}
static inline int32_t snel_sub_i32(int32_t a, int32_t b) {
  return (int32_t)((uint32_t)a - (uint32_t)b);
}
static inline int64_t snel_sub_i64(int64_t a, int64_t b) {
  return (int64_t)((uint64_t)a - (uint64_t)b);
}
static inline int32_t snel_mul_i32(int32_t a, int32_t b) {
  return (int32_t)((uint32_t)a * (uint32_t)b);
}
static inline int64_t snel_mul_i64(int64_t a, int64_t b) {
  return (int64_t)((uint64_t)a * (uint64_t)b);
}
static inline int32_t snel_neg_i32(int32_t a) { return (int32_t)(0 - (uint32_t)a); }
static inline int64_t snel_neg_i64(int64_t a) { return (int64_t)(0 - (uint64_t)a); }
static inline int32_t snel_abs_i32(int32_t a) { return a < 0 ? snel_neg_i32(a) : a; }
static inline int64_t snel_abs_i64(int64_t a) { return a < 0 ? snel_neg_i64(a) : a; }

/* The least integer divided by -1 is itself, as in Java. */
static inline int32_t snel_div_i32(int32_t a, int32_t b) {
  if (b == 0) {
    snel_fault(SNEL_DIVISION_BY_ZERO, snel_place, -1);
  }
  return b == -1 ? snel_neg_i32(a) : a / b;
}
static inline int64_t snel_div_i64(int64_t a, int64_t b) {
  if (b == 0) {
    snel_fault(SNEL_DIVISION_BY_ZERO, snel_place, -1);
  }
  return b == -1 ? snel_neg_i64(a) : a / b;
}
static inline int32_t snel_rem_i32(int32_t a, int32_t b) {
  if (b == 0) {
    snel_fault(SNEL_DIVISION_BY_ZERO, snel_place, -1);
  }
  return b == -1 ? 0 : a % b;
}
static inline int64_t snel_rem_i64(int64_t a, int64_t b) {
  if (b == 0) {
    snel_fault(SNEL_DIVISION_BY_ZERO, snel_place, -1);
  }
  return b == -1 ? 0 : a % b;
}

static inline int32_t snel_shl_i32(int32_t a, int32_t n) {
  return (int32_t)((uint32_t)a << (n & 31));
}
static inline int64_t snel_shl_i64(int64_t a, int32_t n) {
  return (int64_t)((uint64_t)a << (n & 63));
}
/* Shifting a negative number right keeps its sign: so do gcc and clang. */
static inline int32_t snel_shr_i32(int32_t a, int32_t n) { return a >> (n & 31); }
static inline int64_t snel_shr_i64(int64_t a, int32_t n) { return a >> (n & 63); }
static inline int32_t snel_ushr_i32(int32_t a, int32_t n) {
  return (int32_t)((uint32_t)a >> (n & 31));
}
static inline int64_t snel_ushr_i64(int64_t a, int32_t n) {
  return (int64_t)((uint64_t)a >> (n & 63));
}

static inline int32_t snel_min_i32(int32_t a, int32_t b) { return a < b ? a : b; }
static inline int64_t snel_min_i64(int64_t a, int64_t b) { return a < b ? a : b; }
static inline float snel_min_f32(float a, float b) { return a < b ? a : b; }
static inline double snel_min_f64(double a, double b) { return a < b ? a : b; }
static inline int32_t snel_max_i32(int32_t a, int32_t b) { return a > b ? a : b; }
static inline int64_t snel_max_i64(int64_t a, int64_t b) { return a > b ? a : b; }
static inline float snel_max_f32(float a, float b) { return a > b ? a : b; }
static inline double snel_max_f64(double a, double b) { return a > b ? a : b; }

/* The language's int: overflow is a fault. */
static inline int64_t snel_add_exact(int64_t a, int64_t b) {
  int64_t sum = snel_add_i64(a, b);
  if (((a ^ sum) & (b ^ sum)) < 0) {
    snel_fault(SNEL_OVERFLOW, snel_place, -1);
  }
  return sum;
}
static inline int64_t snel_sub_exact(int64_t a, int64_t b) {
  int64_t difference = snel_sub_i64(a, b);
  if (((a ^ b) & (a ^ difference)) < 0) {
    snel_fault(SNEL_OVERFLOW, snel_place, -1);
  }
  return difference;
}
static inline int64_t snel_mul_exact(int64_t a, int64_t b) {
  int64_t product = snel_mul_i64(a, b);
  if ((a == -1 && b == INT64_MIN) || (b == -1 && a == INT64_MIN) ||
      (a != 0 && a != -1 && product / a != b)) {
    snel_fault(SNEL_OVERFLOW, snel_place, -1);
  }
  return product;
}

/* Casts of floats truncate and saturate; NaN gives 0. */
static inline int32_t snel_i32_from_f64(double x) {
  return x != x              ? 0
         : x >= 0x1p31       ? INT32_MAX
         : x <= -0x1p31      ? INT32_MIN
                             : (int32_t)x;
}
static inline int64_t snel_i64_from_f64(double x) {
  return x != x              ? 0
         : x >= 0x1p63       ? INT64_MAX
         : x <= -0x1p63      ? INT64_MIN
                             : (int64_t)x;
}
static inline int32_t snel_i32_from_f32(float x) { return snel_i32_from_f64(x); }
static inline int64_t snel_i64_from_f32(float x) { return snel_i64_from_f64(x); }

/* Bits, every NaN as the canonical one. */
static inline int32_t snel_float_bits(float x) {
  return x != x ? 0x7fc00000 : (int32_t)snel_bits_f32(x);
}
static inline float snel_bits_float(int32_t bits) { return snel_f32_bits((uint32_t)bits); }
static inline bool snel_is_finite(double x) { return x - x == 0; }

/* Continues a state hash with the elements of an array. */
#define SNEL_HASH_STEP(bits) hash = hash * UINT64_C(0x9E3779B97F4A7C15) + (bits) + 1
static inline uint64_t snel_hash_u8(uint64_t hash, const uint8_t *x, size_t n) {
  for (size_t i = 0; i < n; i++) {
    SNEL_HASH_STEP(x[i]);
  }
  return hash;
}
static inline uint64_t snel_hash_u16(uint64_t hash, const uint16_t *x, size_t n) {
  for (size_t i = 0; i < n; i++) {
    SNEL_HASH_STEP(x[i]);
  }
  return hash;
}
static inline uint64_t snel_hash_i32(uint64_t hash, const int32_t *x, size_t n) {
  for (size_t i = 0; i < n; i++) {
    SNEL_HASH_STEP((uint32_t)x[i]);
  }
  return hash;
}
static inline uint64_t snel_hash_i64(uint64_t hash, const int64_t *x, size_t n) {
  for (size_t i = 0; i < n; i++) {
    SNEL_HASH_STEP((uint64_t)x[i]);
  }
  return hash;
}
static inline uint64_t snel_hash_f32(uint64_t hash, const float *x, size_t n) {
  for (size_t i = 0; i < n; i++) {
    SNEL_HASH_STEP((uint32_t)snel_float_bits(x[i]));
  }
  return hash;
}
static inline uint64_t snel_hash_f64(uint64_t hash, const double *x, size_t n) {
  for (size_t i = 0; i < n; i++) {
    SNEL_HASH_STEP(x[i] != x[i] ? UINT64_C(0x7ff8000000000000) : snel_bits_f64(x[i]));
  }
  return hash;
}

/* Zeroed memory, or the end of the program. */
static inline void *snel_allocate(size_t count, size_t size) {
  void *memory = calloc(count > 0 ? count : 1, size);
  if (memory == NULL) {
    fprintf(stderr, "out of memory: %zu elements of %zu bytes\n", count, size);
    exit(1);
  }
  return memory;
}

#endif
