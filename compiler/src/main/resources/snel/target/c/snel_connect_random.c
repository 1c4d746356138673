/* Connection rules with chance. */
#include <stdlib.h>

#include "snel_random.h"
#include "snel_wire.h"

/* Hops from hit to hit of one row, by the table; returns the place after the last. */
static int32_t bernoulli_row(uint32_t seed, uint32_t stream, int32_t i, snel_ends ends,
                             const uint64_t *table, int32_t size, const int32_t *guide,
                             int32_t *out, int32_t place) {
  int64_t self = snel_wire_self_target(ends, i), position = -1;
  for (uint32_t block = 0;; block++) {
    uint32_t words[4];
    snel_philox(seed, stream, block, (uint32_t)i, 0, 0, words);
    for (int w = 0; w < 4; w++) {
      int32_t k = guide[words[w] >> 24];
      while (k < size && words[w] >= table[k]) {
        k++;
      }
      bool hit = k < size;
      position += hit ? k + 1 : size;
      if (position >= ends.targets) {
        return place;
      }
      if (hit && position != self) {
        out[place++] = (int32_t)position;
      }
    }
  }
}

snel_csr snel_connect_bernoulli(uint32_t seed, uint32_t stream, snel_ends ends,
                                const uint64_t *table, int32_t size) {
  int32_t guide[256];
  for (int32_t top = 0, k = 0; top < 256; top++) {
    while (k < size && (uint64_t)top << 24 >= table[k]) {
      k++;
    }
    guide[top] = k;
  }
  snel_csr rows = {ends.sources, 0, NULL, NULL, NULL};
  rows.row_start = snel_wire_room((int64_t)ends.sources + 1, sizeof *rows.row_start);
  int32_t *row = snel_wire_room(ends.targets, sizeof *row);
  for (int32_t i = 0; i < ends.sources; i++) {
    rows.row_start[i + 1] =
        bernoulli_row(seed, stream, i, ends, table, size, guide, row, 0);
  }
  free(row);
  rows.count = snel_accumulate(rows.row_start, ends.sources);
  rows.target = snel_wire_room(rows.count, sizeof *rows.target);
  for (int32_t i = 0; i < ends.sources; i++) {
    bernoulli_row(seed, stream, i, ends, table, size, guide, rows.target, rows.row_start[i]);
  }
  return rows;
}

/* The k partners of one neuron after another. */
typedef struct {
  uint32_t seed, stream;
  int32_t size, k;
  bool multapses;
  uint64_t *taken;
  int32_t *chosen;
} partners;

static partners partners_of(uint32_t seed, uint32_t stream, int32_t size, int32_t k,
                            bool multapses) {
  if (k < 0 || (k > 0 && size == 0) || (!multapses && k > size)) {
    snel_wire_impossible("fixed degree");
  }
  partners p = {seed, stream, size, k, multapses, NULL, NULL};
  p.taken = snel_wire_room(size / 64 + 1, sizeof *p.taken);
  p.chosen = snel_wire_room(k, sizeof *p.chosen);
  return p;
}

static bool is_taken(const partners *p, int32_t candidate) {
  return p->taken[candidate >> 6] >> (candidate & 63) & 1;
}

/* Bentley & Floyd, CACM 30, 1987: `count` different numbers below `among`, marked, and listed in
 * the order drawn if they are the chosen ones. */
static void floyd(partners *p, int32_t q, int32_t among, int32_t count) {
  if (count > among) {
    snel_wire_impossible("fixed degree");
  }
  for (int32_t d = 0; d < count; d++) {
    int32_t m = among - count + d;
    uint64_t number = snel_sequence(p->seed, p->stream, (uint64_t)d, (uint32_t)q, 0, 0);
    int32_t t = (int32_t)snel_below(number, (uint64_t)m + 1);
    int32_t pick = is_taken(p, t) ? m : t;
    p->taken[pick >> 6] |= (uint64_t)1 << (pick & 63);
    if (count == p->k) {
      p->chosen[d] = pick;
    }
  }
}

/* Draws those of neuron q, without `self` (-1: none is left out). */
static void draw_partners(partners *p, int32_t q, int64_t self) {
  int32_t among = self >= 0 ? p->size - 1 : p->size;
  if (p->multapses) {
    for (int32_t d = 0; d < p->k; d++) {
      uint64_t number = snel_sequence(p->seed, p->stream, (uint64_t)d, (uint32_t)q, 0, 0);
      p->chosen[d] = (int32_t)snel_below(number, (uint64_t)among);
    }
  } else if (2 * (int64_t)p->k > among) {
    if (p->k > among) {
      snel_wire_impossible("fixed degree");
    }
    floyd(p, q, among, among - p->k);
    for (int32_t candidate = 0, n = 0; candidate < among; candidate++) {
      if (!is_taken(p, candidate)) {
        p->chosen[n++] = candidate;
      }
    }
    memset(p->taken, 0, ((size_t)p->size / 64 + 1) * sizeof *p->taken);
  } else {
    floyd(p, q, among, p->k);
    memset(p->taken, 0, ((size_t)p->size / 64 + 1) * sizeof *p->taken);
  }
  for (int32_t n = 0; self >= 0 && n < p->k; n++) {
    p->chosen[n] += p->chosen[n] >= self;
  }
}

snel_csr snel_connect_fixed_indegree(uint32_t seed, uint32_t stream, snel_ends ends, int32_t k,
                                     bool multapses) {
  partners p = partners_of(seed, stream, ends.sources, k, multapses);
  snel_csr rows = {ends.sources, 0, NULL, NULL, NULL};
  rows.row_start = snel_wire_room((int64_t)ends.sources + 1, sizeof *rows.row_start);
  for (int32_t j = 0; j < ends.targets; j++) {
    draw_partners(&p, j, snel_wire_self_source(ends, j));
    for (int32_t n = 0; n < k; n++) {
      rows.row_start[p.chosen[n] + 1]++;
    }
  }
  rows.count = snel_accumulate(rows.row_start, ends.sources);
  rows.target = snel_wire_room(rows.count, sizeof *rows.target);
  int32_t *cursors = snel_wire_cursors(rows.row_start, ends.sources);
  for (int32_t j = 0; j < ends.targets; j++) {
    draw_partners(&p, j, snel_wire_self_source(ends, j));
    for (int32_t n = 0; n < k; n++) {
      rows.target[cursors[p.chosen[n]]++] = j;
    }
  }
  free(cursors);
  free(p.taken);
  free(p.chosen);
  return rows;
}

static int rising(const void *a, const void *b) {
  int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
  return (x > y) - (x < y);
}

snel_csr snel_connect_fixed_outdegree(uint32_t seed, uint32_t stream, snel_ends ends, int32_t k,
                                      bool multapses) {
  partners p = partners_of(seed, stream, ends.targets, k, multapses);
  snel_csr rows = {ends.sources, 0, NULL, NULL, NULL};
  rows.row_start = snel_wire_room((int64_t)ends.sources + 1, sizeof *rows.row_start);
  rows.target = snel_wire_room((int64_t)ends.sources * k, sizeof *rows.target);
  for (int32_t i = 0; i < ends.sources; i++) {
    draw_partners(&p, i, snel_wire_self_target(ends, i));
    qsort(p.chosen, (size_t)k, sizeof *p.chosen, rising);
    memcpy(rows.target + rows.count, p.chosen, (size_t)k * sizeof *p.chosen);
    rows.count += k;
    rows.row_start[i + 1] = rows.count;
  }
  free(p.taken);
  free(p.chosen);
  return rows;
}

static int64_t candidate_pair(uint32_t seed, uint32_t stream, uint64_t s, snel_ends ends) {
  uint64_t block = s >> 1;
  uint64_t number = snel_philox_pair(seed, stream, (uint32_t)block, (uint32_t)(block >> 32), 0, 0,
                                     (uint32_t)s & 1);
  return (int64_t)snel_below(number, (uint64_t)ends.sources * (uint64_t)ends.targets);
}

static bool is_kept(int64_t pair, snel_ends ends) {
  return !ends.excludes_self ||
         snel_wire_self_target(ends, (int32_t)(pair / ends.targets)) != pair % ends.targets;
}

/* Adds a number to a set by open addressing, whose empty cells are -1; false if it was there. */
static bool add_pair(int64_t *cells, uint64_t mask, int64_t pair) {
  uint64_t slot = ((uint64_t)pair * 0x9E3779B97F4A7C15u >> 20) & mask;
  while (cells[slot] >= 0) {
    if (cells[slot] == pair) {
      return false;
    }
    slot = (slot + 1) & mask;
  }
  cells[slot] = pair;
  return true;
}

snel_csr snel_connect_fixed_total(uint32_t seed, uint32_t stream, snel_ends ends, int64_t total,
                                  bool multapses) {
  int64_t possible = snel_wire_pairs(ends);
  if (multapses ? total > 0 && possible == 0 : total > possible) {
    snel_wire_impossible("fixed_total");
  }
  snel_csr rows = {ends.sources, (int32_t)total, NULL, NULL, NULL};
  rows.row_start = snel_wire_room((int64_t)ends.sources + 1, sizeof *rows.row_start);
  rows.target = snel_wire_room(total, sizeof *rows.target);
  uint64_t slots = 16;
  while (!multapses && slots < 2 * (uint64_t)total) {
    slots *= 2;
  }
  int64_t *cells = malloc(slots * sizeof *cells);
  if (cells == NULL) {
    snel_wire_room(INT64_MAX, sizeof *cells);
  }
  memset(cells, 0xFF, slots * sizeof *cells);
  uint64_t last = 0;
  for (int64_t found = 0; found < total; last++) {
    int64_t pair = candidate_pair(seed, stream, last, ends);
    if (is_kept(pair, ends) && (multapses || add_pair(cells, slots - 1, pair))) {
      rows.row_start[pair / ends.targets + 1]++;
      found++;
    }
  }
  snel_accumulate(rows.row_start, ends.sources);
  int32_t *cursors = snel_wire_cursors(rows.row_start, ends.sources);
  for (uint64_t s = 0; s < (multapses ? last : slots); s++) {
    int64_t pair = multapses ? candidate_pair(seed, stream, s, ends) : cells[s];
    if (pair >= 0 && is_kept(pair, ends)) {
      rows.target[cursors[pair / ends.targets]++] = (int32_t)(pair % ends.targets);
    }
  }
  for (int32_t i = 0; i < ends.sources; i++) {
    qsort(rows.target + rows.row_start[i], (size_t)(rows.row_start[i + 1] - rows.row_start[i]),
          sizeof *rows.target, rising);
  }
  free(cells);
  free(cursors);
  return rows;
}
