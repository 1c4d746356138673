#include "snel_rows.h"

#include <stddef.h>

/* Rows are added eight words (512 targets) and eight rows at once, with full adders on words: digit
 * d[p] holds bit p of every sum. So many rows are counted by seven digits. */
enum { TOGETHER = 8, DIGITS = 7, MOST = 127 };

typedef struct {
  size_t begin[MOST + 1]; /* of the rows to add, up to whole groups with rows of zeros */
  int32_t count;
} chosen_rows;

void snel_set_bits(const snel_csr *rows, int32_t targets, int64_t *bits) {
  size_t words = (size_t)snel_bit_words(targets);
  for (int32_t i = 0; i < rows->sources; i++) {
    for (int32_t s = rows->row_start[i]; s < rows->row_start[i + 1]; s++) {
      uint32_t j = (uint32_t)rows->target[s];
      size_t at = (size_t)i * words + j / 64;
      bits[at] = (int64_t)((uint64_t)bits[at] | UINT64_C(1) << j % 64);
    }
  }
}

static int32_t choose(chosen_rows *rows, int32_t words, const int32_t *list, int32_t done,
                      int32_t count, int32_t first, int32_t sources) {
  rows->count = 0;
  while (done < count && rows->count < MOST) {
    int32_t source = list[done++] - first;
    if (source >= 0 && source < sources) {
      rows->begin[rows->count++] = (size_t)source * (size_t)words;
    }
  }
  for (int32_t end = rows->count; end % TOGETHER != 0; end++) {
    rows->begin[end] = (size_t)sources * (size_t)words;
  }
  return done;
}

/* One full adder: of a digit and two more bits, the carry; the digit becomes the sum. */
static inline uint64_t carried(uint64_t *digit, uint64_t a, uint64_t b) {
  uint64_t before = *digit;
  *digit = before ^ a ^ b;
  return (before & a) | (b & (before | a));
}

static inline uint64_t carried_one(uint64_t *digit, uint64_t a) {
  uint64_t before = *digit;
  *digit = before ^ a;
  return before & a;
}

static void sum(const chosen_rows *rows, const int64_t *bits, uint64_t d[DIGITS][TOGETHER]) {
  for (int32_t p = 0; p < DIGITS; p++) {
    for (int32_t w = 0; w < TOGETHER; w++) {
      d[p][w] = 0;
    }
  }
  for (int32_t k = 0; k < rows->count; k += TOGETHER) {
    const int64_t *r[TOGETHER];
    for (int32_t row = 0; row < TOGETHER; row++) {
      r[row] = bits + rows->begin[k + row];
    }
    for (int32_t w = 0; w < TOGETHER; w++) {
      uint64_t two_a = carried(&d[0][w], (uint64_t)r[0][w], (uint64_t)r[1][w]);
      uint64_t two_b = carried(&d[0][w], (uint64_t)r[2][w], (uint64_t)r[3][w]);
      uint64_t four_a = carried(&d[1][w], two_a, two_b);
      two_a = carried(&d[0][w], (uint64_t)r[4][w], (uint64_t)r[5][w]);
      two_b = carried(&d[0][w], (uint64_t)r[6][w], (uint64_t)r[7][w]);
      uint64_t four_b = carried(&d[1][w], two_a, two_b);
      uint64_t carry = carried(&d[2][w], four_a, four_b);
      carry = carried_one(&d[3][w], carry);
      carry = carried_one(&d[4][w], carry);
      carry = carried_one(&d[5][w], carry);
      d[6][w] ^= carry;
    }
  }
}

/* Every byte with each bit in a byte of its own. */
static uint64_t spread[256];

static void fill_spread(void) {
  if (spread[1] == 0) {
    for (uint32_t bits = 0; bits < 256; bits++) {
      for (uint32_t bit = 0; bit < 8; bit++) {
        spread[bits] |= (uint64_t)(bits >> bit & 1) << 8 * bit;
      }
    }
  }
}

/* The sums of the eight targets from j on, a byte each. */
static inline uint64_t digits(uint64_t d[DIGITS][TOGETHER], int32_t depth, int32_t j) {
  uint64_t sums = 0;
  for (int32_t p = depth - 1; p >= 0; p--) {
    sums = 2 * sums + spread[d[p][j / 64] >> j % 64 & 255];
  }
  return sums;
}

#define ADD_BITS(NAME, TYPE)                                                                  \
  void NAME(TYPE *counts, const int64_t *bits, int32_t targets, const int32_t *list,          \
            int32_t count, int32_t first, int32_t sources, int32_t begin, int32_t end) {      \
    int32_t words = snel_bit_words(targets);                                                  \
    chosen_rows rows;                                                                         \
    fill_spread();                                                                            \
    for (int32_t done = 0; done < count;) {                                                   \
      done = choose(&rows, words, list, done, count, first, sources);                         \
      int32_t depth = 0;                                                                      \
      while (rows.count >> depth != 0) {                                                      \
        depth++;                                                                              \
      }                                                                                       \
      for (int32_t w = begin / 64; 64 * w < end && rows.count > 0; w += TOGETHER) {           \
        uint64_t d[DIGITS][TOGETHER];                                                         \
        sum(&rows, bits + w, d);                                                              \
        int32_t here = end - 64 * w < 64 * TOGETHER ? end - 64 * w : 64 * TOGETHER;           \
        for (int32_t from = 0; from < here; from += 8) {                                      \
          uint64_t sums = digits(d, depth, from);                                             \
          for (int32_t j = from; j < from + 8 && j < here; j++) {                             \
            counts[64 * w + j] = (TYPE)((uint32_t)counts[64 * w + j] + (sums & 255));         \
            sums >>= 8;                                                                       \
          }                                                                                   \
        }                                                                                     \
      }                                                                                       \
    }                                                                                         \
  }

ADD_BITS(snel_add_bits_i32, int32_t)
ADD_BITS(snel_add_bits_u16, uint16_t)
