/* What the connection rules share among themselves. Whatever cannot be made ends the program. */
#ifndef SNEL_WIRE_H
#define SNEL_WIRE_H

#include "snel_connect.h"

/* Zeroed room, checked. */
void *snel_wire_room(int64_t count, size_t size);
_Noreturn void snel_wire_impossible(const char *rule);

/* For filling rows in any order: the next place of each. */
int32_t *snel_wire_cursors(const int32_t *row_start, int32_t rows);

/* The target that is `source` itself and must be left out, or -1. */
static inline int64_t snel_wire_self_target(snel_ends ends, int32_t source) {
  int64_t target = (int64_t)source + ends.self_offset;
  return ends.excludes_self && target >= 0 && target < ends.targets ? target : -1;
}

/* The source that is `target` itself and must be left out, or -1. */
static inline int64_t snel_wire_self_source(snel_ends ends, int32_t target) {
  int64_t source = (int64_t)target - ends.self_offset;
  return ends.excludes_self && source >= 0 && source < ends.sources ? source : -1;
}

/* How many pairs may be joined. */
static inline int64_t snel_wire_pairs(snel_ends ends) {
  int64_t selves = 0;
  for (int32_t i = 0; ends.excludes_self && i < ends.sources; i++) {
    selves += snel_wire_self_target(ends, i) >= 0;
  }
  return (int64_t)ends.sources * ends.targets - selves;
}

#endif
