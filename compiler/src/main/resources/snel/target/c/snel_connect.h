/* Connection rules: who is joined to whom, as compressed rows sorted by (source, target, multapse),
 * and orders of the synapses by delay and by target. Indices are local to the two ends. */
#ifndef SNEL_CONNECT_H
#define SNEL_CONNECT_H

#include "snel_bits.h"

/* The two ends of a projection. Where excludes_self, no neuron is joined to itself, and self_offset
 * is (target index) - (source index) of one neuron. */
typedef struct {
  int32_t sources, targets;
  bool excludes_self;
  int32_t self_offset;
} snel_ends;

/* The synapses of source i are row_start[i] ... row_start[i + 1] - 1. `shared`, of each synapse its
 * place in a shared kernel or in a list of edges, is NULL if the rule has none. */
typedef struct {
  int32_t sources, count;
  int32_t *row_start, *target, *shared;
} snel_csr;

void snel_csr_free(snel_csr *rows);

/* r of each synapse: how many of its source and target come before it. */
void snel_multapses(const snel_csr *rows, int32_t *r);

/* Turns counts at row_start[i + 1] into places; returns their sum. */
int32_t snel_accumulate(int32_t *row_start, int32_t rows);

snel_csr snel_connect_all(snel_ends ends);
snel_csr snel_connect_one_to_one(snel_ends ends);

/* Listed pairs, equal ones in the order of the list; `shared` is the row of the list. */
snel_csr snel_connect_pairs(snel_ends ends, const int32_t *sources, const int32_t *targets,
                            int32_t count);

/* One probability for all pairs, by its table Q_1 ... Q_size of distances between hits. */
snel_csr snel_connect_bernoulli(uint32_t seed, uint32_t stream, snel_ends ends,
                                const uint64_t *table, int32_t size);

snel_csr snel_connect_fixed_indegree(uint32_t seed, uint32_t stream, snel_ends ends, int32_t k,
                                     bool multapses);
snel_csr snel_connect_fixed_outdegree(uint32_t seed, uint32_t stream, snel_ends ends, int32_t k,
                                      bool multapses);
snel_csr snel_connect_fixed_total(uint32_t seed, uint32_t stream, snel_ends ends, int64_t total,
                                  bool multapses);

/* Two stacks of maps, [channels, height, width], and a kernel that moves over the source: target
 * (y, x) sees source rows y * stride - padding + ky * dilation, and columns likewise. Transposed,
 * source (y, x) gives to such target rows and columns. Channels are dealt into groups. */
typedef struct {
  int32_t source_channels, source_height, source_width;
  int32_t target_channels, target_height, target_width;
  int32_t kernel_height, kernel_width, stride_y, stride_x, padding_y, padding_x;
  int32_t dilation_y, dilation_x, groups, transposed;
} snel_maps;

/* `shared` is the index of the weight in [target channel, source channel of the group, ky, kx], or
 * transposed in [source channel, target channel of the group, ky, kx]. */
snel_csr snel_connect_convolution(snel_maps maps);
/* Each target sees the channel of its own number; `shared` is ky * width + kx. */
snel_csr snel_connect_pool(snel_maps maps);
/* Weights are not shared; `shared` is the place in the window, [source channel, ky, kx]. */
snel_csr snel_connect_window(snel_maps maps);

/* An array of unsigned indices: 1, 2 or 4 bytes each. */
typedef struct {
  void *elements;
  size_t size;
} snel_array;

/* Sorts every row by delay class, keeping the order within a class, and carries `count` per-synapse
 * arrays along. The synapses of source i with class k are then class_start[i * classes + k] ...
 * class_start[i * classes + k + 1] - 1. */
void snel_sort_by_delay(int32_t sources, const int32_t *row_start, snel_array delay,
                        int32_t classes, int32_t *class_start, const snel_array *carried,
                        int32_t count);

/* The synapses by target: those onto target j with class k are synapse[column_start[j * classes + k]]
 * on, sources rising. With one class `delay` is not read. */
void snel_sort_by_target(int32_t sources, int32_t targets, const int32_t *row_start,
                         snel_array target, snel_array delay, int32_t classes,
                         int32_t *column_start, int32_t *synapse, snel_array source);

#endif
