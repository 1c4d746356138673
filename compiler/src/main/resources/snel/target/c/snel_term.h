/* The operators and functions that terms of a protocol are made of. */
#ifndef SNEL_TERM_H
#define SNEL_TERM_H

#include "snel_value.h"

typedef double (*snel_of_one)(double);
typedef double (*snel_of_two)(double, double);

/* Doubles, exact 64-bit integers, and arrays element by element. */
snel_value snel_term_add(snel_value left, snel_value right);
snel_value snel_term_subtract(snel_value left, snel_value right);
snel_value snel_term_multiply(snel_value left, snel_value right);
snel_value snel_term_divide(snel_value left, snel_value right);
snel_value snel_term_power(snel_value left, snel_value right);
snel_value snel_term_negate(snel_value operand);
snel_value snel_term_less(snel_value left, snel_value right);
snel_value snel_term_at_most(snel_value left, snel_value right);
snel_value snel_term_equal(snel_value left, snel_value right);
snel_value snel_term_unequal(snel_value left, snel_value right);
snel_value snel_term_inside(snel_value value, snel_value low, snel_value high, bool upper_open);

/* Of every number; of a whole number a whole one; of one number an integer. */
snel_value snel_each(snel_value operand, snel_of_one f);
snel_value snel_each_kept(snel_value operand, snel_of_one f);
snel_value snel_each_whole(snel_value operand, snel_of_one f);
/* Of both, a single number going with every element of the other; `kept`: of two whole numbers a
 * whole one. */
snel_value snel_both(snel_value left, snel_value right, snel_of_two f);
snel_value snel_both_kept(snel_value left, snel_value right, snel_of_two f);

/* For each element of `test` the number of `yes` where it holds, else that of `no`. */
snel_value snel_choose(snel_value test, snel_value yes, snel_value no);

double snel_f_sign(double x);
double snel_f_round(double x);
double snel_f_truncate(double x);
double snel_f_relu(double x);
double snel_f_logit(double p);
double snel_f_min(double a, double b);
double snel_f_max(double a, double b);
snel_value snel_clip(snel_value x, snel_value low, snel_value high);
/* Whether a value lies in the range of a parameter; `high` itself does if the range is closed. */
bool snel_holds(double low, double high, bool closed, double value);
/* Ends the run, telling of a value outside; `element` says whose it is. */
void snel_left_range(const char *name, const char *element, double value, double low, double high,
                     bool closed, double factor, const char *unit);
snel_value snel_within(snel_value x, double low, double high, bool closed, double factor,
                       const char *unit, const char *name);
snel_value snel_mod(snel_value a, snel_value b);

double snel_sum(snel_row numbers);
double snel_mean(snel_row numbers);
double snel_least(snel_row numbers);
double snel_greatest(snel_row numbers);
double snel_deviation(snel_row numbers);
bool snel_all_finite(snel_row numbers);
snel_value snel_flatten(snel_value value);
snel_value snel_transpose(snel_value value);
snel_value snel_one_hot(int64_t label, int64_t classes);
snel_value snel_repeat_each(snel_value value, int64_t times);
snel_value snel_linspace(double from, double to, int64_t count);
snel_value snel_zip(snel_value a, snel_value b);
/* Which elements along one axis: `from`, those of `list`, `from` up to `until`, or all. */
typedef enum { SNEL_AT, SNEL_THESE, SNEL_BETWEEN, SNEL_WHOLE_AXIS } snel_picks;

typedef struct {
  snel_picks picks;
  int64_t from, until;
  snel_value list;
} snel_axis;

/* An axis with one element is left out of the shape of the result. */
snel_value snel_part_of(snel_value value, int32_t count, const snel_axis *axes);
snel_value snel_take(snel_value stream, int64_t count);
snel_value snel_last(snel_value stream, int64_t count);
snel_value snel_joined_text(int32_t parts, const snel_value *part);

/* Spike trains and signals; times in ms, rates in kHz. */
snel_value snel_at_times(snel_value times);
snel_value snel_regular_train(double rate, double from, int64_t spikes);
/* The number, which must be above 0 where `function` takes it as `argument`. */
snel_value snel_positive(snel_value number, const char *function, const char *argument);
snel_value snel_signal(snel_value samples, double rate);
snel_value snel_sampled_at(snel_value series, double time);
snel_value snel_peak(snel_value series, int64_t which);
snel_value snel_max_over_time(snel_value series);
snel_value snel_mean_over_time(snel_value series);
/* What a measure makes of all elements, at each time. */
snel_value snel_of_each_sample(snel_value series, double (*measure)(snel_row));
snel_value snel_threshold_crossing(snel_value values, int64_t levels, int64_t cue);
snel_value snel_difference_of_gaussians(snel_value picture, snel_row sizes, snel_row sigmas,
                                        double threshold, int64_t radius);
snel_value snel_averaged(snel_value picture, int64_t side);
snel_value snel_moved(snel_value picture, double down, double right, double angle, double scale);
snel_value snel_spectrogram(snel_row sound, double rate, double window, double hop, int64_t bands,
                            double low, double high);
snel_value snel_padded(snel_value samples, int64_t length);

#endif
