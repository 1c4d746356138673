/* Memory of values: a stack of blocks for what a statement makes, and copies for what is kept. */
#include <stdarg.h>

#include "snel_value.h"

typedef struct block {
  struct block *below;
  size_t size, used;
  _Alignas(16) unsigned char bytes[];
} block;

static block *top = NULL;

void *snel_room(int64_t count, size_t size) {
  if (count < 0 || (uint64_t)count > (SIZE_MAX - 64) / size) {
    snel_problem("an array of %lld elements is too large", (long long)count);
  }
  size_t bytes = (((size_t)count * size) + 15) & ~(size_t)15;
  if (top == NULL || top->size - top->used < bytes) {
    size_t fresh = bytes > ((size_t)1 << 16) ? bytes : (size_t)1 << 16;
    block *next = malloc(sizeof(block) + fresh);
    if (next == NULL) {
      snel_problem("out of memory: %zu bytes", fresh);
    }
    next->below = top;
    next->size = fresh;
    next->used = 0;
    top = next;
  }
  void *room = top->bytes + top->used;
  top->used += bytes;
  memset(room, 0, bytes);
  return room;
}

snel_mark snel_room_mark(void) { return (snel_mark){top, top == NULL ? 0 : top->used}; }

void snel_room_release(snel_mark mark) {
  while (top != NULL && top != mark.block) {
    block *above = top;
    top = top->below;
    free(above);
  }
  if (top != NULL) {
    top->used = mark.used;
  }
}

const char *snel_format(const char *format, ...) {
  va_list first, second;
  va_start(first, format);
  va_copy(second, first);
  int length = vsnprintf(NULL, 0, format, first);
  va_end(first);
  char *text = snel_room(length + 1, 1);
  vsnprintf(text, (size_t)length + 1, format, second);
  va_end(second);
  return text;
}

/* What is kept is copied piece by piece. */
static void *copy(const void *from, int64_t count, size_t size) {
  void *to = snel_allocate((size_t)count, size);
  if (count > 0) {
    memcpy(to, from, (size_t)count * size);
  }
  return to;
}

static const snel_row *rows_copied(const snel_row *row, int32_t rows) {
  snel_row *kept = copy(row, rows, sizeof *row);
  for (int32_t i = 0; i < rows; i++) {
    kept[i].at = copy(row[i].at, row[i].count, sizeof(double));
  }
  return kept;
}

static snel_value copied(snel_value value) {
  switch (value.kind) {
    case SNEL_TEXT:
      value.as.text = copy(value.as.text, (int64_t)strlen(value.as.text) + 1, 1);
      break;
    case SNEL_ARRAY:
      value.as.array.elements = copy(
          value.as.array.elements, snel_places(value.as.array.rank, value.as.array.shape),
          sizeof(double));
      value.as.array.shape = copy(value.as.array.shape, value.as.array.rank, sizeof(int32_t));
      break;
    case SNEL_SERIES:
      value.as.trains.times.at =
          copy(value.as.trains.times.at, value.as.trains.times.count, sizeof(double));
      value.as.trains.row = rows_copied(value.as.trains.row, value.as.trains.rows);
      break;
    case SNEL_TRAINS:
      value.as.trains.row = rows_copied(value.as.trains.row, value.as.trains.rows);
      break;
    case SNEL_LIST:
    case SNEL_TUPLE: {
      snel_value *kept = copy(value.as.list.at, value.as.list.size, sizeof *kept);
      for (int32_t k = 0; k < value.as.list.size; k++) {
        kept[k] = copied(kept[k]);
      }
      value.as.list.at = kept;
      break;
    }
    case SNEL_STREAM:
      value.as.stream.order = copy(value.as.stream.order, value.as.stream.size, sizeof(int32_t));
      break;
    case SNEL_WHOLE:
    case SNEL_REAL:
    case SNEL_TRUTH:
    case SNEL_NOTHING:
    case SNEL_SAMPLE:
      break;
  }
  return value;
}

static void release(const void *memory) { free((void *)(uintptr_t)memory); }

void snel_forget(snel_value *variable) {
  switch (variable->kind) {
    case SNEL_TEXT:
      release(variable->as.text);
      break;
    case SNEL_ARRAY:
      release(variable->as.array.elements);
      release(variable->as.array.shape);
      break;
    case SNEL_SERIES:
    case SNEL_TRAINS:
      for (int32_t i = 0; i < variable->as.trains.rows; i++) {
        release(variable->as.trains.row[i].at);
      }
      release(variable->as.trains.row);
      release(variable->as.trains.times.at);
      break;
    case SNEL_LIST:
    case SNEL_TUPLE:
      for (int32_t k = 0; k < variable->as.list.size; k++) {
        snel_value element = variable->as.list.at[k];
        snel_forget(&element);
      }
      release(variable->as.list.at);
      break;
    case SNEL_STREAM:
      release(variable->as.stream.order);
      break;
    case SNEL_WHOLE:
    case SNEL_REAL:
    case SNEL_TRUTH:
    case SNEL_NOTHING:
    case SNEL_SAMPLE:
      break;
  }
  *variable = (snel_value){0};
}

void snel_keep(snel_value *variable, snel_value value) {
  snel_value kept = copied(value);
  snel_forget(variable);
  *variable = kept;
}
