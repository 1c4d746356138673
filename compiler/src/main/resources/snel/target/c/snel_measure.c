#include "snel_measure.h"

double snel_duration(const snel_machine *m) {
  bool within = m->doing == SNEL_RUN || m->doing == SNEL_PRESENT;
  return snel_time_of(m->network,
                      within ? snel_step(m) - m->episode_began : m->episode_steps);
}

static const int32_t *counts_of(const snel_machine *m, const snel_population *population) {
  if (population->counts == NULL) {
    snel_problem("spikes of %s are not counted", population->name);
  }
  return m->counts_kept ? population->kept_counts : population->counts;
}

int64_t snel_count(const snel_machine *m, const snel_population *population, snel_picked picked) {
  const int32_t *counts = counts_of(m, population);
  snel_indices indices = snel_picked_of(picked, population->size);
  int64_t sum = 0;
  for (int32_t k = 0; k < indices.count; k++) {
    sum += counts[indices.at[k]];
  }
  return sum;
}

snel_value snel_count_each(const snel_machine *m, const snel_population *population,
                           snel_picked picked) {
  const int32_t *counts = counts_of(m, population);
  snel_indices indices = snel_picked_of(picked, population->size);
  double *each = snel_room(indices.count, sizeof *each);
  for (int32_t k = 0; k < indices.count; k++) {
    each[k] = counts[indices.at[k]];
  }
  return snel_array_row(indices.count, each);
}

double snel_rate(const snel_machine *m, const snel_population *population, snel_picked picked) {
  int32_t neurons = snel_picked_of(picked, population->size).count;
  double duration = snel_duration(m);
  return duration == 0 || neurons == 0
             ? 0
             : (double)snel_count(m, population, picked) / (neurons * duration);
}

snel_value snel_rate_each(const snel_machine *m, const snel_population *population,
                          snel_picked picked) {
  double duration = snel_duration(m);
  snel_row counts = snel_to_numbers(snel_count_each(m, population, picked));
  double *rates = snel_room(counts.count, sizeof *rates);
  for (int64_t k = 0; k < counts.count; k++) {
    rates[k] = duration == 0 ? 0 : counts.at[k] / duration;
  }
  return snel_array_row(counts.count, rates);
}

snel_value snel_first_spike_each(const snel_machine *m, const snel_population *population,
                                 snel_picked picked) {
  if (population->first == NULL) {
    snel_problem("spikes of %s are not counted", population->name);
  }
  const int64_t *first = m->counts_kept ? population->kept_first : population->first;
  const double *early = m->counts_kept ? population->kept_early : population->first_early;
  snel_indices indices = snel_picked_of(picked, population->size);
  double *each = snel_room(indices.count, sizeof *each);
  for (int32_t k = 0; k < indices.count; k++) {
    int64_t steps = first[indices.at[k]];
    double before = early == NULL ? 0 : early[indices.at[k]];
    each[k] = steps < 0 ? INFINITY : snel_time_before(m->network, steps, before);
  }
  return snel_array_row(indices.count, each);
}

double snel_first_spike(const snel_machine *m, const snel_population *population,
                        snel_picked picked) {
  return snel_least(snel_to_numbers(snel_first_spike_each(m, population, picked)));
}

double snel_rate_outside(const snel_machine *m, const snel_population *population,
                         snel_picked picked, double low, double high) {
  snel_row rates = snel_to_numbers(snel_rate_each(m, population, picked));
  double *outside = snel_room(rates.count, sizeof *outside);
  for (int64_t k = 0; k < rates.count; k++) {
    double rate = rates.at[k];
    outside[k] = rate < low ? low - rate : rate > high ? rate - high : 0;
  }
  return snel_mean((snel_row){rates.count, outside});
}

/* Spike times of the neurons picked, in ms since the episode began. */
snel_value snel_spikes_of(snel_machine *m, const snel_population *population, snel_picked picked) {
  snel_taps_drain(m);
  const snel_spikes *spikes = &population->episode;
  int64_t *lengths = snel_room(population->size, sizeof *lengths);
  for (int64_t k = 0; k < spikes->count; k++) {
    lengths[spikes->neuron[k]]++;
  }
  double **times = snel_room(population->size, sizeof *times);
  for (int32_t i = 0; i < population->size; i++) {
    times[i] = snel_room(lengths[i], sizeof **times);
    lengths[i] = 0;
  }
  for (int64_t k = 0; k < spikes->count; k++) {
    int32_t neuron = spikes->neuron[k];
    times[neuron][lengths[neuron]++] =
        snel_time_before(m->network, spikes->stamp[k] - m->episode_began, spikes->early[k]);
  }
  snel_indices indices = snel_picked_of(picked, population->size);
  snel_row *rows = snel_room(indices.count, sizeof *rows);
  for (int32_t k = 0; k < indices.count; k++) {
    rows[k] = (snel_row){lengths[indices.at[k]], times[indices.at[k]]};
  }
  return snel_trains_of(indices.count, rows);
}

/* Where a sample has the value of a cell: mostly one after the other from the first. */
static int32_t row_of(const snel_sampler *sampler, int32_t cell) {
  snel_indices known = sampler->indices;
  int32_t near = known.count == 0 ? -1 : cell - known.at[0];
  if (near >= 0 && near < known.count && known.at[near] == cell) {
    return near;
  }
  for (int32_t row = 0; row < known.count; row++) {
    if (known.at[row] == cell) {
      return row;
    }
  }
  snel_problem("element %d of `%s` is not recorded, only %d others are", cell, sampler->path,
               known.count);
}

snel_value snel_recorded(const snel_machine *m, const char *path) {
  return snel_recorded_of(m, path, snel_sampler_of(m, path)->indices);
}

snel_value snel_recorded_of(const snel_machine *m, const char *path, snel_indices wanted) {
  const snel_sampler *sampler = snel_sampler_of(m, path);
  double *times = snel_room(sampler->samples, sizeof *times);
  for (int64_t k = 0; k < sampler->samples; k++) {
    times[k] = snel_time_of(m->network, sampler->labels[k] - m->episode_began);
  }
  snel_row *rows = snel_room(wanted.count, sizeof *rows);
  for (int32_t r = 0; r < wanted.count; r++) {
    int32_t row = row_of(sampler, wanted.at[r]);
    double *values = snel_room(sampler->samples, sizeof *values);
    for (int64_t k = 0; k < sampler->samples; k++) {
      values[k] = sampler->values[k * sampler->indices.count + row];
    }
    rows[r] = (snel_row){sampler->samples, values};
  }
  return snel_series_of((snel_row){sampler->samples, times}, wanted.count, rows);
}

/* The samples of the last `last` ms of the episode. */
snel_value snel_in_last(const snel_machine *m, snel_value series, double last) {
  if (series.kind != SNEL_SERIES) {
    return series;
  }
  double from = snel_duration(m) - last;
  snel_row times = series.as.trains.times;
  int64_t first = 0;
  while (first < times.count && times.at[first] <= from + 1e-9) {
    first++;
  }
  snel_row *rows = snel_room(series.as.trains.rows, sizeof *rows);
  for (int32_t r = 0; r < series.as.trains.rows; r++) {
    rows[r] = (snel_row){times.count - first, series.as.trains.row[r].at + first};
  }
  snel_row rest = {times.count - first, times.at + first};
  return snel_series_of(rest, series.as.trains.rows, rows);
}

/* Of the network. */

int64_t snel_synapse_count(const snel_projection *projection) {
  return snel_first_synapse(projection, projection->sources) -
         (projection->without_self ? projection->sources : 0);
}

int64_t snel_synaptic_operations(const snel_machine *m) {
  int64_t sum = 0;
  for (int32_t p = 0; p < m->network->projections; p++) {
    const int64_t *delivered = m->network->projection[p].delivered;
    sum += delivered == NULL ? 0 : delivered[0];
  }
  return sum;
}

bool snel_counts_updates(const snel_machine *m) {
  bool counts = false;
  for (int32_t p = 0; p < m->network->projections; p++) {
    counts |= m->network->projection[p].updates != NULL;
  }
  return counts;
}

int64_t snel_plastic_updates(const snel_machine *m) {
  int64_t sum = 0;
  for (int32_t p = 0; p < m->network->projections; p++) {
    const int64_t *updates = m->network->projection[p].updates;
    sum += updates == NULL ? 0 : updates[0];
  }
  return sum;
}

/* Every neuron once in every step of the experiment. */
int64_t snel_neuron_updates(const snel_machine *m) {
  int64_t neurons = 0;
  for (int32_t p = 0; p < m->network->populations; p++) {
    const snel_population *population = &m->network->population[p];
    neurons += population->is_input || population->is_event ? 0 : population->size;
  }
  return neurons * (snel_step(m) - m->first_step);
}

double snel_dense_operations(const snel_machine *m) {
  double synapses = 0;
  for (int32_t p = 0; p < m->network->projections; p++) {
    synapses += (double)snel_synapse_count(&m->network->projection[p]);
  }
  return synapses * (double)(snel_step(m) - m->first_step);
}

double snel_events_per_time(const snel_machine *m) {
  int64_t sum = 0;
  for (int32_t p = 0; p < m->network->populations; p++) {
    const snel_population *population = &m->network->population[p];
    if (population->counts != NULL && !population->is_event) {
      sum += snel_count(m, population, snel_all());
    }
  }
  double duration = snel_duration(m);
  return duration == 0 ? 0 : (double)sum / duration;
}

static double distance(const snel_projection *projection, int32_t source, int32_t target) {
  double sum = 0;
  for (int32_t axis = projection->source->rank - 1; axis >= 0; axis--) {
    int32_t from = projection->source->shape[axis], to = projection->target->shape[axis];
    double gap = source % from - target % to;
    sum += gap * gap;
    source /= from;
    target /= to;
  }
  return sqrt(sum);
}

double snel_mean_displacement(const snel_projection *projection) {
  double sum = 0;
  int64_t count = 0;
  for (int32_t source = 0; source < projection->sources; source++) {
    int64_t end = snel_first_synapse(projection, source + 1);
    for (int64_t s = snel_first_synapse(projection, source); s < end; s++) {
      if (snel_synapse_is_there(projection, source, s)) {
        sum += distance(projection, source, snel_synapse_target(projection, source, s));
        count++;
      }
    }
  }
  return count == 0 ? 0 : sum / (double)count;
}
