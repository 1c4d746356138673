/* What read-outs learn, part by part, and how a ridge is solved. */
#ifndef SNEL_READOUT_H
#define SNEL_READOUT_H

#include "snel_measure.h"

/* Room for what it learns. */
void snel_readout_begin(snel_readout *readout);

/* Takes over what another has learnt. */
void snel_readout_learn(snel_readout *readout, const snel_readout *from);

/* Forgets what was solved: there is more to be fitted. */
void snel_readout_unsolved(snel_readout *readout);

/* The position of the largest, the first of equals. */
int32_t snel_largest(const double *values, int32_t count);

/* Ridge regression: the lower triangle of X'X, the constant last, and X'Y. */
enum { SNEL_PRODUCTS, SNEL_TARGETS };
void snel_ridge_fit(snel_readout *readout, const double *features, int32_t label);
int32_t snel_ridge_answer(snel_readout *readout, const double *features);

/* Support vector machines: the labels that they have met, and the weights, feature by feature one a
 * column, the constant's last. */
enum { SNEL_LABELS, SNEL_WEIGHTS };
int32_t snel_svm_answer(const snel_readout *readout, const double *features);

#endif
