/* What is taken from the network as it runs: spikes from its logs, samples of its states. */
#include "snel_machine.h"

static snel_population *log_of(snel_population *population) {
  if (population->logging == NULL) {
    snel_problem("spikes of %s are not logged", population->name);
  }
  return population;
}

void snel_tap(snel_population *population) {
  population->tapped = true;
  log_of(population)->logging[0] = 1;
}

void snel_record_spikes(snel_machine *m, snel_population *population, snel_picked picked) {
  snel_taps_drain(m);
  snel_tap(population);
  if (population->recorded == NULL) {
    population->recorded = snel_allocate((size_t)population->size, 1);
  }
  snel_indices indices = snel_picked_of(picked, population->size);
  for (int32_t k = 0; k < indices.count; k++) {
    population->recorded[indices.at[k]] = 1;
  }
}

static void add_spike(snel_spikes *spikes, int32_t neuron, int64_t stamp, double early) {
  if (spikes->count == spikes->room) {
    spikes->room = spikes->room == 0 ? 256 : 2 * spikes->room;
    spikes->neuron = realloc(spikes->neuron, (size_t)spikes->room * sizeof *spikes->neuron);
    spikes->stamp = realloc(spikes->stamp, (size_t)spikes->room * sizeof *spikes->stamp);
    spikes->early = realloc(spikes->early, (size_t)spikes->room * sizeof *spikes->early);
    if (spikes->neuron == NULL || spikes->stamp == NULL || spikes->early == NULL) {
      snel_problem("out of memory: %lld spikes", (long long)spikes->room);
    }
  }
  spikes->neuron[spikes->count] = neuron;
  spikes->early[spikes->count] = early;
  spikes->stamp[spikes->count++] = stamp;
}

/* Empties the logs. */
void snel_taps_drain(snel_machine *m) {
  for (int32_t p = 0; p < m->network->populations; p++) {
    snel_population *population = &m->network->population[p];
    if (!population->tapped) {
      continue;
    }
    for (int32_t k = 0; k < population->log_count[0]; k++) {
      int32_t neuron = population->log_index[k];
      int64_t stamp = population->log_step[k];
      double early = population->log_early == NULL ? 0 : population->log_early[k];
      if (m->in_episode) {
        add_spike(&population->episode, neuron, stamp, early);
      }
      if (m->wishes->spikes != NULL && population->recorded != NULL &&
          population->recorded[neuron]) {
        fprintf(m->wishes->spikes, "%s,%s,%lld,%d", m->experiment, population->name,
                (long long)stamp, (int)neuron);
        if (population->log_early != NULL) {
          snel_mark mark = snel_room_mark();
          fprintf(m->wishes->spikes, ",%s", snel_exact_text(early));
          snel_room_release(mark);
        }
        fprintf(m->wishes->spikes, "\n");
      }
    }
    population->log_count[0] = 0;
  }
}

void snel_taps_begin(snel_machine *m) {
  snel_taps_drain(m);
  for (int32_t p = 0; p < m->network->populations; p++) {
    m->network->population[p].episode.count = 0;
  }
  for (int32_t s = 0; s < m->samplers; s++) {
    m->sampler[s]->samples = 0;
  }
  m->in_episode = true;
}

/* Samplers. Recorded again in the same way, a state goes on as it is. */

static bool is_like(const snel_sampler *a, const snel_sampler *b) {
  return a->every == b->every && a->at_deliver == b->at_deliver &&
         a->indices.count == b->indices.count &&
         memcmp(a->indices.at, b->indices.at,
                (size_t)a->indices.count * sizeof *a->indices.at) == 0;
}

static int32_t place_of(const snel_machine *m, const char *path) {
  for (int32_t s = 0; s < m->samplers; s++) {
    if (strcmp(m->sampler[s]->path, path) == 0) {
      return s;
    }
  }
  return -1;
}

static void forget(snel_sampler *sampler) {
  free((void *)(uintptr_t)sampler->indices.at);
  free(sampler->labels);
  free(sampler->values);
  free(sampler);
}

void snel_sample(snel_machine *m, const char *path, snel_cells cells, snel_indices indices,
                 int64_t every, bool at_deliver, bool recorded, bool asked) {
  if (every <= 0) {
    snel_problem("`record \xe2\x80\xa6 every` wants at least one step");
  }
  snel_sampler wanted = {path, cells, indices, every, snel_step(m), at_deliver, recorded, asked,
                         0, 0, NULL, NULL};
  int32_t place = place_of(m, path);
  if (place >= 0) {
    snel_sampler *known = m->sampler[place];
    if (known->recorded && recorded && !is_like(known, &wanted)) {
      snel_problem("%s is recorded already, in another way", path);
    }
    if (known->recorded || !recorded) {
      return;
    }
    forget(known);
    m->samplers--;
    memmove(m->sampler + place, m->sampler + place + 1,
            (size_t)(m->samplers - place) * sizeof *m->sampler);
  }
  snel_sampler *sampler = snel_allocate(1, sizeof *sampler);
  *sampler = wanted;
  int32_t *kept = snel_allocate((size_t)indices.count, sizeof *kept);
  memcpy(kept, indices.at, (size_t)indices.count * sizeof *kept);
  sampler->indices.at = kept;
  m->sampler = snel_grown(m->sampler, m->samplers, &m->sampler_room, sizeof *m->sampler);
  m->sampler[m->samplers++] = sampler;
}

static int64_t first_of(const snel_sampler *sampler) {
  return sampler->from + (sampler->at_deliver ? 1 : sampler->every);
}

int64_t snel_samples_next(const snel_machine *m, int64_t now) {
  int64_t next = INT64_MAX;
  for (int32_t s = 0; s < m->samplers; s++) {
    const snel_sampler *sampler = m->sampler[s];
    int64_t first = first_of(sampler);
    int64_t own = now < first ? first
                              : first + ((now - first) / sampler->every + 1) * sampler->every;
    next = own < next ? own : next;
  }
  return next;
}

static double *row_for(snel_sampler *sampler) {
  if (sampler->samples == sampler->room) {
    sampler->room = sampler->room == 0 ? 1 : 2 * sampler->room;
    size_t rows = (size_t)sampler->room;
    sampler->labels = realloc(sampler->labels, rows * sizeof *sampler->labels);
    sampler->values = realloc(
        sampler->values, rows * ((size_t)sampler->indices.count + 1) * sizeof *sampler->values);
    if (sampler->labels == NULL || sampler->values == NULL) {
      snel_problem("out of memory: %zu samples of %s", rows, sampler->path);
    }
  }
  return sampler->values + sampler->samples * sampler->indices.count;
}

static void write_sample(const snel_machine *m, const snel_sampler *sampler, int64_t label,
                         const double *row) {
  fprintf(m->wishes->samples, "%s,%s,%lld", m->experiment, sampler->path, (long long)label);
  for (int32_t k = 0; k < sampler->indices.count; k++) {
    snel_mark mark = snel_room_mark();
    fprintf(m->wishes->samples, ",%s", snel_exact_text(row[k]));
    snel_room_release(mark);
  }
  fprintf(m->wishes->samples, "\n");
}

/* Takes the samples that are due. */
void snel_samples_take(snel_machine *m, int64_t now) {
  for (int32_t s = 0; s < m->samplers; s++) {
    snel_sampler *sampler = m->sampler[s];
    int64_t first = first_of(sampler);
    if (now < first || (now - first) % sampler->every != 0) {
      continue;
    }
    int64_t label = sampler->at_deliver ? now - 1 : now;
    double *row = row_for(sampler);
    for (int32_t k = 0; k < sampler->indices.count; k++) {
      row[k] = snel_cell_get(sampler->cells, sampler->indices.at[k]);
    }
    if (sampler->recorded && m->wishes->samples != NULL) {
      write_sample(m, sampler, label, row);
    }
    if (m->in_episode && sampler->asked) {
      sampler->labels[sampler->samples++] = label;
    }
  }
}

const snel_sampler *snel_sampler_of(const snel_machine *m, const char *path) {
  int32_t place = place_of(m, path);
  if (place < 0) {
    snel_problem("%s is not recorded yet", path);
  }
  return m->sampler[place];
}
