/* Distributions whose numbers come from the u64 sequence of an element q, in double precision, and
 * Poisson counts by inversion of one word. */
#ifndef SNEL_DRAW_H
#define SNEL_DRAW_H

#include "snel_random.h"

/* Exponential of mean 1. */
double snel_exponential(uint32_t seed, uint32_t stream, uint32_t q, uint32_t c2, uint32_t c3);

double snel_lognormal(uint32_t seed, uint32_t stream, uint32_t q, uint32_t c2, uint32_t c3, double mu,
                      double sigma);

/* Gamma of this shape and scale 1. */
double snel_gamma(uint32_t seed, uint32_t stream, uint32_t q, uint32_t c2, uint32_t c3, double shape);

/* Successes among n, each of probability p. */
double snel_binomial(uint32_t seed, uint32_t stream, uint32_t q, uint32_t c2, uint32_t c3, double n,
                     double p);

/* Poisson of this mean from one word, without a table. */
uint32_t snel_poisson(uint32_t word, double mean);

/* Poisson from one word: how many entries of an integer table the word is not below. */
static inline uint32_t snel_poisson_count(uint32_t word, const uint32_t *table, uint32_t size) {
  uint32_t low = 0;
  while (low < size) {
    uint32_t middle = low + (size - low) / 2;
    if (word < table[middle]) {
      size = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

#endif
