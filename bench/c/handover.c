/* How far apart two processors are: nanoseconds for a number to go from one to the other and back,
   in the memory that both share. On a virtual machine the host may move processors meanwhile.

   Prints the median of a third of a second's rounds of a thousand. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUND = 1000, MOST = 100000 };

static _Alignas(128) atomic_long there;
static _Alignas(128) atomic_long back;
static _Alignas(128) atomic_int over;

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

static void stay_on(int processor) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(processor, &set);
  pthread_setaffinity_np(pthread_self(), sizeof set, &set);
}

static void *answer(void *unused) {
  (void)unused;
  stay_on(1);
  long seen = 0;
  while (!atomic_load(&over)) {
    if (atomic_load_explicit(&there, memory_order_acquire) != seen) {
      atomic_store_explicit(&back, ++seen, memory_order_release);
    }
  }
  return NULL;
}

static int compare(const void *a, const void *b) {
  double difference = *(const double *)a - *(const double *)b;
  return (difference > 0) - (difference < 0);
}

int main(void) {
  static double rounds[MOST];
  pthread_t other;
  stay_on(0);
  if (pthread_create(&other, NULL, answer, NULL) != 0) {
    return 1;
  }
  long sent = 0;
  int count = 0;
  for (double start = seconds(); count < MOST && seconds() - start < 0.33; count++) {
    double began = seconds();
    for (int k = 0; k < ROUND; k++) {
      atomic_store_explicit(&there, ++sent, memory_order_release);
      while (atomic_load_explicit(&back, memory_order_acquire) != sent) {
      }
    }
    rounds[count] = seconds() - began;
  }
  atomic_store(&over, 1);
  pthread_join(other, NULL);
  qsort(rounds, count, sizeof *rounds, compare);
  printf("%.0f\n", rounds[count / 2] / ROUND * 1e9);
  return 0;
}
