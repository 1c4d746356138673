/* Network A (CUBA) written by hand: what a program for this one network and this one machine costs.
 *
 *   gcc -O3 -march=native -o /tmp/cuba bench/c/cuba.c -lm && /tmp/cuba SEED SECONDS
 *
 * prints one JSON line like the programs of ../brian2. With AVX-512 sixteen neurons at a time, else the same loop for
 * the compiler to make what it can of it. f32, the exact propagator, spikes delivered at the beginning of the next
 * step: what `snel plan` says of examples/cuba. Potentials are relative to E_L, so that no constant is added; who is
 * refractory is one bit a neuron, taken back by a ring of the last steps' spikes.
 */
#define _GNU_SOURCE
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef __AVX512F__
#include <immintrin.h>
#endif

enum { EXCITATORY = 3200, N = 4000, HELD_STEPS = 50, BLOCK = 16 };

static float v[N] __attribute__((aligned(64)));   /* mV above E_L */
static float g_e[N] __attribute__((aligned(64)));
static float g_i[N] __attribute__((aligned(64)));
static uint16_t held[N / BLOCK] __attribute__((aligned(64))); /* a bit a neuron */
static uint16_t spikes[HELD_STEPS + 1][N];                    /* of this step and the last 50 */
static int spike_count[HELD_STEPS + 1];
static uint32_t row[N + 1];
static uint16_t *target;

/* xoshiro256++, Blackman & Vigna (2019), seeded by splitmix64 */
static uint64_t s[4];

static void seed(uint64_t x) {
  for (int i = 0; i < 4; i++) {
    uint64_t z = (x += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    s[i] = z ^ (z >> 31);
  }
}

static uint64_t rotate(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

static double uniform(void) {
  uint64_t result = rotate(s[0] + s[3], 23) + s[0], t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate(s[3], 45);
  return ((result >> 11) + 0.5) * 0x1p-53;
}

/* Each pair with a chance of 2 %, from hit to hit. */
static void wire(void) {
  target = malloc(sizeof *target * N * 160);
  uint32_t count = 0;
  double scale = 1 / log1p(-0.02);
  for (int i = 0; i < N; i++) {
    row[i] = count;
    for (double j = floor(log(uniform()) * scale); j < N; j += 1 + floor(log(uniform()) * scale)) {
      target[count++] = (uint16_t)j;
    }
  }
  row[N] = count;
}

struct propagator { float vv, ve, vi, e, i, threshold, reset; };

static struct propagator propagator(double dt) {
  double tau_m = 20, tau_e = 5, tau_i = 10;
  double m = exp(-dt / tau_m), e = exp(-dt / tau_e), i = exp(-dt / tau_i);
  return (struct propagator){
      m, tau_e / (tau_m - tau_e) * (m - e), tau_i / (tau_m - tau_i) * (m - i), e, i, -50 + 49, -60 + 49};
}

/* Integrates, resets and lists who spiked. */
static int step(struct propagator p, uint16_t *list) {
  int count = 0;
#ifdef __AVX512F__
  __m512 vv = _mm512_set1_ps(p.vv), ve = _mm512_set1_ps(p.ve), vi = _mm512_set1_ps(p.vi);
  __m512 e = _mm512_set1_ps(p.e), i = _mm512_set1_ps(p.i);
  __m512 threshold = _mm512_set1_ps(p.threshold), reset = _mm512_set1_ps(p.reset);
  for (int b = 0; b < N / BLOCK; b++) {
    int n = b * BLOCK;
    __mmask16 holding = held[b];
    __m512 old = _mm512_load_ps(v + n), ge = _mm512_load_ps(g_e + n), gi = _mm512_load_ps(g_i + n);
    __m512 sum = _mm512_fmadd_ps(ve, ge, _mm512_mul_ps(vi, gi));
    __m512 next = _mm512_mask_fmadd_ps(old, (__mmask16)~holding, vv, sum);
    _mm512_store_ps(g_e + n, _mm512_mul_ps(ge, e));
    _mm512_store_ps(g_i + n, _mm512_mul_ps(gi, i));
    __mmask16 above = _mm512_mask_cmp_ps_mask((__mmask16)~holding, next, threshold, _CMP_GT_OQ);
    _mm512_store_ps(v + n, _mm512_mask_mov_ps(next, above, reset));
    if (above) {
      held[b] |= above;
      for (unsigned rest = above; rest; rest &= rest - 1) {
        list[count++] = (uint16_t)(n + __builtin_ctz(rest));
      }
    }
  }
#else
  static uint8_t above[BLOCK];
  for (int b = 0; b < N / BLOCK; b++) {
    int n = b * BLOCK, any = 0;
    unsigned holding = held[b];
    for (int k = 0; k < BLOCK; k++) {
      float next = p.vv * v[n + k] + p.ve * g_e[n + k] + p.vi * g_i[n + k];
      v[n + k] = holding >> k & 1 ? v[n + k] : next;
      above[k] = v[n + k] > p.threshold;
      v[n + k] = above[k] ? p.reset : v[n + k];
      g_e[n + k] *= p.e;
      g_i[n + k] *= p.i;
      any |= above[k];
    }
    for (int k = 0; any && k < BLOCK; k++) {
      if (above[k]) {
        held[b] |= (uint16_t)(1u << k);
        list[count++] = (uint16_t)(n + k);
      }
    }
  }
#endif
  return count;
}

static void release(const uint16_t *list, int count) {
  for (int k = 0; k < count; k++) {
    held[list[k] / BLOCK] &= (uint16_t)~(1u << list[k] % BLOCK);
  }
}

static void deliver(int source) {
  const uint16_t *end = target + row[source + 1];
  float *g = source < EXCITATORY ? g_e : g_i;
  float w = source < EXCITATORY ? 1.62f : -9.0f;
  for (const uint16_t *t = target + row[source]; t < end; t++) {
    g[*t] += w;
  }
}

static double seconds(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static long peak_kib(void) {
  char line[256];
  long peak = 0;
  FILE *status = fopen("/proc/self/status", "r");
  while (status && fgets(line, sizeof line, status)) {
    sscanf(line, "VmHWM: %ld", &peak);
  }
  if (status) {
    fclose(status);
  }
  return peak;
}

int main(int count, char **arguments) {
  uint64_t first = count > 1 ? strtoull(arguments[1], NULL, 10) : 1;
  double duration = count > 2 ? atof(arguments[2]) : 10;
  seed(first);
  wire();
  for (int n = 0; n < N; n++) {
    v[n] = (float)(-11 + 10 * uniform());
  }
  long steps = lround(duration * 1e4), of_excitatory = 0, of_inhibitory = 0, events = 0;
  struct propagator p = propagator(0.1);
  double cpu = seconds(CLOCK_THREAD_CPUTIME_ID), wall = seconds(CLOCK_MONOTONIC);
  for (long t = 0; t < steps; t++) {
    int slot = (int)(t % (HELD_STEPS + 1));
    release(spikes[slot], spike_count[slot]);
    int fired = spike_count[slot] = step(p, spikes[slot]);
    for (int k = 0; k < fired; k++) {
      int source = spikes[slot][k];
      deliver(source);
      *(source < EXCITATORY ? &of_excitatory : &of_inhibitory) += 1;
      events += row[source + 1] - row[source];
    }
  }
  cpu = seconds(CLOCK_THREAD_CPUTIME_ID) - cpu;
  wall = seconds(CLOCK_MONOTONIC) - wall;
  printf(
      "{\"network\": \"cuba\", \"simulator\": \"%s\", \"seed\": %lu, \"duration_s\": %g, \"run_s\": %.6f,"
      " \"run_wall_s\": %.6f, \"peak_mb\": %.1f, \"spikes\": {\"E\": %ld, \"I\": %ld}, \"events\": %ld}\n",
#ifdef __AVX512F__
      "C with AVX-512",
#else
      "C",
#endif
      (unsigned long)first, duration, cpu, wall, peak_kib() / 1024.0, of_excitatory, of_inhibitory, events);
  return 0;
}
