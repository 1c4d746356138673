#include "snel_connect.h"

#include <stdio.h>
#include <stdlib.h>

#include "snel_random.h"
#include "snel_wire.h"

void *snel_wire_room(int64_t count, size_t size) {
  void *room = count > INT32_MAX - 8 ? NULL : calloc(count > 0 ? (size_t)count : 1, size);
  if (room == NULL) {
    fprintf(stderr, "out of memory: %lld synapses of %zu bytes\n", (long long)count, size);
    exit(1);
  }
  return room;
}

void snel_wire_impossible(const char *rule) {
  fprintf(stderr, "%s: there are not as many partners\n", rule);
  exit(1);
}

int32_t snel_accumulate(int32_t *row_start, int32_t rows) {
  int64_t sum = 0;
  for (int32_t row = 1; row <= rows; row++) {
    sum += row_start[row];
    if (sum > INT32_MAX - 8) {
      fprintf(stderr, "more synapses than one projection holds\n");
      exit(1);
    }
    row_start[row] = (int32_t)sum;
  }
  return (int32_t)sum;
}

int32_t *snel_wire_cursors(const int32_t *row_start, int32_t rows) {
  int32_t *cursors = snel_wire_room(rows, sizeof *cursors);
  memcpy(cursors, row_start, (size_t)rows * sizeof *cursors);
  return cursors;
}

void snel_csr_free(snel_csr *rows) {
  free(rows->row_start);
  free(rows->target);
  free(rows->shared);
  rows->row_start = rows->target = rows->shared = NULL;
}

void snel_multapses(const snel_csr *rows, int32_t *r) {
  for (int32_t i = 0; i < rows->sources; i++) {
    for (int32_t s = rows->row_start[i]; s < rows->row_start[i + 1]; s++) {
      bool again = s > rows->row_start[i] && rows->target[s] == rows->target[s - 1];
      r[s] = again ? r[s - 1] + 1 : 0;
    }
  }
}

snel_csr snel_connect_all(snel_ends ends) {
  snel_csr rows = {ends.sources, 0, NULL, NULL, NULL};
  rows.row_start = snel_wire_room((int64_t)ends.sources + 1, sizeof *rows.row_start);
  rows.target = snel_wire_room(snel_wire_pairs(ends), sizeof *rows.target);
  for (int32_t i = 0; i < ends.sources; i++) {
    int64_t self = snel_wire_self_target(ends, i);
    for (int32_t j = 0; j < ends.targets; j++) {
      if (j != self) {
        rows.target[rows.count++] = j;
      }
    }
    rows.row_start[i + 1] = rows.count;
  }
  return rows;
}

snel_csr snel_connect_one_to_one(snel_ends ends) {
  if (ends.sources != ends.targets) {
    snel_wire_impossible("one_to_one");
  }
  snel_csr rows = {ends.sources, 0, NULL, NULL, NULL};
  rows.row_start = snel_wire_room((int64_t)ends.sources + 1, sizeof *rows.row_start);
  rows.target = snel_wire_room(ends.sources, sizeof *rows.target);
  for (int32_t i = 0; i < ends.sources; i++) {
    if (snel_wire_self_target(ends, i) != i) {
      rows.target[rows.count++] = i;
    }
    rows.row_start[i + 1] = rows.count;
  }
  return rows;
}

snel_csr snel_connect_pairs(snel_ends ends, const int32_t *sources, const int32_t *targets,
                            int32_t count) {
  snel_csr rows = {ends.sources, 0, NULL, NULL, NULL};
  rows.row_start = snel_wire_room((int64_t)ends.sources + 1, sizeof *rows.row_start);
  int32_t *column_start = snel_wire_room((int64_t)ends.targets + 1, sizeof *column_start);
  for (int32_t e = 0; e < count; e++) {
    if (snel_wire_self_target(ends, sources[e]) != targets[e]) {
      column_start[targets[e] + 1]++;
      rows.row_start[sources[e] + 1]++;
    }
  }
  snel_accumulate(column_start, ends.targets);
  rows.count = snel_accumulate(rows.row_start, ends.sources);
  int32_t *by_target = snel_wire_room(rows.count, sizeof *by_target);
  for (int32_t e = 0; e < count; e++) {
    if (snel_wire_self_target(ends, sources[e]) != targets[e]) {
      by_target[column_start[targets[e]]++] = e;
    }
  }
  int32_t *cursors = snel_wire_cursors(rows.row_start, ends.sources);
  rows.target = snel_wire_room(rows.count, sizeof *rows.target);
  rows.shared = snel_wire_room(rows.count, sizeof *rows.shared);
  for (int32_t n = 0; n < rows.count; n++) {
    int32_t e = by_target[n], place = cursors[sources[e]]++;
    rows.target[place] = targets[e];
    rows.shared[place] = e;
  }
  free(column_start);
  free(by_target);
  free(cursors);
  return rows;
}

static uint32_t at(snel_array array, int32_t index) {
  switch (array.size) {
    case 1:
      return ((const uint8_t *)array.elements)[index];
    case 2:
      return ((const uint16_t *)array.elements)[index];
    default:
      return ((const uint32_t *)array.elements)[index];
  }
}

void snel_sort_by_delay(int32_t sources, const int32_t *row_start, snel_array delay,
                        int32_t classes, int32_t *class_start, const snel_array *carried,
                        int32_t count) {
  int32_t longest = 0;
  for (int32_t i = 0; i < sources; i++) {
    int32_t length = row_start[i + 1] - row_start[i];
    longest = length > longest ? length : longest;
  }
  int32_t *from = snel_wire_room(longest, sizeof *from);
  int32_t *cursor = snel_wire_room(classes, sizeof *cursor);
  char *row = snel_wire_room(longest, sizeof(uint64_t));
  for (int32_t i = 0; i < sources; i++) {
    int32_t start = row_start[i], length = row_start[i + 1] - start;
    memset(cursor, 0, (size_t)classes * sizeof *cursor);
    for (int32_t s = 0; s < length; s++) {
      cursor[at(delay, start + s)]++;
    }
    int32_t place = 0;
    for (int32_t k = 0; k < classes; k++) {
      class_start[(int64_t)i * classes + k] = start + place;
      int32_t size = cursor[k];
      cursor[k] = place;
      place += size;
    }
    for (int32_t s = 0; s < length; s++) {
      from[cursor[at(delay, start + s)]++] = start + s;
    }
    for (int32_t c = 0; c < count; c++) {
      char *elements = carried[c].elements;
      size_t size = carried[c].size;
      for (int32_t s = 0; s < length; s++) {
        memcpy(row + (size_t)s * size, elements + (size_t)from[s] * size, size);
      }
      memcpy(elements + (size_t)start * size, row, (size_t)length * size);
    }
  }
  class_start[(int64_t)sources * classes] = row_start[sources];
  free(from);
  free(cursor);
  free(row);
}

static int32_t column(snel_array target, snel_array delay, int32_t classes, int32_t synapse) {
  int32_t j = (int32_t)at(target, synapse);
  return classes == 1 ? j : j * classes + (int32_t)at(delay, synapse);
}

void snel_sort_by_target(int32_t sources, int32_t targets, const int32_t *row_start,
                         snel_array target, snel_array delay, int32_t classes,
                         int32_t *column_start, int32_t *synapse, snel_array source) {
  int32_t columns = targets * classes;
  memset(column_start, 0, ((size_t)columns + 1) * sizeof *column_start);
  for (int32_t s = 0; s < row_start[sources]; s++) {
    column_start[column(target, delay, classes, s) + 1]++;
  }
  snel_accumulate(column_start, columns);
  int32_t *cursors = snel_wire_cursors(column_start, columns);
  for (int32_t i = 0; i < sources; i++) {
    for (int32_t s = row_start[i]; s < row_start[i + 1]; s++) {
      int32_t place = cursors[column(target, delay, classes, s)]++;
      synapse[place] = s;
      if (source.size == 2) {
        ((uint16_t *)source.elements)[place] = (uint16_t)i;
      } else {
        ((int32_t *)source.elements)[place] = i;
      }
    }
  }
  free(cursors);
}
