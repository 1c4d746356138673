/* Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror & Shaw, SC'11) under the key
 * (seed, stream), the hash that names a stream, and what becomes of a word. */
#ifndef SNEL_RANDOM_H
#define SNEL_RANDOM_H

#include "snel_bits.h"

/* All four words of the block at counter (c0, c1, c2, c3). */
static inline void snel_philox(uint32_t seed, uint32_t stream, uint32_t c0, uint32_t c1,
                               uint32_t c2, uint32_t c3, uint32_t words[4]) {
  for (int round = 0; round < 10; round++) {
    uint64_t product0 = (uint64_t)0xD2511F53u * c0;
    uint64_t product1 = (uint64_t)0xCD9E8D57u * c2;
    c0 = (uint32_t)(product1 >> 32) ^ c1 ^ seed;
    c1 = (uint32_t)product1;
    c2 = (uint32_t)(product0 >> 32) ^ c3 ^ stream;
    c3 = (uint32_t)product0;
    seed += 0x9E3779B9u;
    stream += 0xBB67AE85u;
  }
  words[0] = c0;
  words[1] = c1;
  words[2] = c2;
  words[3] = c3;
}

/* Word number `word & 3` of a block. */
static inline uint32_t snel_philox_word(uint32_t seed, uint32_t stream, uint32_t c0, uint32_t c1,
                                        uint32_t c2, uint32_t c3, uint32_t word) {
  uint32_t words[4];
  snel_philox(seed, stream, c0, c1, c2, c3, words);
  return words[word & 3];
}

/* The u64 w[0] << 32 | w[1] (half 0) or w[2] << 32 | w[3] (half 1) of a block. */
static inline uint64_t snel_philox_pair(uint32_t seed, uint32_t stream, uint32_t c0, uint32_t c1,
                                        uint32_t c2, uint32_t c3, uint32_t half) {
  uint32_t words[4];
  snel_philox(seed, stream, c0, c1, c2, c3, words);
  return half ? (uint64_t)words[2] << 32 | words[3] : (uint64_t)words[0] << 32 | words[1];
}

/* Fills out[i], i from first on and below count, with word i & 3 of the block at counter (i >> 2, c1, c2, c3). */
static inline void snel_philox_fill(uint32_t seed, uint32_t stream, uint32_t c1, uint32_t c2,
                                    uint32_t c3, uint32_t *out, uint32_t first,
                                    uint32_t count) {
  for (uint32_t i = first; i < count; i += 4) {
    uint32_t words[4];
    snel_philox(seed, stream, i >> 2, c1, c2, c3, words);
    for (uint32_t k = 0; k < 4 && i + k < count; k++) {
      out[i + k] = words[k];
    }
  }
}

/* Turns words from first on and below count into how many of the rising thresholds they have reached. */
static inline void snel_reach(int32_t *words, int32_t first, int32_t count,
                              const uint32_t *thresholds, int32_t size) {
  for (int32_t i = first; i < count; i++) {
    uint32_t word = (uint32_t)words[i];
    int32_t low = 0, high = size;
    while (low < high) {
      int32_t middle = (low + high) / 2;
      if (word >= thresholds[middle]) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    words[i] = low;
  }
}

/* Number d of the u64 sequence of element q. */
static inline uint64_t snel_sequence(uint32_t seed, uint32_t stream, uint64_t d, uint32_t q,
                                     uint32_t c2, uint32_t c3) {
  return snel_philox_pair(seed, stream, (uint32_t)(d >> 1), q, c2, c3, (uint32_t)d & 1);
}

/* FNV-1a-32 of a stream's name. */
static inline uint32_t snel_stream(const char *name) {
  uint32_t hash = 0x811C9DC5u;
  for (; *name; name++) {
    hash = (hash ^ (uint8_t)*name) * 0x01000193u;
  }
  return hash;
}

/* Uniform in [0, 1): 24 bits of a word, 32 bits of a word, 53 bits of a number of a sequence. */
static inline float snel_uniform_f32(uint32_t word) { return (float)(word >> 8) * 0x1p-24f; }

static inline double snel_uniform_f64(uint32_t word) { return word * 0x1p-32; }

static inline double snel_uniform_sequence(uint64_t number) {
  return (double)(number >> 11) * 0x1p-53;
}

/* round(p 2^32), ties to even, within 0 ... 2^32; NaN gives 0. */
static inline uint64_t snel_threshold(double probability) {
  if (!(probability > 0)) {
    return 0;
  }
  if (probability >= 1) {
    return (uint64_t)1 << 32;
  }
  double scaled = probability * 0x1p32;
  uint64_t whole = (uint64_t)scaled;
  double rest = scaled - (double)whole;
  return whole + (rest > 0.5 || (rest == 0.5 && (whole & 1)));
}

/* Whether an event of this threshold happens. */
static inline bool snel_event(uint32_t word, uint64_t threshold) { return word < threshold; }

/* An integer below `bound`. */
static inline uint64_t snel_below(uint64_t number, uint64_t bound) {
  return snel_mulhi64(number, bound);
}

static inline uint32_t snel_reverse_bits(uint32_t x) {
  x = (x >> 1 & 0x55555555u) | (x & 0x55555555u) << 1;
  x = (x >> 2 & 0x33333333u) | (x & 0x33333333u) << 2;
  x = (x >> 4 & 0x0F0F0F0Fu) | (x & 0x0F0F0F0Fu) << 4;
  x = (x >> 8 & 0x00FF00FFu) | (x & 0x00FF00FFu) << 8;
  return x >> 16 | x << 16;
}

/* Counter c3 of the q-th redraw of a draw whose own c3 is given. */
static inline uint32_t snel_redraw(uint32_t c3, uint32_t q) {
  return c3 == 0 ? q : c3 ^ snel_reverse_bits(q);
}

/* Fisher-Yates shuffle of 0 ... n - 1 for one epoch. */
static inline void snel_shuffle(uint32_t seed, uint32_t stream, uint32_t epoch, uint32_t *out,
                                uint32_t n) {
  for (uint32_t k = 0; k < n; k++) {
    out[k] = k;
  }
  uint64_t d = 0;
  for (uint32_t m = n; m-- > 1;) {
    uint64_t number = snel_sequence(seed, stream, d++, 0, epoch, 0);
    uint32_t other = (uint32_t)snel_below(number, (uint64_t)m + 1);
    uint32_t kept = out[m];
    out[m] = out[other];
    out[other] = kept;
  }
}

#endif
