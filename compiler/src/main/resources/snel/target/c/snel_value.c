#include "snel_value.h"

int64_t snel_places(int32_t rank, const int32_t *shape) {
  int64_t places = 1;
  for (int32_t axis = 0; axis < rank; axis++) {
    places *= shape[axis];
  }
  return places;
}

snel_value snel_placed(snel_value value, int32_t rank, const int32_t *shape) {
  bool fits = value.kind == SNEL_ARRAY &&
              snel_places(rank, shape) ==
                  snel_places(value.as.array.rank, value.as.array.shape);
  return fits ? snel_array_of(rank, shape, value.as.array.elements) : value;
}

snel_value snel_array_of(int32_t rank, const int32_t *shape, const double *elements) {
  return (snel_value){.kind = SNEL_ARRAY, .as.array = {rank, shape, elements}};
}

snel_value snel_array_row(int64_t count, const double *elements) {
  if (count > INT32_MAX) {
    snel_problem("an array of %lld elements is too large", (long long)count);
  }
  int32_t *shape = snel_room(1, sizeof *shape);
  shape[0] = (int32_t)count;
  return snel_array_of(1, shape, elements);
}

snel_value snel_trains_of(int32_t rows, const snel_row *row) {
  return (snel_value){.kind = SNEL_TRAINS, .as.trains = {rows, row, {0, NULL}}};
}

snel_value snel_series_of(snel_row times, int32_t rows, const snel_row *row) {
  return (snel_value){.kind = SNEL_SERIES, .as.trains = {rows, row, times}};
}

snel_value snel_list_of(snel_kind kind, int32_t size, const snel_value *at) {
  snel_value *elements = snel_room(size, sizeof *elements);
  if (size > 0) {
    memcpy(elements, at, (size_t)size * sizeof *elements);
  }
  return (snel_value){.kind = kind, .as.list = {size, elements}};
}

static _Noreturn void unexpected(const char *wanted, snel_value value) {
  snel_problem("%s is wanted here, not %s", wanted, snel_shown(value));
}

double snel_to_real(snel_value value) {
  switch (value.kind) {
    case SNEL_REAL:
      return value.as.real;
    case SNEL_WHOLE:
      return (double)value.as.whole;
    case SNEL_TRUTH:
      return value.as.truth ? 1 : 0;
    case SNEL_ARRAY:
      if (snel_places(value.as.array.rank, value.as.array.shape) == 1) {
        return value.as.array.elements[0];
      }
      break;
    default:
      break;
  }
  unexpected("a number", value);
}

int64_t snel_to_whole(snel_value value) {
  if (value.kind == SNEL_WHOLE) {
    return value.as.whole;
  }
  if (value.kind == SNEL_REAL && value.as.real == rint(value.as.real)) {
    return snel_i64_from_f64(value.as.real);
  }
  unexpected("a whole number", value);
}

int32_t snel_to_int(snel_value value) {
  int64_t whole = snel_to_whole(value);
  if (whole < INT32_MIN || whole > INT32_MAX) {
    snel_problem("%lld is too large here", (long long)whole);
  }
  return (int32_t)whole;
}

const char *snel_to_text(snel_value value) {
  return value.kind == SNEL_TEXT ? value.as.text : snel_shown(value);
}

static snel_row joined(const snel_row *rows, int32_t count) {
  int64_t total = 0;
  for (int32_t i = 0; i < count; i++) {
    total += rows[i].count;
  }
  double *all = snel_room(total, sizeof *all);
  int64_t at = 0;
  for (int32_t i = 0; i < count; i++) {
    for (int64_t k = 0; k < rows[i].count; k++) {
      all[at++] = rows[i].at[k];
    }
  }
  return (snel_row){total, all};
}

snel_row snel_to_numbers(snel_value value) {
  switch (value.kind) {
    case SNEL_REAL:
    case SNEL_WHOLE:
    case SNEL_TRUTH: {
      double *one = snel_room(1, sizeof *one);
      *one = snel_to_real(value);
      return (snel_row){1, one};
    }
    case SNEL_ARRAY:
      return (snel_row){snel_places(value.as.array.rank, value.as.array.shape),
                        value.as.array.elements};
    case SNEL_LIST:
    case SNEL_TUPLE: {
      snel_row *rows = snel_room(value.as.list.size, sizeof *rows);
      for (int32_t k = 0; k < value.as.list.size; k++) {
        rows[k] = snel_to_numbers(value.as.list.at[k]);
      }
      return joined(rows, value.as.list.size);
    }
    case SNEL_SERIES:
    case SNEL_TRAINS:
      return joined(value.as.trains.row, value.as.trains.rows);
    default:
      unexpected("a list of numbers", value);
  }
}

bool snel_to_truth(snel_value value) {
  switch (value.kind) {
    case SNEL_TRUTH:
      return value.as.truth;
    case SNEL_REAL:
      return value.as.real != 0;
    case SNEL_WHOLE:
      return value.as.whole != 0;
    case SNEL_ARRAY:
    case SNEL_LIST:
    case SNEL_SERIES:
    case SNEL_TRAINS: {
      snel_row numbers = snel_to_numbers(value);
      for (int64_t k = 0; k < numbers.count; k++) {
        if (numbers.at[k] == 0) {
          return false;
        }
      }
      return true;
    }
    default:
      unexpected("true or false", value);
  }
}

/* A list of numbers, or of equal rows, as an array. */
snel_value snel_to_array(snel_value value) {
  if (value.kind == SNEL_ARRAY) {
    return value;
  }
  snel_row numbers = snel_to_numbers(value);
  bool of_arrays = value.kind == SNEL_LIST && value.as.list.size > 0;
  for (int32_t k = 0; of_arrays && k < value.as.list.size; k++) {
    of_arrays = value.as.list.at[k].kind == SNEL_ARRAY;
  }
  if (!of_arrays) {
    return snel_array_row(numbers.count, numbers.at);
  }
  snel_value first = value.as.list.at[0];
  int32_t rank = first.as.array.rank + 1;
  int32_t *shape = snel_room(rank, sizeof *shape);
  shape[0] = value.as.list.size;
  memcpy(shape + 1, first.as.array.shape, (size_t)(rank - 1) * sizeof *shape);
  return snel_array_of(rank, shape, numbers.at);
}

snel_value snel_to_trains(snel_value value) {
  if (value.kind == SNEL_TRAINS) {
    return value;
  }
  if (value.kind != SNEL_LIST && value.kind != SNEL_ARRAY) {
    unexpected("spike trains", value);
  }
  bool one = value.kind == SNEL_ARRAY && value.as.array.rank == 1;
  int32_t count = one ? 1 : (int32_t)snel_size(value);
  snel_row *rows = snel_room(count, sizeof *rows);
  for (int32_t k = 0; k < count; k++) {
    snel_value row = one ? value : snel_element(value, k);
    rows[k] = row.kind == SNEL_TRAINS ? row.as.trains.row[0] : snel_to_numbers(row);
  }
  return snel_trains_of(count, rows);
}

int64_t snel_size(snel_value value) {
  switch (value.kind) {
    case SNEL_ARRAY:
      return value.as.array.rank == 0 ? 1 : value.as.array.shape[0];
    case SNEL_TRAINS:
      return value.as.trains.rows;
    case SNEL_SERIES:
      return value.as.trains.rows == 1 ? value.as.trains.times.count : value.as.trains.rows;
    case SNEL_LIST:
    case SNEL_TUPLE:
      return value.as.list.size;
    case SNEL_STREAM:
      return value.as.stream.size;
    default:
      return 1;
  }
}

snel_value snel_element(snel_value value, int64_t index) {
  switch (value.kind) {
    case SNEL_ARRAY: {
      int32_t rank = value.as.array.rank;
      if (rank == 1) {
        return snel_real(value.as.array.elements[index]);
      }
      const int32_t *inner = value.as.array.shape + 1;
      return snel_array_of(rank - 1, inner,
                           value.as.array.elements + index * snel_places(rank - 1, inner));
    }
    case SNEL_TRAINS:
      return snel_trains_of(1, value.as.trains.row + index);
    case SNEL_SERIES:
      return value.as.trains.rows == 1
                 ? snel_real(value.as.trains.row[0].at[index])
                 : snel_series_of(value.as.trains.times, 1, value.as.trains.row + index);
    case SNEL_LIST:
    case SNEL_TUPLE:
      return value.as.list.at[index];
    case SNEL_STREAM:
      return (snel_value){
          .kind = SNEL_SAMPLE,
          .as.sample = {value.as.stream.records, value.as.stream.order[index]}};
    default:
      unexpected("a list", value);
  }
}

snel_value snel_element_at(snel_value value, int64_t index) {
  if (index < 0 || index >= snel_size(value)) {
    snel_problem("there is no element %lld: there are %lld", (long long)index,
                 (long long)snel_size(value));
  }
  return snel_element(value, index);
}
