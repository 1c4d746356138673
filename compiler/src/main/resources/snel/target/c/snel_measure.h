/* Measures of the latest episode. Rates are in kHz, times in ms. */
#ifndef SNEL_MEASURE_H
#define SNEL_MEASURE_H

#include "snel_machine.h"

double snel_duration(const snel_machine *m);
int64_t snel_count(const snel_machine *m, const snel_population *population, snel_picked picked);
double snel_rate(const snel_machine *m, const snel_population *population, snel_picked picked);
double snel_first_spike(const snel_machine *m, const snel_population *population,
                        snel_picked picked);
snel_value snel_count_each(const snel_machine *m, const snel_population *population,
                           snel_picked picked);
snel_value snel_rate_each(const snel_machine *m, const snel_population *population,
                          snel_picked picked);
snel_value snel_first_spike_each(const snel_machine *m, const snel_population *population,
                                 snel_picked picked);
double snel_rate_outside(const snel_machine *m, const snel_population *population,
                         snel_picked picked, double low, double high);
snel_value snel_spikes_of(snel_machine *m, const snel_population *population, snel_picked picked);
/* All that is recorded of a state, or of some of its cells, which must be recorded. */
snel_value snel_recorded(const snel_machine *m, const char *path);
snel_value snel_recorded_of(const snel_machine *m, const char *path, snel_indices cells);
snel_value snel_in_last(const snel_machine *m, snel_value series, double last);

/* Of spike trains within a window that ends at `duration`. */
snel_value snel_cv_isi(snel_value trains);
double snel_correlation(snel_value trains, double duration, double bin);
double snel_fano_factor(snel_value trains, double duration, double bin);
double snel_van_rossum(snel_value first, snel_value second, double tau);
double snel_victor_purpura(snel_value first, snel_value second, double tau_q);
snel_value snel_filtered(snel_value trains, double duration, double tau, int64_t samples);

/* Of the network. */
int64_t snel_synapse_count(const snel_projection *projection);
int64_t snel_synaptic_operations(const snel_machine *m);
bool snel_counts_updates(const snel_machine *m);
int64_t snel_plastic_updates(const snel_machine *m);
int64_t snel_neuron_updates(const snel_machine *m);
double snel_dense_operations(const snel_machine *m);
double snel_events_per_time(const snel_machine *m);
double snel_mean_displacement(const snel_projection *projection);

/* Random numbers of protocols: element i of evaluation q uses word i & 3 of counter (i >> 2, 0, q,
 * 0), gamma and binomial the sequence of element i with c2 = q; the parameters as the language has them. */
typedef enum {
  SNEL_UNIFORM,
  SNEL_NORMAL,
  SNEL_BERNOULLI,
  SNEL_LOGNORMAL,
  SNEL_EXPONENTIAL,
  SNEL_GAMMA,
  SNEL_BINOMIAL
} snel_distribution;

/* What lies below `low` or above `high` is drawn again, then clipped. */
snel_value snel_draw(const snel_machine *m, snel_distribution distribution, double first,
                     double second, double low, double high, int32_t rank, const int32_t *shape, uint32_t stream,
                     uint32_t evaluation);
snel_value snel_random_trains(const snel_machine *m, int64_t sets, int64_t neurons, double rate,
                              double duration, uint32_t stream, uint32_t evaluation);
snel_value snel_random_moments(const snel_machine *m, int64_t sets, int64_t neurons,
                               double duration, uint32_t stream, uint32_t evaluation);
snel_value snel_random_labels(const snel_machine *m, int64_t count, int64_t classes,
                              uint32_t stream, uint32_t evaluation);
snel_value snel_jitter(const snel_machine *m, snel_value trains, double deviation, uint32_t stream,
                       uint32_t evaluation);
snel_value snel_shuffled(const snel_machine *m, snel_value stream, uint32_t random,
                         uint32_t epoch);

/* Read-outs. */
void snel_fit(snel_machine *m, snel_readout *readout, snel_value label);
/* `sample` is what the label is of, if it is known. */
void snel_score(snel_machine *m, snel_readout *readout, snel_value label, snel_value sample);
snel_value snel_label(snel_machine *m, snel_readout *readout);
void snel_begin_tally(snel_readout *readout);
double snel_accuracy(const snel_readout *readout);
double snel_latency(const snel_readout *readout);

/* What an experiment reports and what it claims. */
/* The accuracy on each group of what was scored. Where the groups are made of a column, `column` is
 * the stream of its records and each score belongs to the group of its record; elsewhere there is a
 * group for each score in turn. */
void snel_report_groups(snel_machine *m, const snel_readout *readout, const char *name,
                        snel_value groups, snel_value column);
void snel_report(snel_machine *m, const char *name, snel_value value, const char *unit,
                 double factor);

typedef enum {
  SNEL_LESS,
  SNEL_AT_MOST,
  SNEL_GREATER,
  SNEL_AT_LEAST,
  SNEL_EQUAL,
  SNEL_UNEQUAL
} snel_relation;

void snel_expect_holds(snel_machine *m, snel_value condition);
void snel_expect_compares(snel_machine *m, snel_relation relation, snel_value left,
                          snel_value right, double tolerance, bool relative, const char *unit,
                          double factor);
void snel_expect_lies(snel_machine *m, snel_value value, snel_value low, snel_value high,
                      bool upper_open, const char *unit, double factor);

#endif
