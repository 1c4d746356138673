/* Library functions that only compute. */
#include "snel_f64.h"
#include "snel_reduce.h"
#include "snel_term.h"

double snel_f_sign(double x) { return x > 0 ? 1 : x < 0 ? -1 : x; }
double snel_f_round(double x) { return floor(x + 0.5); }
double snel_f_truncate(double x) { return x < 0 ? ceil(x) : floor(x); }
double snel_f_relu(double x) { return x > 0 ? x : 0; }
double snel_f_logit(double p) { return snel_log_f64(p / (1 - p)); }
double snel_f_min(double a, double b) { return a < b ? a : b; }
double snel_f_max(double a, double b) { return a > b ? a : b; }
static double mod(double a, double b) { return a - b * floor(a / b); }

snel_value snel_clip(snel_value x, snel_value low, snel_value high) {
  return snel_both_kept(snel_both_kept(x, high, snel_f_min), low, snel_f_max);
}

bool snel_holds(double low, double high, bool closed, double value) {
  return low <= value && (closed ? value <= high : value < high);
}

void snel_left_range(const char *name, const char *element, double value, double low, double high,
                     bool closed, double factor, const char *unit) {
  const char *space = *unit == '\0' ? "" : " ";
  snel_problem("`%s`%s cannot be %s%s%s: its range is %s%s%s %s %s%s%s%s", name, element,
               snel_number_text(value / factor), space, unit, snel_number_text(low / factor), space,
               unit, closed ? ".." : "..<", snel_number_text(high / factor), space, unit,
               closed ? " (`clip` would keep it there)" : "");
}

snel_value snel_within(snel_value x, double low, double high, bool closed, double factor,
                       const char *unit, const char *name) {
  snel_row numbers = snel_to_numbers(x);
  for (int64_t k = 0; k < numbers.count; k++) {
    if (!snel_holds(low, high, closed, numbers.at[k])) {
      snel_left_range(name, "", numbers.at[k], low, high, closed, factor, unit);
    }
  }
  return x;
}

snel_value snel_mod(snel_value a, snel_value b) {
  if (a.kind != SNEL_WHOLE || b.kind != SNEL_WHOLE) {
    return snel_both(a, b, mod);
  }
  if (b.as.whole == 0) {
    snel_problem("`mod` by zero");
  }
  int64_t rest = snel_rem_i64(a.as.whole, b.as.whole);
  return snel_whole(rest != 0 && (rest < 0) != (b.as.whole < 0) ? rest + b.as.whole : rest);
}

double snel_sum(snel_row numbers) { return snel_sum_f64(numbers.at, (size_t)numbers.count); }

double snel_mean(snel_row numbers) { return snel_sum(numbers) / (double)numbers.count; }

double snel_deviation(snel_row numbers) {
  double mean = snel_mean(numbers);
  double *squares = snel_room(numbers.count, sizeof *squares);
  for (int64_t k = 0; k < numbers.count; k++) {
    squares[k] = (numbers.at[k] - mean) * (numbers.at[k] - mean);
  }
  return sqrt(snel_mean((snel_row){numbers.count, squares}));
}

/* -0 is less than 0; once there is no number, the result is none. */
static double lesser(double a, double b) {
  return a != a ? a : a == 0 && b == 0 ? (signbit(a) ? a : b) : a <= b ? a : b;
}
static double larger(double a, double b) {
  return a != a ? a : a == 0 && b == 0 ? (signbit(a) ? b : a) : a >= b ? a : b;
}

double snel_least(snel_row numbers) {
  double least = numbers.count > 0 ? (double)INFINITY : (double)NAN;
  for (int64_t k = 0; k < numbers.count; k++) {
    least = lesser(least, numbers.at[k]);
  }
  return least;
}

double snel_greatest(snel_row numbers) {
  double greatest = numbers.count > 0 ? (double)-INFINITY : (double)NAN;
  for (int64_t k = 0; k < numbers.count; k++) {
    greatest = larger(greatest, numbers.at[k]);
  }
  return greatest;
}

bool snel_all_finite(snel_row numbers) {
  for (int64_t k = 0; k < numbers.count; k++) {
    if (!snel_is_finite(numbers.at[k])) {
      return false;
    }
  }
  return true;
}

snel_value snel_flatten(snel_value value) {
  snel_row numbers = snel_to_numbers(value);
  return snel_array_row(numbers.count, numbers.at);
}

static snel_value matrix(int32_t rows, int32_t columns, const double *elements) {
  int32_t *shape = snel_room(2, sizeof *shape);
  shape[0] = rows;
  shape[1] = columns;
  return snel_array_of(2, shape, elements);
}

snel_value snel_transpose(snel_value value) {
  snel_value array = snel_to_array(value);
  if (array.as.array.rank != 2) {
    snel_problem("`transpose` wants two dimensions, not %d", (int)array.as.array.rank);
  }
  int32_t rows = array.as.array.shape[0], columns = array.as.array.shape[1];
  double *out = snel_room((int64_t)rows * columns, sizeof *out);
  for (int64_t i = 0; i < rows; i++) {
    for (int64_t j = 0; j < columns; j++) {
      out[j * rows + i] = array.as.array.elements[i * columns + j];
    }
  }
  return matrix(columns, rows, out);
}

snel_value snel_one_hot(int64_t label, int64_t classes) {
  if (label < 0 || label >= classes) {
    snel_problem("`one_hot`: %lld is none of %lld classes", (long long)label, (long long)classes);
  }
  double *out = snel_room(classes, sizeof *out);
  out[label] = 1;
  return snel_array_row(classes, out);
}

snel_value snel_repeat_each(snel_value value, int64_t times) {
  snel_row in = snel_to_numbers(value);
  double *out = snel_room(in.count * times, sizeof *out);
  for (int64_t k = 0; k < in.count * times; k++) {
    out[k] = in.at[k / times];
  }
  return snel_array_row(in.count * times, out);
}

snel_value snel_linspace(double from, double to, int64_t count) {
  double *out = snel_room(count, sizeof *out);
  for (int64_t k = 0; k < count; k++) {
    out[k] = count == 1 ? from : from + (to - from) * (double)k / (double)(count - 1);
  }
  return snel_array_row(count, out);
}

snel_value snel_zip(snel_value a, snel_value b) {
  int64_t size = snel_size(a);
  if (size != snel_size(b)) {
    snel_problem("`zip` wants equal lengths, not %lld and %lld", (long long)size,
                 (long long)snel_size(b));
  }
  snel_value *pairs = snel_room(size, sizeof *pairs);
  for (int64_t k = 0; k < size; k++) {
    const snel_value pair[] = {snel_element(a, k), snel_element(b, k)};
    pairs[k] = snel_list_of(SNEL_TUPLE, 2, pair);
  }
  return snel_list_of(SNEL_LIST, (int32_t)size, pairs);
}

static snel_value part(snel_value stream, int64_t from, int64_t until) {
  int64_t count = until > from ? until - from : 0;
  if (stream.kind == SNEL_STREAM) {
    stream.as.stream.order += from;
    stream.as.stream.size = (int32_t)count;
    return stream;
  }
  snel_value *values = snel_room(count, sizeof *values);
  for (int64_t k = 0; k < count; k++) {
    values[k] = snel_element(stream, from + k);
  }
  return snel_list_of(SNEL_LIST, (int32_t)count, values);
}

/* Several elements at once. */

typedef struct {
  int32_t count;
  const int32_t *at;
} places;

static places axis_of(const snel_axis *axis, int64_t size) {
  int64_t count = axis->picks == SNEL_AT          ? 1
                  : axis->picks == SNEL_THESE     ? snel_size(axis->list)
                  : axis->picks == SNEL_BETWEEN   ? (axis->until > axis->from ? axis->until - axis->from : 0)
                                                  : size;
  int32_t *at = snel_room(count, sizeof *at);
  for (int64_t k = 0; k < count; k++) {
    int64_t index = axis->picks == SNEL_THESE        ? snel_to_whole(snel_element(axis->list, k))
                    : axis->picks == SNEL_WHOLE_AXIS ? k
                                                     : axis->from + k;
    if (index < 0 || index >= size) {
      snel_problem("there is no element %lld: there are %lld", (long long)index, (long long)size);
    }
    at[k] = (int32_t)index;
  }
  return (places){(int32_t)count, at};
}

static snel_value part_of_array(snel_value array, int32_t count, const snel_axis *axes) {
  int32_t rank = array.as.array.rank;
  if (count > rank) {
    snel_problem("%d indices for an array with %d axes", (int)count, (int)rank);
  }
  const snel_axis whole = {.picks = SNEL_WHOLE_AXIS};
  places *wanted = snel_room(rank, sizeof *wanted);
  int32_t *shape = snel_room(rank, sizeof *shape), *at = snel_room(rank, sizeof *at);
  int32_t kept = 0;
  int64_t size = 1;
  for (int32_t k = 0; k < rank; k++) {
    const snel_axis *axis = k < count ? &axes[k] : &whole;
    wanted[k] = axis_of(axis, array.as.array.shape[k]);
    size *= wanted[k].count;
    if (axis->picks != SNEL_AT) {
      shape[kept++] = wanted[k].count;
    }
  }
  double *picked = snel_room(size, sizeof *picked);
  for (int64_t n = 0; n < size; n++) {
    int64_t place = 0;
    for (int32_t k = 0; k < rank; k++) {
      place = place * array.as.array.shape[k] + wanted[k].at[at[k]];
    }
    picked[n] = array.as.array.elements[place];
    for (int32_t k = rank - 1; k >= 0 && ++at[k] == wanted[k].count; k--) {
      at[k] = 0;
    }
  }
  return kept == 0 ? snel_real(picked[0]) : snel_array_of(kept, shape, picked);
}

snel_value snel_part_of(snel_value value, int32_t count, const snel_axis *axes) {
  if (count == 0) {
    return value;
  }
  if (value.kind == SNEL_ARRAY) {
    return part_of_array(value, count, axes);
  }
  bool has_rows = value.kind == SNEL_TRAINS || (value.kind == SNEL_SERIES && value.as.trains.rows > 1);
  places wanted = axis_of(axes, has_rows ? value.as.trains.rows : snel_size(value));
  if (has_rows && count == 1) {
    snel_row *rows = snel_room(wanted.count, sizeof *rows);
    for (int32_t k = 0; k < wanted.count; k++) {
      rows[k] = value.as.trains.row[wanted.at[k]];
    }
    return value.kind == SNEL_TRAINS ? snel_trains_of(wanted.count, rows)
                                     : snel_series_of(value.as.trains.times, wanted.count, rows);
  }
  snel_value *picked = snel_room(wanted.count, sizeof *picked);
  for (int32_t k = 0; k < wanted.count; k++) {
    picked[k] = snel_part_of(snel_element(value, wanted.at[k]), count - 1, axes + 1);
  }
  return axes->picks == SNEL_AT ? picked[0] : snel_list_of(SNEL_LIST, wanted.count, picked);
}

snel_value snel_take(snel_value stream, int64_t count) {
  int64_t size = snel_size(stream);
  return part(stream, 0, count < size ? count : size);
}

snel_value snel_last(snel_value stream, int64_t count) {
  int64_t size = snel_size(stream);
  return part(stream, count < size ? size - count : 0, size);
}

snel_value snel_joined_text(int32_t parts, const snel_value *part) {
  const char *text = "";
  for (int32_t k = 0; k < parts; k++) {
    text = snel_format("%s%s", text, snel_to_text(part[k]));
  }
  return snel_text(text);
}

snel_value snel_padded(snel_value samples, int64_t length) {
  snel_row in = snel_to_numbers(samples);
  double *out = snel_room(length, sizeof *out);
  for (int64_t k = 0; k < length && k < in.count; k++) {
    out[k] = in.at[k];
  }
  return snel_array_row(length, out);
}
