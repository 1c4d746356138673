/* Rows of bits: the synapses of a source as one bit a target, and sums of such rows. */
#ifndef SNEL_ROWS_H
#define SNEL_ROWS_H

#include <stdint.h>

#include "snel_connect.h"

/* Words of a row of so many bits: a multiple of eight. */
static inline int32_t snel_bit_words(int32_t targets) { return (targets + 511) / 512 * 8; }

/* Sets the bit of each synapse in `bits`, which is zero. */
void snel_set_bits(const snel_csr *rows, int32_t targets, int64_t *bits);

/* Adds to counts[j], j = begin ... end - 1 (begin a multiple of 512, end too or all targets), how many of the rows list[k] - first, k = 0 ... count - 1,
 * have bit j set. What lies outside 0 ... sources - 1 has no row. The row after the last is zero. */
void snel_add_bits_i32(int32_t *counts, const int64_t *bits, int32_t targets, const int32_t *list,
                       int32_t count, int32_t first, int32_t sources, int32_t begin, int32_t end);
void snel_add_bits_u16(uint16_t *counts, const int64_t *bits, int32_t targets, const int32_t *list,
                       int32_t count, int32_t first, int32_t sources, int32_t begin, int32_t end);

#endif
