/* Read-outs: what turns an episode into a label. */
#include "snel_readout.h"

#define NO_ANSWER (-1)

enum { SUMS, PRESENTATIONS };

/* Beyond this a ridge would not fit into an array on the JVM. */
enum { MOST_FEATURES = 46000 };

static void begin_part(snel_readout *readout, int32_t part, int64_t count) {
  double *at = snel_allocate((size_t)count, sizeof *at);
  readout->learnt[part] = (snel_learnt){at, count, count};
}

void snel_readout_begin(snel_readout *readout) {
  int64_t inputs = readout->inputs, classes = readout->classes, n = inputs + 1;
  switch (readout->kind) {
    case SNEL_RESPONSE_LABELS:
      begin_part(readout, SUMS, inputs * classes);
      begin_part(readout, PRESENTATIONS, classes);
      break;
    case SNEL_RIDGE:
      if (inputs > MOST_FEATURES) {
        snel_problem("a ridge read-out of %d features is too large: %d at most", (int)inputs,
                     (int)MOST_FEATURES);
      }
      begin_part(readout, SNEL_PRODUCTS, n * (n + 1) / 2);
      begin_part(readout, SNEL_TARGETS, n * classes);
      break;
    case SNEL_LINEAR_SVM:
    case SNEL_MAX_COUNT:
    case SNEL_FIRST_SPIKE:
    case SNEL_MAX_POTENTIAL:
      break;
  }
}

void snel_readout_learn(snel_readout *readout, const snel_readout *from) {
  for (int32_t p = 0; p < SNEL_PARTS; p++) {
    const snel_learnt *other = &from->learnt[p];
    free(readout->learnt[p].at);
    begin_part(readout, p, other->count);
    if (other->count > 0) {
      memcpy(readout->learnt[p].at, other->at, (size_t)other->count * sizeof *other->at);
    }
  }
}

void snel_readout_unsolved(snel_readout *readout) {
  free(readout->solved);
  readout->solved = NULL;
}

int32_t snel_largest(const double *values, int32_t count) {
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

static void fit_labels(snel_readout *readout, const double *counts, int32_t label) {
  double *sums = readout->learnt[SUMS].at + (int64_t)label * readout->inputs;
  for (int32_t i = 0; i < readout->inputs; i++) {
    sums[i] += counts[i];
  }
  readout->learnt[PRESENTATIONS].at[label]++;
}

void snel_fit(snel_machine *m, snel_readout *readout, snel_value label) {
  const double *features = snel_to_numbers(readout->features(m)).at;
  int32_t known = checked(readout, label);
  switch (readout->kind) {
    case SNEL_RESPONSE_LABELS:
      fit_labels(readout, features, known);
      break;
    case SNEL_RIDGE:
      snel_ridge_fit(readout, features, known);
      break;
    case SNEL_LINEAR_SVM: /* refused before */
    case SNEL_MAX_COUNT:
    case SNEL_FIRST_SPIKE:
    case SNEL_MAX_POTENTIAL:
      break;
  }
}

static bool is_fitted(const snel_readout *readout) {
  for (int32_t label = 0; label < readout->classes; label++) {
    if (readout->learnt[PRESENTATIONS].at[label] > 0) {
      return true;
    }
  }
  return false;
}

/* The class of each neuron: whose presentations it answered with the most spikes on average. */
static const int32_t *labels_of(const snel_readout *readout) {
  const double *sums = readout->learnt[SUMS].at, *given = readout->learnt[PRESENTATIONS].at;
  int32_t *labels = snel_room(readout->inputs, sizeof *labels);
  double *best = snel_room(readout->inputs, sizeof *best);
  for (int32_t i = 0; i < readout->inputs; i++) {
    labels[i] = NO_ANSWER;
  }
  for (int32_t label = 0; label < readout->classes; label++) {
    for (int32_t i = 0; i < readout->inputs && given[label] > 0; i++) {
      double mean = sums[(int64_t)label * readout->inputs + i] / given[label];
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
  return snel_largest(sum, readout->classes);
}

/* Class c has the neurons from c group to (c + 1) group. */
static int32_t max_count(const snel_readout *readout, snel_row counts) {
  int32_t group = readout->inputs / readout->classes;
  double *votes = snel_room(readout->classes, sizeof *votes);
  for (int32_t i = 0; i < readout->classes * group; i++) {
    votes[i / group] += counts.at[i];
  }
  return snel_largest(votes, readout->classes);
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

static int32_t answer(snel_readout *readout, response given) {
  switch (readout->kind) {
    case SNEL_RESPONSE_LABELS:
      return response_label(readout, given.values);
    case SNEL_MAX_COUNT:
      return max_count(readout, given.values);
    case SNEL_FIRST_SPIKE:
      return first_spike(readout, given);
    case SNEL_MAX_POTENTIAL:
      return snel_largest(given.values.at, (int32_t)given.values.count);
    case SNEL_RIDGE:
      return snel_ridge_answer(readout, given.values.at);
    case SNEL_LINEAR_SVM:
      return snel_svm_answer(readout, given.values.at);
  }
  return NO_ANSWER;
}

/* When the answer was known. */
static double decided(const snel_machine *m, const snel_readout *readout, response given) {
  int32_t first = readout->kind == SNEL_FIRST_SPIKE ? first_of(readout, given) : NO_ANSWER;
  double end = snel_duration(m);
  return first < 0 || given.values.at[first] > end ? end : given.values.at[first];
}

void snel_score(snel_machine *m, snel_readout *readout, snel_value label, snel_value sample) {
  response given = response_of(m, readout);
  readout->time += decided(m, readout, given);
  bool known = sample.kind == SNEL_SAMPLE;
  snel_scored score = {known ? sample.as.sample.records : NULL, known ? sample.as.sample.index : -1,
                       answer(readout, given) == checked(readout, label)};
  readout->score =
      snel_grown(readout->score, readout->scored, &readout->score_room, sizeof score);
  readout->score[readout->scored++] = score;
  readout->right += score.right;
}

snel_value snel_label(snel_machine *m, snel_readout *readout) {
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
