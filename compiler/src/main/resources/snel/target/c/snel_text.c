/* Values as people read them. */
#include "snel_records.h"
#include "snel_value.h"

#define SHOWN 8

/* With the fewest digits that give the number back: 15 tell normal numbers apart that were written
 * with no more, below them digits must be tried one by one. */
static void shortest(double value, const char *form, char *text, size_t size) {
  for (int digits = fabs(value) < 0x1p-1022 ? 2 : 15; digits <= 17; digits++) {
    snprintf(text, size, form, digits, value);
    if (strtod(text, NULL) == value) {
      return;
    }
  }
}

const char *snel_exact_text(double value) {
  if (!snel_is_finite(value)) {
    return value != value ? "nan" : value > 0 ? "inf" : "-inf";
  }
  char text[40];
  shortest(value, "%.*g", text, sizeof text);
  return snel_format("%s", text);
}

/* Rounds the digits of a positive number to `wanted`, half up; whether they grew by one place. */
static bool rounded(char *digits, int *count, int wanted) {
  if (*count <= wanted) {
    return false;
  }
  bool up = digits[wanted] >= '5';
  *count = wanted;
  for (int k = wanted - 1; up && k >= 0; k--) {
    up = digits[k] == '9';
    digits[k] = up ? '0' : (char)(digits[k] + 1);
  }
  if (up) {
    digits[0] = '1';
  }
  return up;
}

const char *snel_number_text(double value) {
  if (value == rint(value) && fabs(value) < 1e15) {
    return snel_format("%lld", (long long)value);
  }
  if (!snel_is_finite(value)) {
    return value != value ? "not a number" : value > 0 ? "infinity" : "-infinity";
  }
  char text[40];
  double size = fabs(value);
  shortest(size, "%.*e", text, sizeof text);
  char *mark = strchr(text, 'e');
  int exponent = (int)strtol(mark + 1, NULL, 10);
  char digits[24];
  int count = 0;
  for (const char *c = text; c < mark; c++) {
    if (*c != '.') {
      digits[count++] = *c;
    }
  }
  exponent += rounded(digits, &count, 6);
  while (count > 1 && digits[count - 1] == '0') {
    count--;
  }
  const char *sign = value < 0 ? "-" : "";
  if (size < 1e-4 || size >= 1e9 || exponent < -4 || exponent >= 6) {
    return snel_format("%s%c%s%.*se%c%02d", sign, digits[0], count > 1 ? "." : "", count - 1,
                       digits + 1, exponent < 0 ? '-' : '+', abs(exponent));
  }
  if (exponent < 0) {
    return snel_format("%s0.%.*s%.*s", sign, -exponent - 1, "0000", count, digits);
  }
  int whole = exponent + 1;
  if (count <= whole) {
    return snel_format("%s%.*s%.*s", sign, count, digits, whole - count, "000000");
  }
  return snel_format("%s%.*s.%.*s", sign, whole, digits, count - whole, digits + whole);
}

static const char *row_text(snel_row row) {
  const char *text = "[";
  for (int64_t k = 0; k < row.count && k < SHOWN; k++) {
    text = snel_format("%s%s%s", text, k == 0 ? "" : ", ", snel_number_text(row.at[k]));
  }
  return row.count <= SHOWN
             ? snel_format("%s]", text)
             : snel_format("%s, \xe2\x80\xa6 %lld in all]", text, (long long)row.count);
}

static const char *list_text(snel_value value, const char *open, const char *close) {
  const char *text = open;
  for (int32_t k = 0; k < value.as.list.size; k++) {
    text = snel_format("%s%s%s", text, k == 0 ? "" : ", ", snel_shown(value.as.list.at[k]));
  }
  return snel_format("%s%s", text, close);
}

const char *snel_shown(snel_value value) {
  switch (value.kind) {
    case SNEL_REAL:
      return snel_number_text(value.as.real);
    case SNEL_WHOLE:
      return snel_format("%lld", (long long)value.as.whole);
    case SNEL_TRUTH:
      return value.as.truth ? "true" : "false";
    case SNEL_TEXT:
      return value.as.text;
    case SNEL_NOTHING:
      return "none";
    case SNEL_ARRAY:
      return row_text(snel_to_numbers(value));
    case SNEL_TRAINS:
      return snel_format("%d spike trains", (int)value.as.trains.rows);
    case SNEL_SERIES:
      return snel_format("%d traces of %lld samples", (int)value.as.trains.rows,
                         (long long)value.as.trains.times.count);
    case SNEL_LIST:
      return list_text(value, "[", "]");
    case SNEL_TUPLE:
      return list_text(value, "(", ")");
    case SNEL_SAMPLE:
      return snel_format("%s %d", value.as.sample.records->name, (int)value.as.sample.index);
    case SNEL_STREAM:
      return snel_format("%d of %s", (int)value.as.stream.size, value.as.stream.records->name);
  }
  return "";
}

/* What storing a number, the factor of the unit and dividing by it may change, as a share. */
#define CHANGED 0x1p-51

/* 0.043 nA are 43 pA, not 42.99999999999999: the number of fifteen digits is taken where the
 * conversion cannot tell it from what it gives. */
static double in_unit(double stored, double factor) {
  const double divided = stored / factor;
  if (factor == 1 || !snel_is_finite(divided)) {
    return divided;
  }
  char text[40];
  snprintf(text, sizeof text, "%.15g", divided);
  const double round = strtod(text, NULL);
  return fabs(round - divided) <= fabs(divided) * CHANGED ? round : divided;
}

snel_value snel_in_unit(snel_value value, double factor) {
  if (value.kind == SNEL_REAL) {
    return snel_real(in_unit(value.as.real, factor));
  }
  if (value.kind == SNEL_LIST || value.kind == SNEL_TUPLE) {
    snel_value *scaled = snel_room(value.as.list.size, sizeof *scaled);
    for (int32_t k = 0; k < value.as.list.size; k++) {
      scaled[k] = snel_in_unit(value.as.list.at[k], factor);
    }
    value.as.list.at = scaled;
  } else if (value.kind == SNEL_ARRAY) {
    snel_row numbers = snel_to_numbers(value);
    double *scaled = snel_room(numbers.count, sizeof *scaled);
    for (int64_t k = 0; k < numbers.count; k++) {
      scaled[k] = in_unit(numbers.at[k], factor);
    }
    value.as.array.elements = scaled;
  }
  return value;
}

const char *snel_shown_in(snel_value value, const char *unit, double factor) {
  return value.kind == SNEL_REAL ? snel_format("%s%s%s", snel_number_text(value.as.real / factor),
                                               *unit == '\0' ? "" : " ", unit)
                                 : snel_shown(value);
}
