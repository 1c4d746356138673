/* Data sets: files that were written beside the program, one for each field and split that it uses. */
#ifndef SNEL_RECORDS_H
#define SNEL_RECORDS_H

#include "snel_value.h"

/* How the values of a field lie in its file, little-endian. */
typedef enum {
  /* f64 */
  SNEL_FIELD_REALS,
  /* i64 */
  SNEL_FIELD_WHOLES,
  /* 256 f64, then one byte a number */
  SNEL_FIELD_PALETTE,
  /* one i64 a record, where its text ends; then the texts */
  SNEL_FIELD_TEXTS,
  /* one i64 a record, where its spikes end; then of each spike, record by record and input by
     input, the input as i32 and the time as f64 */
  SNEL_FIELD_TRAINS
} snel_field_form;

typedef struct {
  const char *name, *file;
  snel_field_form form;
  /* Of one record; rank 0 for single values; of spikes, the inputs. */
  int32_t rank;
  const int32_t *shape;
  int64_t bytes;
  /* Read when it is first asked for. */
  unsigned char *content;
} snel_field;

/* i32, the records of a split in the order of the source. */
typedef struct {
  const char *name, *file;
  int32_t size;
  int32_t *order;
} snel_split;

typedef struct snel_records {
  const char *name;
  int32_t size;
  int32_t fields;
  snel_field *field;
  int32_t splits;
  snel_split *split;
} snel_records;

/* The folder that the files lie in; NULL for `data` beside the program at `path`. */
void snel_data_folder(const char *folder, const char *path);

/* The whole file, which must have this many bytes; the caller frees them. */
unsigned char *snel_data_content(const char *name, int64_t bytes);

/* So many little-endian bytes, at most 8, as a number. */
uint64_t snel_word(const unsigned char *bytes, int count);

/* The records of a split; all of them where it is empty. */
snel_value snel_data(snel_records *records, const char *split);
snel_value snel_field_of(snel_value sample, const char *field);
snel_value snel_field_of_all(snel_value stream, const char *field);

#endif
