/* Read-outs: what turns an episode into a label. */
#include "snel_measure.h"

#define NO_ANSWER (-1)

static int32_t largest(const double *values, int32_t count) {
  int32_t best = 0;
  for (int32_t k = 1; k < count; k++) {
    if (values[k] > values[best]) {
      best = k;
    }
  }
  return best;
}

static int32_t checked(const snel_readout *readout, snel_value label) {
  int64_t given = snel_to_whole(label);
  if (given < 0 || given >= readout->classes) {
    snel_problem("label %lld does not fit a read-out of %d classes, numbered from 0",
                 (long long)given, (int)readout->classes);
  }
  return (int32_t)given;
}

void snel_fit(snel_machine *m, snel_readout *readout, snel_value label) {
  snel_row counts = snel_to_numbers(readout->features(m));
  int32_t row = checked(readout, label);
  for (int32_t i = 0; i < readout->inputs; i++) {
    readout->sums[(int64_t)row * readout->inputs + i] += counts.at[i];
  }
  readout->presentations[row]++;
}

static bool is_fitted(const snel_readout *readout) {
  for (int32_t label = 0; label < readout->classes; label++) {
    if (readout->presentations[label] > 0) {
      return true;
    }
  }
  return false;
}

/* The class of each neuron: whose presentations it answered with the most spikes on average. */
static const int32_t *labels_of(const snel_readout *readout) {
  int32_t *labels = snel_room(readout->inputs, sizeof *labels);
  double *best = snel_room(readout->inputs, sizeof *best);
  for (int32_t i = 0; i < readout->inputs; i++) {
    labels[i] = NO_ANSWER;
  }
  for (int32_t label = 0; label < readout->classes; label++) {
    for (int32_t i = 0; i < readout->inputs && readout->presentations[label] > 0; i++) {
      double mean = readout->sums[(int64_t)label * readout->inputs + i] /
                    readout->presentations[label];
      if (mean > best[i]) {
        best[i] = mean;
        labels[i] = label;
      }
    }
  }
  return labels;
}

static int32_t response_label(const snel_readout *readout, snel_row counts) {
  if (!is_fitted(readout)) {
    snel_problem("response labels were scored before anything was fitted");
  }
  const int32_t *labels = labels_of(readout);
  double *sum = snel_room(readout->classes, sizeof *sum);
  int32_t *members = snel_room(readout->classes, sizeof *members);
  for (int32_t i = 0; i < readout->inputs; i++) {
    if (labels[i] != NO_ANSWER) {
      sum[labels[i]] += counts.at[i];
      members[labels[i]]++;
    }
  }
  for (int32_t label = 0; label < readout->classes; label++) {
    sum[label] = members[label] == 0 ? 0 : sum[label] / members[label];
  }
  return largest(sum, readout->classes);
}

/* Class c has the neurons from c group to (c + 1) group. */
static int32_t max_count(const snel_readout *readout, snel_row counts) {
  int32_t group = readout->inputs / readout->classes;
  double *votes = snel_room(readout->classes, sizeof *votes);
  for (int32_t i = 0; i < readout->classes * group; i++) {
    votes[i / group] += counts.at[i];
  }
  return largest(votes, readout->classes);
}

/* What an episode gives a read-out: `ties` is empty where it has none. */
typedef struct {
  snel_row values, ties;
} response;

static response response_of(snel_machine *m, const snel_readout *readout) {
  response given = {.values = snel_to_numbers(readout->features(m))};
  if (readout->ties != NULL) {
    given.ties = snel_to_numbers(readout->ties(m));
  }
  return given;
}

static int32_t first_of(const snel_readout *readout, response given) {
  const double *times = given.values.at, *ties = given.ties.at;
  int32_t best = ties == NULL ? NO_ANSWER : 0;
  for (int32_t i = 0; i < readout->inputs; i++) {
    double earliest = best < 0 ? (double)INFINITY : times[best];
    bool higher = ties != NULL && times[i] == earliest && ties[i] > ties[best];
    if (times[i] < earliest || higher) {
      best = i;
    }
  }
  return best;
}

static int32_t first_spike(const snel_readout *readout, response given) {
  int32_t best = first_of(readout, given);
  return best < 0 ? NO_ANSWER : best / (readout->inputs / readout->classes);
}

static int32_t answer(const snel_readout *readout, response given) {
  switch (readout->kind) {
    case SNEL_RESPONSE_LABELS:
      return response_label(readout, given.values);
    case SNEL_MAX_COUNT:
      return max_count(readout, given.values);
    case SNEL_FIRST_SPIKE:
      return first_spike(readout, given);
    case SNEL_MAX_POTENTIAL:
      return largest(given.values.at, (int32_t)given.values.count);
  }
  return NO_ANSWER;
}

/* When the answer was known. */
static double decided(const snel_machine *m, const snel_readout *readout, response given) {
  int32_t first = readout->kind == SNEL_FIRST_SPIKE ? first_of(readout, given) : NO_ANSWER;
  double end = snel_duration(m);
  return first < 0 || given.values.at[first] > end ? end : given.values.at[first];
}

void snel_score(snel_machine *m, snel_readout *readout, snel_value label) {
  response given = response_of(m, readout);
  readout->time += decided(m, readout, given);
  readout->right += answer(readout, given) == checked(readout, label);
  readout->scored++;
}

snel_value snel_label(snel_machine *m, const snel_readout *readout) {
  int32_t given = answer(readout, response_of(m, readout));
  return given == NO_ANSWER ? snel_nothing() : snel_whole(given);
}

void snel_begin_tally(snel_readout *readout) {
  readout->scored = 0;
  readout->right = 0;
  readout->time = 0;
}

double snel_accuracy(const snel_readout *readout) {
  return (double)readout->right / (double)readout->scored;
}

double snel_latency(const snel_readout *readout) {
  return readout->time / (double)readout->scored;
}
