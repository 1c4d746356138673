/* The lines in which a program tells what became of an experiment. */
#include "snel_program.h"

#define LONGEST_LIST 1000

/* A part of a line, with nothing in it that would end the part or the line. */
static void print_text(const char *text) {
  for (const char *c = text; *c != '\0'; c++) {
    switch (*c) {
      case '\t':
        printf("\\t");
        break;
      case '\n':
        printf("\\n");
        break;
      case '\r':
        printf("\\r");
        break;
      case '\\':
        printf("\\\\");
        break;
      default:
        putchar(*c);
    }
  }
}

static bool is_list(snel_value value) {
  return value.kind == SNEL_TUPLE ||
         (value.kind == SNEL_LIST && value.as.list.size <= LONGEST_LIST);
}

static bool is_of_numbers(snel_value value) {
  bool numbers = is_list(value);
  for (int32_t k = 0; numbers && k < value.as.list.size; k++) {
    snel_kind kind = value.as.list.at[k].kind;
    numbers = kind == SNEL_REAL || kind == SNEL_WHOLE;
  }
  return numbers;
}

static void print_exact(snel_value value);

static void print_parts(snel_value list, const char *between) {
  for (int32_t k = 0; k < list.as.list.size; k++) {
    printf("%s", k == 0 ? "" : between);
    print_exact(list.as.list.at[k]);
  }
}

static void print_numbers(snel_row numbers, const char *between) {
  for (int64_t k = 0; k < numbers.count; k++) {
    printf("%s%s", k == 0 ? "" : between, snel_exact_text(numbers.at[k]));
  }
}

/* A part of a list: other programs read all digits. */
static void print_exact(snel_value value) {
  if (value.kind == SNEL_REAL) {
    printf("%s", snel_exact_text(value.as.real));
  } else if (value.kind == SNEL_ARRAY && snel_to_numbers(value).count <= LONGEST_LIST) {
    printf("[");
    print_numbers(snel_to_numbers(value), ", ");
    printf("]");
  } else if (is_list(value)) {
    printf("%s", value.kind == SNEL_LIST ? "[" : "(");
    print_parts(value, ", ");
    printf("%s", value.kind == SNEL_LIST ? "]" : ")");
  } else {
    print_text(snel_shown(value));
  }
}

/* Numbers stand side by side, whether they are an array or a list. */
static void print_value(const snel_result *result) {
  const snel_value value = snel_in_unit(result->value, result->factor);
  if (value.kind == SNEL_ARRAY && snel_to_numbers(value).count <= LONGEST_LIST) {
    print_numbers(snel_to_numbers(value), " ");
  } else if (is_of_numbers(value)) {
    print_parts(value, " ");
  } else {
    print_exact(value);
  }
}

void snel_print_results(const snel_machine *m, bool done) {
  printf("experiment\t%s\nstate\t%s\n", m->experiment, done ? "done" : "failed");
  for (int32_t k = 0; k < m->results; k++) {
    printf("result\t");
    print_text(m->result[k].name);
    printf("\t");
    print_value(&m->result[k]);
    printf("\t%s\n", m->result[k].unit);
  }
  for (int32_t k = 0; k < m->groups; k++) {
    printf("group\t");
    print_text(m->group[k].name);
    printf("\t");
    print_text(m->group[k].group);
    printf("\t%s\n", snel_exact_text(m->group[k].accuracy));
  }
  for (int32_t p = 0; m->network != NULL && p < m->network->populations; p++) {
    const snel_population *population = &m->network->population[p];
    if (!population->is_event && !population->is_silent) {
      printf("spikes\t%s\t%lld\n", population->name, (long long)population->total[0]);
    }
  }
  if (m->network != NULL) {
    printf("synaptic_operations\t%lld\n", (long long)snel_synaptic_operations(m));
    printf("neuron_updates\t%lld\n", (long long)snel_neuron_updates(m));
    if (snel_counts_updates(m)) {
      printf("plastic_updates\t%lld\n", (long long)snel_plastic_updates(m));
    }
  }
  printf("expectations\t%lld\t%d\n", (long long)m->passed, (int)m->failures);
  for (int32_t k = 0; k < m->failures; k++) {
    const snel_failure *failure = &m->failure[k];
    printf("failed\t");
    print_text(snel_format("%s:%d: `%s`: %s", failure->spot->file, (int)failure->spot->line,
                           failure->spot->text, failure->found));
    printf("\n");
  }
  if (m->network != NULL) {
    printf("state_hash\t%016llx\n", (unsigned long long)m->network->state_hash());
  }
}

