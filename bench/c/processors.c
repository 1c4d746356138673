/* What two processors are worth together: 2 where each does as much as it does alone, 1 where the host of a virtual
   machine has put both on one core, which then does the work of both by turns. That changes within seconds.

   Prints the mean of ten rounds. In each some ten milliseconds of sums that fill a core's units are done by one
   processor, then by both at once. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <time.h>

enum { ROUNDS = 10, SUMS = 256, PASSES = 150000 };

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

static void *work(void *result) {
  double began = seconds();
  float sums[SUMS];
  for (int k = 0; k < SUMS; k++) {
    sums[k] = k;
  }
  for (int pass = 0; pass < PASSES; pass++) {
    for (int k = 0; k < SUMS; k++) {
      sums[k] = sums[k] * 0.999f + 0.5f;
    }
    __asm__ volatile("" : : "r"(sums) : "memory");
  }
  *(double *)result = seconds() - began;
  return NULL;
}

static pthread_t on(int processor, double *result) {
  pthread_attr_t attributes;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(processor, &set);
  pthread_attr_init(&attributes);
  pthread_attr_setaffinity_np(&attributes, sizeof set, &set);
  pthread_t thread;
  pthread_create(&thread, &attributes, work, result);
  return thread;
}

int main(void) {
  double worth = 0;
  for (int round = 0; round < ROUNDS; round++) {
    double alone, first, second;
    pthread_join(on(0, &alone), NULL);
    pthread_t one = on(0, &first), other = on(1, &second);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    worth += alone / first + alone / second;
  }
  printf("%.2f\n", worth / ROUNDS);
  return 0;
}
