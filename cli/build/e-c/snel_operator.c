#include "snel_f64.h"
#include "snel_term.h"

static _Noreturn void too_large(void) {
  snel_problem("an integer is too large: it does not fit into 64 bits");
}

static bool wholes(snel_value left, snel_value right) {
  return left.kind == SNEL_WHOLE && right.kind == SNEL_WHOLE;
}

static double plus(double x, double y) { return x + y; }
static double minus(double x, double y) { return x - y; }
static double times(double x, double y) { return x * y; }
static double over(double x, double y) { return x / y; }
static double negative(double x) { return -x; }
static double opposite(double x) { return 1 - x; }

/* `f` of a number and the one that goes with all of the other side. */
typedef struct {
  snel_of_one one;
  snel_of_two two;
  double left, right;
  bool left_given, right_given;
} applied;

static double apply(applied f, double x) {
  return f.left_given ? f.two(f.left, x) : f.right_given ? f.two(x, f.right) : f.one(x);
}

static const double *applied_to(snel_row row, applied f) {
  double *out = snel_room(row.count, sizeof *out);
  for (int64_t k = 0; k < row.count; k++) {
    out[k] = apply(f, row.at[k]);
  }
  return out;
}

static snel_value each(snel_value operand, applied f) {
  switch (operand.kind) {
    case SNEL_ARRAY: {
      snel_row numbers = snel_to_numbers(operand);
      operand.as.array.elements = applied_to(numbers, f);
      return operand;
    }
    case SNEL_SERIES:
    case SNEL_TRAINS: {
      snel_row *rows = snel_room(operand.as.trains.rows, sizeof *rows);
      for (int32_t i = 0; i < operand.as.trains.rows; i++) {
        rows[i] = (snel_row){operand.as.trains.row[i].count,
                             applied_to(operand.as.trains.row[i], f)};
      }
      operand.as.trains.row = rows;
      return operand;
    }
    case SNEL_LIST:
      return each(snel_to_array(operand), f);
    default:
      return snel_real(apply(f, snel_to_real(operand)));
  }
}

snel_value snel_each(snel_value operand, snel_of_one f) {
  return each(operand, (applied){.one = f});
}

snel_value snel_each_kept(snel_value operand, snel_of_one f) {
  return operand.kind == SNEL_WHOLE
             ? snel_whole(snel_i64_from_f64(f((double)operand.as.whole)))
             : snel_each(operand, f);
}

snel_value snel_each_whole(snel_value operand, snel_of_one f) {
  if (operand.kind == SNEL_WHOLE) {
    return operand;
  }
  snel_value result = snel_each(operand, f);
  if (result.kind != SNEL_REAL) {
    return result;
  }
  if (isnan(result.as.real)) {
    snel_problem("an integer is wanted, but this is not a number (NaN)");
  }
  if (!(fabs(result.as.real) < 0x1p63)) {
    too_large();
  }
  return snel_whole((int64_t)result.as.real);
}

static bool is_many(snel_value value) {
  return value.kind == SNEL_ARRAY || value.kind == SNEL_SERIES || value.kind == SNEL_TRAINS ||
         value.kind == SNEL_LIST;
}

/* Two recordings sample by sample, or one against numbers that are as many. */
static snel_value both_series(snel_value left, snel_value right, snel_of_two f) {
  snel_row others = snel_to_numbers(right);
  int64_t width = left.as.trains.times.count;
  int32_t rows = left.as.trains.rows;
  if (others.count != rows * width) {
    snel_problem("recordings do not agree: %lld samples against %lld", (long long)(rows * width),
                 (long long)others.count);
  }
  snel_row *result = snel_room(rows, sizeof *result);
  for (int32_t r = 0; r < rows; r++) {
    double *row = snel_room(width, sizeof *row);
    for (int64_t k = 0; k < width; k++) {
      row[k] = f(left.as.trains.row[r].at[k], others.at[r * width + k]);
    }
    result[r] = (snel_row){width, row};
  }
  return snel_series_of(left.as.trains.times, rows, result);
}

static snel_value together(snel_value left, snel_value right, snel_of_two f) {
  if (left.kind == SNEL_SERIES) {
    return both_series(left, right, f);
  }
  snel_row a = snel_to_numbers(left), b = snel_to_numbers(right);
  if (a.count != b.count) {
    snel_problem("shapes do not agree: %lld numbers against %lld", (long long)a.count,
                 (long long)b.count);
  }
  double *result = snel_room(a.count, sizeof *result);
  for (int64_t k = 0; k < a.count; k++) {
    result[k] = f(a.at[k], b.at[k]);
  }
  snel_value shaped = left.kind == SNEL_ARRAY ? left : right;
  return shaped.kind == SNEL_ARRAY
             ? snel_array_of(shaped.as.array.rank, shaped.as.array.shape, result)
             : snel_array_row(a.count, result);
}

snel_value snel_both(snel_value left, snel_value right, snel_of_two f) {
  if (is_many(left) && is_many(right)) {
    return together(left, right, f);
  }
  if (is_many(left)) {
    return each(left, (applied){.two = f, .right = snel_to_real(right), .right_given = true});
  }
  if (is_many(right)) {
    return each(right, (applied){.two = f, .left = snel_to_real(left), .left_given = true});
  }
  return snel_real(f(snel_to_real(left), snel_to_real(right)));
}

snel_value snel_both_kept(snel_value left, snel_value right, snel_of_two f) {
  return wholes(left, right)
             ? snel_whole(snel_i64_from_f64(f((double)left.as.whole, (double)right.as.whole)))
             : snel_both(left, right, f);
}

static int64_t product(int64_t a, int64_t b) {
  int64_t result;
  if (__builtin_mul_overflow(a, b, &result)) {
    too_large();
  }
  return result;
}

snel_value snel_term_add(snel_value left, snel_value right) {
  int64_t result;
  if (!wholes(left, right)) {
    return snel_both(left, right, plus);
  }
  if (__builtin_add_overflow(left.as.whole, right.as.whole, &result)) {
    too_large();
  }
  return snel_whole(result);
}

snel_value snel_term_subtract(snel_value left, snel_value right) {
  int64_t result;
  if (!wholes(left, right)) {
    return snel_both(left, right, minus);
  }
  if (__builtin_sub_overflow(left.as.whole, right.as.whole, &result)) {
    too_large();
  }
  return snel_whole(result);
}

snel_value snel_term_multiply(snel_value left, snel_value right) {
  return wholes(left, right) ? snel_whole(product(left.as.whole, right.as.whole))
                             : snel_both(left, right, times);
}

snel_value snel_term_divide(snel_value left, snel_value right) {
  return snel_both(left, right, over);
}

static double power(double base, double exponent) {
  return exponent == rint(exponent) && fabs(exponent) <= 1024
             ? snel_power_f64(base, (int32_t)exponent)
             : snel_pow_f64(base, exponent);
}

snel_value snel_term_power(snel_value left, snel_value right) {
  if (!wholes(left, right) || right.as.whole < 0) {
    return snel_both(left, right, power);
  }
  int64_t result = 1;
  for (int bit = 62; bit >= 0; bit--) {
    result = product(result, result);
    if (right.as.whole >> bit & 1) {
      result = product(result, left.as.whole);
    }
  }
  return snel_whole(result);
}

snel_value snel_term_negate(snel_value operand) {
  if (operand.kind != SNEL_WHOLE) {
    return snel_each(operand, negative);
  }
  if (operand.as.whole == INT64_MIN) {
    too_large();
  }
  return snel_whole(-operand.as.whole);
}

static double is_less(double x, double y) { return x < y; }
static double is_at_most(double x, double y) { return x <= y; }
static double is_equal(double x, double y) { return x == y; }

static snel_value compare(snel_value left, snel_value right, snel_of_two test) {
  if (wholes(left, right)) {
    int order = (left.as.whole > right.as.whole) - (left.as.whole < right.as.whole);
    return snel_truth(test(order, 0) != 0);
  }
  snel_value result = snel_both(left, right, test);
  return result.kind == SNEL_REAL ? snel_truth(result.as.real != 0) : result;
}

snel_value snel_term_less(snel_value left, snel_value right) {
  return compare(left, right, is_less);
}

snel_value snel_term_at_most(snel_value left, snel_value right) {
  return compare(left, right, is_at_most);
}

/* Texts and labels are equal when they read the same; none equals only none. */
snel_value snel_term_equal(snel_value left, snel_value right) {
  if (left.kind == SNEL_TEXT && right.kind == SNEL_TEXT) {
    return snel_truth(strcmp(left.as.text, right.as.text) == 0);
  }
  if (left.kind == SNEL_NOTHING || right.kind == SNEL_NOTHING) {
    return snel_truth(left.kind == right.kind);
  }
  return compare(left, right, is_equal);
}

snel_value snel_term_unequal(snel_value left, snel_value right) {
  snel_value equal = snel_term_equal(left, right);
  return equal.kind == SNEL_TRUTH ? snel_truth(!equal.as.truth) : snel_each(equal, opposite);
}

snel_value snel_term_inside(snel_value value, snel_value low, snel_value high, bool upper_open) {
  snel_value above = snel_term_at_most(low, value);
  snel_value below = upper_open ? snel_term_less(value, high) : snel_term_at_most(value, high);
  return above.kind == SNEL_TRUTH && below.kind == SNEL_TRUTH
             ? snel_truth(above.as.truth && below.as.truth)
             : snel_both(above, below, times);
}

static double where(double holds, double value) {
  return holds != 0 ? value : 0;
}

static double where_not(double holds, double value) {
  return holds != 0 ? 0 : value;
}

snel_value snel_choose(snel_value test, snel_value yes, snel_value no) {
  snel_value chosen = snel_both(test, yes, where), other = snel_both(test, no, where_not);
  snel_row tests = snel_to_numbers(test), a = snel_to_numbers(chosen), b = snel_to_numbers(other);
  double *result = snel_room(tests.count, sizeof *result);
  for (int64_t k = 0; k < tests.count; k++) {
    result[k] = tests.at[k] != 0 ? a.at[k] : b.at[k];
  }
  return chosen.kind == SNEL_ARRAY
             ? snel_array_of(chosen.as.array.rank, chosen.as.array.shape, result)
             : snel_array_row(tests.count, result);
}
