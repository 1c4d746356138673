/* Read-outs that are fitted to examples, or have learnt before, and are asked. */
#include "numerics.h"

#include "snel_readout.h"

static double number(FILE *in) {
  double x = 0;
  return fread(&x, sizeof x, 1, in) == 1 ? x : 0;
}

static double *numbers(FILE *in, int64_t count) {
  double *all = snel_allocate((size_t)count, sizeof *all);
  for (int64_t i = 0; i < count; i++) {
    all[i] = number(in);
  }
  return all;
}

/* Label after label, each with its features, to be fitted. */
static void fit(snel_readout *readout, FILE *in) {
  readout->penalty = number(in);
  snel_readout_begin(readout);
  for (int32_t examples = (int32_t)number(in); examples > 0; examples--) {
    int32_t label = (int32_t)number(in);
    double *features = numbers(in, readout->inputs);
    snel_ridge_fit(readout, features, label);
    free(features);
  }
}

/* How many labels, these, how many weights, these. */
static void take_over(snel_readout *readout, FILE *in) {
  for (int32_t p = SNEL_LABELS; p <= SNEL_WEIGHTS; p++) {
    int64_t count = (int64_t)number(in);
    readout->learnt[p] = (snel_learnt){numbers(in, count), count, count};
  }
}

/* The input has features, classes, what is learnt from, how many questions there are, and the
 * features of each. The output has the answers, then the weights of a ridge. */
int map_readout(const char *name, FILE *in, FILE *out) {
  bool ridge = strcmp(name, "ridge") == 0;
  snel_readout readout = {.kind = ridge ? SNEL_RIDGE : SNEL_LINEAR_SVM};
  readout.inputs = (int32_t)number(in);
  readout.classes = (int32_t)number(in);
  (ridge ? fit : take_over)(&readout, in);
  for (int32_t questions = (int32_t)number(in); questions > 0; questions--) {
    double *features = numbers(in, readout.inputs);
    double answer = ridge ? snel_ridge_answer(&readout, features) : snel_svm_answer(&readout, features);
    fwrite(&answer, sizeof answer, 1, out);
    free(features);
  }
  if (ridge) {
    size_t weights = (size_t)((readout.inputs + 1) * readout.classes);
    fwrite(readout.solved, sizeof(double), weights, out);
  }
  return 1;
}
