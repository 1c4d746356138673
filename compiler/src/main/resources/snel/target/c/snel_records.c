#include "snel_records.h"

#include <errno.h>

static const char *folder = "data";

void snel_data_folder(const char *given, const char *path) {
  static char beside[4096];
  const char *slash = strrchr(path, '/');
  if (given != NULL) {
    folder = given;
  } else if (slash != NULL && (size_t)(slash - path) + 6 < sizeof beside) {
    snprintf(beside, sizeof beside, "%.*s/data", (int)(slash - path), path);
    folder = beside;
  }
}

unsigned char *snel_data_content(const char *name, int64_t bytes) {
  const char *path = snel_format("%s/%s", folder, name);
  FILE *file = fopen(path, "rb");
  if (file == NULL) {
    snel_problem("%s: %s; the data were written together with the program: let them lie beside"
                 " it, or say where with --data DIR",
                 path, strerror(errno));
  }
  if (fseek(file, 0, SEEK_END) != 0) {
    snel_problem("%s: %s", path, strerror(errno));
  }
  long found = ftell(file);
  if (found != bytes) {
    fclose(file);
    snel_problem("%s has %ld bytes, not %lld: it is cut off, or belongs to another program", path,
                 found, (long long)bytes);
  }
  rewind(file);
  unsigned char *read = snel_allocate((size_t)bytes, 1);
  size_t got = fread(read, 1, (size_t)bytes, file);
  fclose(file);
  if (got != (size_t)bytes) {
    snel_problem("%s cannot be read", path);
  }
  return read;
}

uint64_t snel_word(const unsigned char *bytes, int count) {
  uint64_t value = 0;
  for (int k = count - 1; k >= 0; k--) {
    value = value << 8 | bytes[k];
  }
  return value;
}

snel_value snel_data(snel_records *records, const char *name) {
  int32_t *all = snel_room(records->size, sizeof *all);
  if (*name == '\0') {
    for (int32_t k = 0; k < records->size; k++) {
      all[k] = k;
    }
    return (snel_value){.kind = SNEL_STREAM, .as.stream = {records, records->size, all}};
  }
  for (int32_t s = 0; s < records->splits; s++) {
    snel_split *split = &records->split[s];
    if (strcmp(split->name, name) == 0) {
      if (split->order == NULL) {
        unsigned char *bytes = snel_data_content(split->file, 4 * (int64_t)split->size);
        split->order = snel_allocate((size_t)split->size, sizeof *split->order);
        for (int32_t k = 0; k < split->size; k++) {
          split->order[k] = (int32_t)snel_word(bytes + 4 * (size_t)k, 4);
        }
        free(bytes);
      }
      return (snel_value){.kind = SNEL_STREAM,
                          .as.stream = {records, split->size, split->order}};
    }
  }
  snel_problem("%s has no split %s", records->name, name);
}

static double number(const snel_field *field, int64_t at) {
  const unsigned char *bytes = field->content;
  switch (field->form) {
    case SNEL_FIELD_PALETTE:
      return snel_f64_bits(snel_word(bytes + 8 * bytes[2048 + at], 8));
    case SNEL_FIELD_WHOLES:
      return (double)(int64_t)snel_word(bytes + 8 * at, 8);
    default:
      return snel_f64_bits(snel_word(bytes + 8 * at, 8));
  }
}

/* The bytes of a record where each has its own number of them. */
static const unsigned char *part(const snel_records *records, const snel_field *field,
                                 int32_t index, int64_t *bytes) {
  const unsigned char *ends = field->content;
  int64_t begin = index == 0 ? 0 : (int64_t)snel_word(ends + 8 * (int64_t)(index - 1), 8);
  *bytes = (int64_t)snel_word(ends + 8 * (int64_t)index, 8) - begin;
  return ends + 8 * (int64_t)records->size + begin;
}

static snel_value text(const snel_records *records, const snel_field *field, int32_t index) {
  int64_t bytes;
  const unsigned char *text = part(records, field, index, &bytes);
  return snel_text(snel_format("%.*s", (int)bytes, (const char *)text));
}

enum { SPIKE = 12 };

static snel_value trains(const snel_records *records, const snel_field *field, int32_t index) {
  int64_t bytes;
  const unsigned char *spikes = part(records, field, index, &bytes);
  int64_t count = bytes / SPIKE;
  int32_t inputs = field->shape[0];
  snel_row *rows = snel_room(inputs, sizeof *rows);
  double *times = snel_room(count, sizeof *times);
  int64_t k = 0;
  for (int32_t input = 0; input < inputs; input++) {
    int64_t first = k;
    for (; k < count && (int32_t)snel_word(spikes + SPIKE * k, 4) == input; k++) {
      times[k] = snel_f64_bits(snel_word(spikes + SPIKE * k + 4, 8));
    }
    rows[input] = (snel_row){.count = k - first, .at = times + first};
  }
  return snel_trains_of(inputs, rows);
}

snel_value snel_field_of(snel_value sample, const char *name) {
  if (sample.kind != SNEL_SAMPLE) {
    snel_problem("no record: %s", snel_shown(sample));
  }
  const snel_records *records = sample.as.sample.records;
  int32_t index = sample.as.sample.index;
  for (int32_t f = 0; f < records->fields; f++) {
    snel_field *field = &records->field[f];
    if (strcmp(field->name, name) != 0) {
      continue;
    }
    if (field->content == NULL) {
      field->content = snel_data_content(field->file, field->bytes);
    }
    if (field->form == SNEL_FIELD_TEXTS) {
      return text(records, field, index);
    }
    if (field->form == SNEL_FIELD_TRAINS) {
      return trains(records, field, index);
    }
    int64_t places = snel_places(field->rank, field->shape);
    if (field->rank == 0) {
      return field->form == SNEL_FIELD_WHOLES
                 ? snel_whole((int64_t)snel_word(field->content + 8 * (int64_t)index, 8))
                 : snel_real(number(field, index));
    }
    double *numbers = snel_room(places, sizeof *numbers);
    for (int64_t k = 0; k < places; k++) {
      numbers[k] = number(field, index * places + k);
    }
    return snel_array_of(field->rank, field->shape, numbers);
  }
  snel_problem("%s has no field %s", records->name, name);
}

snel_value snel_field_of_all(snel_value stream, const char *field) {
  int32_t size = (int32_t)snel_size(stream);
  snel_value *values = snel_room(size, sizeof *values);
  for (int32_t k = 0; k < size; k++) {
    values[k] = snel_field_of(snel_element(stream, k), field);
  }
  return snel_list_of(SNEL_LIST, size, values);
}
