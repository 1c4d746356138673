/* What the terms of a protocol evaluate to, and the memory they lie in: values are never written to
 * once they are made, and last until the statement that made them is over, unless they are kept. */
#ifndef SNEL_VALUE_H
#define SNEL_VALUE_H

#include "snel_kernel.h"

typedef enum {
  SNEL_WHOLE,
  SNEL_REAL,
  SNEL_TRUTH,
  SNEL_TEXT,
  SNEL_NOTHING,
  SNEL_ARRAY,
  SNEL_TRAINS,
  SNEL_SERIES,
  SNEL_LIST,
  SNEL_TUPLE,
  SNEL_SAMPLE,
  SNEL_STREAM
} snel_kind;

typedef struct {
  int64_t count;
  const double *at;
} snel_row;

struct snel_records;

typedef struct snel_value {
  snel_kind kind;
  union {
    int64_t whole;
    double real;
    bool truth;
    const char *text;
    struct {
      int32_t rank;
      const int32_t *shape;
      const double *elements;
    } array;
    /* Of SNEL_SERIES the rows are over one time axis. */
    struct {
      int32_t rows;
      const snel_row *row;
      snel_row times;
    } trains;
    struct {
      int32_t size;
      const struct snel_value *at;
    } list;
    struct {
      const struct snel_records *records;
      int32_t index;
    } sample;
    struct {
      const struct snel_records *records;
      int32_t size;
      const int32_t *order;
    } stream;
  } as;
} snel_value;

/* Ends what the program does with a message, as printf writes it. */
_Noreturn void snel_problem(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* What a function of the library wants of an argument. */
void snel_want_least(const char *function, const char *argument, int64_t least, int64_t found);
void snel_want_not_negative(const char *function, const char *argument, double found);
void snel_want_positive(const char *function, const char *argument, double found);

/* Room until the statement at hand is over, zeroed. */
void *snel_room(int64_t count, size_t size);
const char *snel_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Where the room in use ends; what was given out after a mark is taken back with it. */
typedef struct {
  void *block;
  size_t used;
} snel_mark;
snel_mark snel_room_mark(void);
void snel_room_release(snel_mark mark);

/* Keeps a value in a variable, or forgets what it held. */
void snel_keep(snel_value *variable, snel_value value);
void snel_forget(snel_value *variable);

static inline snel_value snel_whole(int64_t value) {
  return (snel_value){.kind = SNEL_WHOLE, .as.whole = value};
}
static inline snel_value snel_real(double value) {
  return (snel_value){.kind = SNEL_REAL, .as.real = value};
}
static inline snel_value snel_truth(bool value) {
  return (snel_value){.kind = SNEL_TRUTH, .as.truth = value};
}
static inline snel_value snel_text(const char *value) {
  return (snel_value){.kind = SNEL_TEXT, .as.text = value};
}
static inline snel_value snel_nothing(void) { return (snel_value){.kind = SNEL_NOTHING}; }

snel_value snel_array_of(int32_t rank, const int32_t *shape, const double *elements);
snel_value snel_array_row(int64_t count, const double *elements);
snel_value snel_trains_of(int32_t rows, const snel_row *row);
snel_value snel_series_of(snel_row times, int32_t rows, const snel_row *row);
snel_value snel_list_of(snel_kind kind, int32_t size, const snel_value *at);
/* Its numbers in a shape that has room for just as many; itself in another. */
snel_value snel_placed(snel_value value, int32_t rank, const int32_t *shape);
/* As many numbers as a shape has places. */
int64_t snel_places(int32_t rank, const int32_t *shape);

double snel_to_real(snel_value value);
int64_t snel_to_whole(snel_value value);
int32_t snel_to_int(snel_value value);
bool snel_to_truth(snel_value value);
const char *snel_to_text(snel_value value);
/* All numbers in it, in order. */
snel_row snel_to_numbers(snel_value value);
snel_value snel_to_array(snel_value value);
/* Spike trains, however they were written. */
snel_value snel_to_trains(snel_value value);

/* How many elements a loop over it has, and one of them. */
int64_t snel_size(snel_value value);
snel_value snel_element(snel_value value, int64_t index);
/* The same with a problem where there is none. */
snel_value snel_element_at(snel_value value, int64_t index);

/* As texts show it, without a unit. */
const char *snel_shown(snel_value value);
/* The numbers of a value in a unit: stored = shown * factor. */
snel_value snel_in_unit(snel_value value, double factor);
const char *snel_shown_in(snel_value value, const char *unit, double factor);
/* Six significant digits; every digit that tells the number from its neighbours. */
const char *snel_number_text(double value);
const char *snel_exact_text(double value);

#endif
