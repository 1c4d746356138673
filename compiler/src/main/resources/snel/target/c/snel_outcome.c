/* What an experiment reports, and what it claims and whether that holds. */
#include "snel_measure.h"

char *snel_lasting(const char *text) {
  char *kept = snel_allocate(strlen(text) + 1, 1);
  strcpy(kept, text);
  return kept;
}

void snel_report(snel_machine *m, const char *name, snel_value value, const char *unit,
                 double factor) {
  snel_result *result = NULL;
  for (int32_t k = 0; k < m->results; k++) {
    if (strcmp(m->result[k].name, name) == 0) {
      result = &m->result[k];
    }
  }
  if (result == NULL) {
    m->result = snel_grown(m->result, m->results, &m->result_room, sizeof *result);
    result = &m->result[m->results++];
    result->name = snel_lasting(name);
    result->value = snel_nothing();
  }
  result->unit = unit;
  result->factor = factor;
  snel_keep(&result->value, value);
}

static void fail(snel_machine *m, const char *found) {
  m->failure = snel_grown(m->failure, m->failures, &m->failure_room, sizeof *m->failure);
  m->failure[m->failures++] = (snel_failure){m->spot, snel_lasting(found)};
}

static void settle(snel_machine *m, bool holds, const char *found) {
  if (holds) {
    m->passed++;
  } else {
    fail(m, found);
  }
}

void snel_expect_holds(snel_machine *m, snel_value condition) {
  settle(m, snel_to_truth(condition), "it does not hold");
}

static bool is_word(snel_value value) {
  return value.kind == SNEL_TEXT || value.kind == SNEL_NOTHING || value.kind == SNEL_TRUTH;
}

static bool holds(snel_relation relation, double x, double y, double slack) {
  bool equal = x == y || fabs(x - y) <= slack;
  switch (relation) {
    case SNEL_LESS:
      return x < y + slack;
    case SNEL_AT_MOST:
      return x <= y + slack;
    case SNEL_GREATER:
      return x > y - slack;
    case SNEL_AT_LEAST:
      return x >= y - slack;
    case SNEL_EQUAL:
      return equal;
    case SNEL_UNEQUAL:
      return !equal;
  }
  return false;
}

static const char *quantity(double stored, const char *unit, double factor) {
  return snel_shown_in(snel_real(stored), unit, factor);
}

static const char *difference(snel_relation relation, double x, double y, double slack,
                              const char *unit, double factor) {
  static const char *const words[] = {"less than", "at most",  "more than",
                                      "at least",  "equal to", "other than"};
  const char *within =
      slack > 0 ? snel_format(" within %s", quantity(slack, unit, factor)) : "";
  const char *left = quantity(x, unit, factor), *right = quantity(y, unit, factor);
  bool same = strcmp(left, right) == 0 && fabs(x - y) > 0;
  const char *found = same ? snel_format("%s (%s)", snel_exact_text(x / factor),
                                         snel_exact_text(y / factor))
                           : left;
  return snel_format("%s instead of %s %s%s", found, words[relation], right, within);
}

void snel_expect_compares(snel_machine *m, snel_relation relation, snel_value left,
                          snel_value right, double tolerance, bool relative, const char *unit,
                          double factor) {
  if (is_word(left) || is_word(right)) {
    bool equal = snel_to_truth(snel_term_equal(left, right));
    settle(m, relation == SNEL_UNEQUAL ? !equal : equal,
           snel_format("it is %s, not %s", snel_shown(left), snel_shown(right)));
    return;
  }
  snel_row a = snel_to_numbers(left), b = snel_to_numbers(right);
  if (a.count != b.count && a.count != 1 && b.count != 1) {
    fail(m, snel_format("%lld numbers cannot be compared with %lld", (long long)a.count,
                        (long long)b.count));
    return;
  }
  int64_t count = a.count > b.count ? a.count : b.count;
  for (int64_t k = 0; k < count; k++) {
    double x = a.count == 1 ? a.at[0] : a.at[k], y = b.count == 1 ? b.at[0] : b.at[k];
    double slack = relative ? tolerance * fabs(y) : tolerance;
    if (!holds(relation, x, y, slack)) {
      const char *which =
          count == 1 ? "it is " : snel_format("element %lld is ", (long long)k);
      fail(m, snel_format("%s%s", which, difference(relation, x, y, slack, unit, factor)));
      return;
    }
  }
  m->passed++;
}

void snel_expect_lies(snel_machine *m, snel_value value, snel_value low, snel_value high,
                      bool upper_open, const char *unit, double factor) {
  snel_row numbers = snel_to_numbers(value);
  double least = snel_to_real(low), most = snel_to_real(high);
  for (int64_t k = 0; k < numbers.count; k++) {
    double x = numbers.at[k];
    if (!(x >= least && (upper_open ? x < most : x <= most))) {
      fail(m, snel_format("it is %s, outside %s%s%s", quantity(x, unit, factor),
                          quantity(least, unit, factor), upper_open ? " ..< " : " .. ",
                          quantity(most, unit, factor)));
      return;
    }
  }
  m->passed++;
}
