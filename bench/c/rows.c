/* What adding up the rows of weights of one sample costs at least: network `dense` of bench/training.py, 25 steps in which some
 * 103 of 150 inputs spike, each with a row of 1,000 weights.
 *
 *   gcc -O3 -march=native -o /tmp/rows bench/c/rows.c && /tmp/rows
 *
 * prints microseconds a sample: step by step, sums of 128 columns in registers, and with the columns in blocks, each for all
 * steps before the next. Rows begin with lines of the cache, 63 lines apart: with 64 they would all want the same places in it.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { STEPS = 25, INPUTS = 784, STRIDE = 1008, ACTIVE = 150, PERCENT = 69, SAMPLES = 400, WARM = 40 };

typedef float lanes __attribute__((vector_size(64)));

static lanes *weights, *sums;
static int count[STEPS], spiked[STEPS][ACTIVE];

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

/* The sums of one step, columns `at` to `at + N` vectors. */
#define STRIP(N)                                                          \
  static void strip##N(int step, int at) {                                \
    lanes *to = sums + step * (STRIDE / 16) + at, sum[N];                 \
    for (int k = 0; k < N; k++) sum[k] = to[k];                           \
    for (int s = 0; s < count[step]; s++) {                               \
      const lanes *row = weights + spiked[step][s] * (STRIDE / 16) + at;  \
      for (int k = 0; k < N; k++) sum[k] += row[k];                       \
    }                                                                     \
    for (int k = 0; k < N; k++) to[k] = sum[k];                           \
  }
STRIP(8)
STRIP(4)
STRIP(2)

static void in_blocks(void (*strip)(int, int), int width) {
  for (int at = 0; at < 63; at += width) {
    for (int step = 0; step < STEPS; step++) strip(step, at);
  }
}

int main(void) {
  weights = aligned_alloc(64, (INPUTS + 1) * STRIDE * sizeof(float));
  sums = aligned_alloc(64, (STEPS + 1) * STRIDE * sizeof(float));
  memset(weights, 0, (INPUTS + 1) * STRIDE * sizeof(float));
  memset(sums, 0, (STEPS + 1) * STRIDE * sizeof(float));
  double spent[4] = {0};
  for (int sample = 0; sample < SAMPLES; sample++) {
    int active[ACTIVE];
    for (int k = 0; k < ACTIVE; k++) active[k] = rand() % INPUTS;
    for (int step = 0; step < STEPS; step++) {
      count[step] = 0;
      for (int k = 0; k < ACTIVE; k++) {
        if (rand() % 100 < PERCENT) spiked[step][count[step]++] = active[k];
      }
    }
    double at[5];
    at[0] = seconds();
    for (int step = 0; step < STEPS; step++) {
      for (int c = 0; c < 63; c += 8) strip8(step, c);
    }
    at[1] = seconds();
    in_blocks(strip8, 8);
    at[2] = seconds();
    in_blocks(strip4, 4);
    at[3] = seconds();
    in_blocks(strip2, 2);
    at[4] = seconds();
    for (int way = 0; way < 4 && sample >= WARM; way++) spent[way] += at[way + 1] - at[way];
  }
  double each = 1e6 / (SAMPLES - WARM);
  printf("step by step %.0f, blocks of 128 columns %.0f, 64 %.0f, 32 %.0f\n", spent[0] * each, spent[1] * each,
         spent[2] * each, spent[3] * each);
  return 0;
}
