/* Linear support vector machines: the weights were solved on the JVM. */
#include "snel_readout.h"

int32_t snel_svm_answer(const snel_readout *readout, const double *features) {
  const snel_learnt *labels = &readout->learnt[SNEL_LABELS];
  const double *weight = readout->learnt[SNEL_WEIGHTS].at, *label = labels->at;
  if (labels->count == 0) {
    snel_problem("a support vector machine was scored before anything was fitted");
  }
  /* of two labels the first against the other, of more each against the others */
  int32_t columns = labels->count == 2 ? 1 : (int32_t)labels->count;
  double *margin = snel_room(columns, sizeof *margin);
  for (int64_t i = 0; i <= readout->inputs; i++) {
    double value = i == readout->inputs ? 1 : features[i];
    for (int32_t c = 0; c < columns && value != 0; c++) {
      margin[c] += weight[i * columns + c] * value;
    }
  }
  return (int32_t)(labels->count == 2 ? label[margin[0] > 0 ? 0 : 1]
                                      : label[snel_largest(margin, columns)]);
}
