#include "snel_kernel.h"

#include <inttypes.h>

const char *snel_place = "";
void (*snel_on_fault)(const char *words, const char *place, int64_t element) = NULL;

_Noreturn void snel_fault(int64_t kind, const char *place, int64_t element) {
  bool no_number = kind == SNEL_NOT_A_NUMBER || kind == SNEL_NO_LONGER_A_NUMBER;
  const char *words = no_number                       ? "not a number"
                      : kind == SNEL_RATE_ABOVE_ONE   ? "more than one event a step on average"
                      : kind == SNEL_OVERFLOW         ? "integer overflow"
                      : kind == SNEL_DIVISION_BY_ZERO ? "division by zero"
                                                      : "a list is full";
  if (kind == SNEL_OFF_THE_GRID) {
    words = "a refractory time that is negative or no multiple of the step (`to_step(…)` rounds it)";
  }
  char said[96];
  if (kind == SNEL_NEGATIVE_DELAY) {
    snprintf(said, sizeof said, "a delay of -%" PRId64 " steps", element);
    words = said;
    element = -1;
  }
  if (kind == SNEL_NO_PROBABILITY) {
    snprintf(said, sizeof said, "a probability not in 0 .. 1 from %" PRId64 " to %" PRId64,
             element >> 32, element & 0xffffffff);
    words = said;
    element = -1;
  }
  if (snel_on_fault != NULL) {
    if (kind == SNEL_NO_LONGER_A_NUMBER) {
      words = "not a number, at the latest";
    }
    snel_on_fault(words, place, element);
  }
  if (element < 0) {
    fprintf(stderr, "%s in %s\n", words, place);
  } else {
    fprintf(stderr, "%s in %s[%" PRId64 "]\n", words, place, element);
  }
  exit(1);
}
