#include <stdlib.h>

#include "numerics.h"
#include "snel_rt.h"

enum rule { ALL, ONE_TO_ONE, PAIRS, BERNOULLI, INDEGREE, OUTDEGREE, TOTAL, CONVOLUTION,
            POOL, WINDOW };

typedef struct {
  int32_t rule, seed, stream;
  int32_t sources, targets, excludes_self, self_offset;
  int32_t k, multapses, payload;
} Request;

static snel_csr make(const Request *r, const void *payload) {
  snel_ends ends = {r->sources, r->targets, r->excludes_self != 0, r->self_offset};
  uint32_t seed = (uint32_t)r->seed, stream = (uint32_t)r->stream;
  const int32_t *numbers = payload;
  snel_maps maps = {0};
  switch ((enum rule)r->rule) {
    case ALL:
      return snel_connect_all(ends);
    case ONE_TO_ONE:
      return snel_connect_one_to_one(ends);
    case PAIRS:
      return snel_connect_pairs(ends, numbers, numbers + r->k, r->k);
    case BERNOULLI:
      return snel_connect_bernoulli(seed, stream, ends, payload, r->k);
    case INDEGREE:
      return snel_connect_fixed_indegree(seed, stream, ends, r->k, r->multapses != 0);
    case OUTDEGREE:
      return snel_connect_fixed_outdegree(seed, stream, ends, r->k, r->multapses != 0);
    case TOTAL:
      return snel_connect_fixed_total(seed, stream, ends, r->k, r->multapses != 0);
    case CONVOLUTION:
    case POOL:
    case WINDOW:
      break;
  }
  memcpy(&maps, payload, sizeof maps);
  return r->rule == CONVOLUTION ? snel_connect_convolution(maps)
         : r->rule == POOL      ? snel_connect_pool(maps)
                                : snel_connect_window(maps);
}

static void put(const int32_t *numbers, int32_t count, FILE *out) {
  fwrite(numbers, sizeof *numbers, (size_t)count, out);
}

/* Writes the wiring, then the same sorted by delay (target mod 3) and by target. */
void map_connect(FILE *in, FILE *out) {
  Request r;
  if (fread(&r, sizeof r, 1, in) != 1) {
    exit(2);
  }
  void *payload = malloc((size_t)r.payload + 1);
  if (fread(payload, 1, (size_t)r.payload, in) != (size_t)r.payload) {
    exit(2);
  }
  snel_csr rows = make(&r, payload);
  int32_t n = rows.count, targets = r.targets;
  put(&n, 1, out);
  put(rows.row_start, rows.sources + 1, out);
  put(rows.target, n, out);
  if (rows.shared) {
    put(rows.shared, n, out);
  }
  int32_t *multapse = calloc((size_t)n + 1, 4), *synapse = calloc((size_t)n + 1, 4);
  snel_multapses(&rows, multapse);
  put(multapse, n, out);
  uint8_t *delay = calloc((size_t)n + 1, 1);
  uint16_t *source = calloc((size_t)n + 1, 2);
  for (int32_t s = 0; s < n; s++) {
    delay[s] = (uint8_t)(rows.target[s] % 3);
    synapse[s] = s;
  }
  int32_t *class_start = calloc(3 * (size_t)rows.sources + 1, 4);
  snel_array delays = {delay, 1}, carried[] = {{delay, 1}, {rows.target, 4}, {synapse, 4}};
  snel_sort_by_delay(rows.sources, rows.row_start, delays, 3, class_start, carried, 3);
  put(class_start, 3 * rows.sources + 1, out);
  put(rows.target, n, out);
  put(synapse, n, out);
  int32_t *column_start = calloc(3 * (size_t)targets + 1, 4);
  snel_array target = {rows.target, 4}, origin = {source, 2};
  snel_sort_by_target(rows.sources, targets, rows.row_start, target, delays, 3, column_start,
                      synapse, origin);
  put(column_start, 3 * targets + 1, out);
  put(synapse, n, out);
  for (int32_t s = 0; s < n; s++) {
    int32_t i = source[s];
    put(&i, 1, out);
  }
  free(multapse);
  free(synapse);
  free(delay);
  free(source);
  free(class_start);
  free(column_start);
  free(payload);
  snel_csr_free(&rows);
}
