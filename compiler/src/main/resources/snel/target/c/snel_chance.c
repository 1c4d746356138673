/* Random numbers, trains and orders that a protocol draws. */
#include "snel_draw.h"
#include "snel_f64.h"
#include "snel_measure.h"

#define TRIES 64

static double one(snel_distribution distribution, double first, double second, uint32_t word) {
  switch (distribution) {
    case SNEL_UNIFORM:
      return first + (second - first) * snel_uniform_f64(word);
    case SNEL_NORMAL:
      return first + second * snel_normal_f64(word);
    case SNEL_BERNOULLI:
      return snel_event(word, snel_threshold(first));
    case SNEL_LOGNORMAL: {
      double spread = second / first, variance = snel_log1p_f64(spread * spread);
      double mean = snel_log_f64(first) - variance / 2;
      return snel_exp_f64(mean + sqrt(variance) * snel_normal_f64(word));
    }
    case SNEL_EXPONENTIAL:
      return -first * snel_log1p_f64(-snel_uniform_f64(word));
    case SNEL_GAMMA:
    case SNEL_BINOMIAL:
      break;
  }
  return 0;
}

/* Element `i` of an evaluation; what is drawn again has the number of the redraw as c3. */
static double element(uint32_t seed, uint32_t stream, uint32_t i, uint32_t evaluation,
                      uint32_t redraw, snel_distribution distribution, double first,
                      double second) {
  if (distribution == SNEL_GAMMA) {
    double ratio = first / second;
    return snel_gamma(seed, stream, i, evaluation, redraw, ratio * ratio) * (second / ratio);
  }
  if (distribution == SNEL_BINOMIAL) {
    return snel_binomial(seed, stream, i, evaluation, redraw, first, second);
  }
  uint32_t word = snel_philox_word(seed, stream, i >> 2, 0, evaluation, redraw, i & 3);
  return one(distribution, first, second, word);
}

snel_value snel_draw(const snel_machine *m, snel_distribution distribution, double first,
                     double second, double low, double high, int32_t rank, const int32_t *shape, uint32_t stream,
                     uint32_t evaluation) {
  if (rank == 1 && shape[0] < 0) {
    int32_t *length = snel_room(1, sizeof *length);
    *length = m->assigned;
    shape = length;
  }
  int64_t size = snel_places(rank, shape);
  double *drawn = snel_room(size, sizeof *drawn);
  for (int64_t i = 0; i < size; i++) {
    uint32_t seed = m->network->seed, at = (uint32_t)i;
    double value = element(seed, stream, at, evaluation, 0, distribution, first, second);
    for (uint32_t redraw = 1; redraw < TRIES && (value < low || value > high); redraw++) {
      value = element(seed, stream, at, evaluation, redraw, distribution, first, second);
    }
    drawn[i] = value > high ? high : value < low ? low : value;
  }
  return rank > 0                        ? snel_array_of(rank, shape, drawn)
         : distribution == SNEL_BERNOULLI ? snel_truth(drawn[0] != 0)
                                          : snel_real(drawn[0]);
}

static snel_value train_set(const snel_machine *m, uint32_t set, int32_t neurons,
                            uint64_t threshold, int64_t steps, uint32_t stream,
                            uint32_t evaluation) {
  snel_row *rows = snel_room(neurons, sizeof *rows);
  for (int32_t i = 0; i < neurons; i++) {
    double *times = snel_room(steps, sizeof *times);
    int64_t count = 0;
    for (int64_t n = 0; n < steps; n++) {
      uint32_t word = snel_philox_word(m->network->seed, stream, (uint32_t)i >> 2, set,
                                       (uint32_t)n, evaluation, (uint32_t)i & 3);
      if (snel_event(word, threshold)) {
        times[count++] = snel_time_of(m->network, n);
      }
    }
    rows[i] = (snel_row){count, times};
  }
  return snel_trains_of(neurons, rows);
}

snel_value snel_random_trains(const snel_machine *m, int64_t sets, int64_t neurons, double rate,
                              double duration, uint32_t stream, uint32_t evaluation) {
  snel_want_least("random_trains", "sets", 0, sets);
  snel_want_least("random_trains", "neurons", 1, neurons);
  snel_want_not_negative("random_trains", "rate", rate);
  snel_want_not_negative("random_trains", "duration", duration);
  double step = m->network->step_ms;
  uint64_t threshold = snel_threshold(rate * step);
  int64_t steps = snel_nearest_step(duration, step);
  if (sets == 0) {
    return train_set(m, 0, (int32_t)neurons, threshold, steps, stream, evaluation);
  }
  snel_value *all = snel_room(sets, sizeof *all);
  for (int64_t s = 0; s < sets; s++) {
    all[s] =
        train_set(m, (uint32_t)s, (int32_t)neurons, threshold, steps, stream, evaluation);
  }
  return snel_list_of(SNEL_LIST, (int32_t)sets, all);
}

/* One spike for each neuron, at any step with equal probability. */
static snel_value moment_set(const snel_machine *m, uint32_t set, int32_t neurons, int64_t steps,
                             uint32_t stream, uint32_t evaluation) {
  snel_row *rows = snel_room(neurons, sizeof *rows);
  for (int32_t i = 0; i < neurons; i++) {
    double *time = snel_room(1, sizeof *time);
    uint64_t word = snel_philox_word(m->network->seed, stream, (uint32_t)i >> 2, set, 0,
                                     evaluation, (uint32_t)i & 3);
    *time = snel_time_of(m->network, (int64_t)((word * (uint64_t)steps) >> 32));
    rows[i] = (snel_row){1, time};
  }
  return snel_trains_of(neurons, rows);
}

snel_value snel_random_moments(const snel_machine *m, int64_t sets, int64_t neurons,
                               double duration, uint32_t stream, uint32_t evaluation) {
  snel_want_least("random_trains", "sets", 0, sets);
  snel_want_least("random_trains", "neurons", 1, neurons);
  snel_want_positive("random_trains", "duration", duration);
  int64_t steps = snel_nearest_step(duration, m->network->step_ms);
  if (sets == 0) {
    return moment_set(m, 0, (int32_t)neurons, steps, stream, evaluation);
  }
  snel_value *all = snel_room(sets, sizeof *all);
  for (int64_t s = 0; s < sets; s++) {
    all[s] = moment_set(m, (uint32_t)s, (int32_t)neurons, steps, stream, evaluation);
  }
  return snel_list_of(SNEL_LIST, (int32_t)sets, all);
}

snel_value snel_random_labels(const snel_machine *m, int64_t count, int64_t classes,
                              uint32_t stream, uint32_t evaluation) {
  snel_want_least("random_labels", "count", 0, count);
  snel_want_least("random_labels", "classes", 1, classes);
  snel_value *labels = snel_room(count, sizeof *labels);
  for (int64_t k = 0; k < count; k++) {
    uint64_t number =
        snel_sequence(m->network->seed, stream, (uint64_t)k, 0, evaluation, 0);
    labels[k] = snel_whole((int64_t)snel_below(number, (uint64_t)classes));
  }
  return snel_list_of(SNEL_LIST, (int32_t)count, labels);
}

static int rising(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Every spike moved, kept on the grid and within the episode from 0 on. */
snel_value snel_jitter(const snel_machine *m, snel_value given, double deviation, uint32_t stream,
                       uint32_t evaluation) {
  snel_want_not_negative("jitter", "sd", deviation);
  snel_value trains = snel_to_trains(given);
  snel_row *rows = snel_room(trains.as.trains.rows, sizeof *rows);
  for (int32_t i = 0; i < trains.as.trains.rows; i++) {
    snel_row row = trains.as.trains.row[i];
    double *moved = snel_room(row.count, sizeof *moved);
    for (int64_t k = 0; k < row.count; k++) {
      uint32_t word = snel_philox_word(m->network->seed, stream, (uint32_t)k, (uint32_t)i,
                                       evaluation, 0, 0);
      double time = row.at[k] + deviation * snel_normal_f64(word);
      int64_t step = snel_nearest_step(time, m->network->step_ms);
      moved[k] = snel_time_of(m->network, step > 0 ? step : 0);
    }
    qsort(moved, (size_t)row.count, sizeof *moved, rising);
    rows[i] = (snel_row){row.count, moved};
  }
  return snel_trains_of(trains.as.trains.rows, rows);
}

snel_value snel_shuffled(const snel_machine *m, snel_value stream, uint32_t random,
                         uint32_t epoch) {
  int32_t size = (int32_t)snel_size(stream);
  uint32_t *places = snel_room(size, sizeof *places);
  snel_shuffle(m->network->seed, random, epoch, places, (uint32_t)size);
  if (stream.kind == SNEL_STREAM) {
    int32_t *order = snel_room(size, sizeof *order);
    for (int32_t k = 0; k < size; k++) {
      order[k] = stream.as.stream.order[places[k]];
    }
    stream.as.stream.order = order;
    return stream;
  }
  snel_value *values = snel_room(size, sizeof *values);
  for (int32_t k = 0; k < size; k++) {
    values[k] = snel_element(stream, places[k]);
  }
  return snel_list_of(SNEL_LIST, size, values);
}
