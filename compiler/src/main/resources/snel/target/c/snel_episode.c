/* Drives the network through episodes and rests, stopping where an input spike, a sample, a timer
 * or a full log wants it to. */
#include "snel_machine.h"

#define CHUNK 4096

int64_t snel_nearest_step(double ms, double step_ms) {
  return snel_i64_from_f64(floor(ms / step_ms + 0.5));
}

int64_t snel_exact_steps(const snel_machine *m, double ms, const char *what) {
  double step = m->network->step_ms, steps = ms / step, nearest = rint(steps);
  if (!(fabs(steps - nearest) <= 1e-6 * snel_f_max(1, fabs(nearest) * 1e-6))) {
    double below = floor(steps);
    snel_problem("%s at %s ms is not a multiple of the step %s ms: %s ms or %s ms?"
                 " (or `to_step(\xe2\x80\xa6)`)",
                 what, snel_number_text(ms), snel_number_text(step),
                 snel_number_text(below * step), snel_number_text((below + 1) * step));
  }
  return snel_i64_from_f64(nearest);
}

static void begin(snel_machine *m, int doing, int64_t steps) {
  if (steps < 0) {
    snel_problem("a duration is negative: %lld steps", (long long)steps);
  }
  m->doing = doing;
  m->network->clock[SNEL_CLOCK_TIME] = 0;
  m->began = snel_step(m);
  m->until = snel_later(m->began, steps);
  m->until_holds = false;
}

void snel_count_from_none(snel_machine *m) {
  for (int32_t p = 0; p < m->network->populations; p++) {
    snel_population *population = &m->network->population[p];
    for (int32_t i = 0; i < population->size; i++) {
      if (population->counts != NULL) {
        population->counts[i] = 0;
      }
      if (population->first != NULL) {
        population->first[i] = -1;
      }
    }
  }
}

static void begin_episode(snel_machine *m) {
  m->episode_began = m->began;
  m->network->clock[SNEL_CLOCK_EPISODE_BEGAN] = m->began;
  m->counts_kept = false;
  snel_count_from_none(m);
  snel_taps_begin(m);
}

/* Counts of the latest episode are kept before the network goes on without one. */
static void keep_counts(snel_machine *m) {
  if (m->counts_kept) {
    return;
  }
  m->counts_kept = true;
  for (int32_t p = 0; p < m->network->populations; p++) {
    snel_population *population = &m->network->population[p];
    size_t size = (size_t)population->size;
    if (population->counts != NULL) {
      if (population->kept_counts == NULL) {
        population->kept_counts = snel_allocate(size, sizeof *population->kept_counts);
      }
      memcpy(population->kept_counts, population->counts, size * sizeof *population->counts);
    }
    if (population->first != NULL) {
      if (population->kept_first == NULL) {
        population->kept_first = snel_allocate(size, sizeof *population->kept_first);
      }
      memcpy(population->kept_first, population->first, size * sizeof *population->first);
    }
    if (population->first_early != NULL) {
      if (population->kept_early == NULL) {
        population->kept_early = snel_allocate(size, sizeof *population->kept_early);
      }
      memcpy(population->kept_early, population->first_early, size * sizeof(double));
    }
  }
}

/* Prepares the step at hand; the step at which somebody wants to be asked again. */
static int64_t stop(snel_machine *m, int64_t now) {
  int64_t next = m->until < now + CHUNK ? m->until : now + CHUNK;
  int64_t wants[] = {snel_timers_next(m), snel_samples_next(m, now), snel_letters_deliver(m, now)};
  for (size_t k = 0; k < sizeof wants / sizeof *wants; k++) {
    next = wants[k] < next ? wants[k] : next;
  }
  for (int32_t p = 0; p < m->network->populations; p++) {
    int64_t play = snel_play_step(&m->network->population[p], now);
    next = play < next ? play : next;
  }
  snel_inputs_update(m);
  snel_inputs_bind(m);
  return m->varying > 0 ? now + 1 : next;
}

static void print_hash(const snel_machine *m) {
  printf("hash\t%lld\t%016llx\n", (long long)snel_step(m),
         (unsigned long long)m->network->state_hash());
}

static void run_to(snel_machine *m, int64_t next) {
  while (snel_step(m) < next) {
    m->network->run(m->wishes->hash_steps ? 1 : next - snel_step(m));
    m->network->check_fault();
    if (m->network->halt[0] != 0) {
      m->network->halt[0] = 0;
      snel_taps_drain(m);
    }
    if (m->wishes->hash_steps) {
      print_hash(m);
    }
  }
  snel_samples_take(m, snel_step(m));
}

static void finish(snel_machine *m) {
  if (m->doing == SNEL_PRESENT) {
    m->network->presentation_end();
    m->network->check_fault();
  }
  snel_taps_drain(m);
  m->network->check_states();
  if (m->doing != SNEL_REST) {
    m->episode_steps = snel_step(m) - m->episode_began;
    if (m->wishes->hash_episodes) {
      print_hash(m);
    }
  }
  for (int32_t p = 0; p < m->network->populations; p++) {
    m->network->population[p].plays = 0;
    m->network->population[p].missed = 0;
  }
  if (m->doing != SNEL_RUN) {
    snel_inputs_restore(m);
  }
  m->doing = SNEL_IDLE;
}

/* Goes on to the end, or to the first step after which `until` holds. */
static void advance(snel_machine *m, snel_evaluation until) {
  for (;;) {
    int64_t now = snel_step(m);
    if (snel_timers_next(m) <= now) {
      snel_timers_run(m);
      continue;
    }
    if (now >= m->until || m->until_holds) {
      finish(m);
      return;
    }
    int64_t next = stop(m, now);
    run_to(m, until != NULL && now + 1 < next ? now + 1 : next);
    if (until != NULL) {
      snel_mark mark = snel_room_mark();
      m->until_holds = snel_to_truth(until(m));
      snel_room_release(mark);
    }
  }
}

void snel_run(snel_machine *m, int64_t steps, snel_evaluation until) {
  m->network->clock[SNEL_CLOCK_PRESENTATION] = 0;
  m->network->clock[SNEL_CLOCK_EPISODE_STEP] = snel_step(m);
  begin(m, SNEL_RUN, steps);
  begin_episode(m);
  snel_inputs_bind(m);
  advance(m, until);
}

void snel_present(snel_machine *m, int64_t steps, int32_t holds, const snel_hold *hold,
                  int32_t varies, const snel_vary *vary, int32_t plays, const snel_play *play) {
  for (int32_t k = 0; k < plays; k++) {
    snel_play_begin(m, steps, &play[k]);
  }
  snel_tell_of_spikes(m, steps, plays, play);
  m->presentations++;
  m->network->clock[SNEL_CLOCK_PRESENTATION] = m->presentations;
  m->network->clock[SNEL_CLOCK_EPISODE_STEP] = 0;
  begin(m, SNEL_PRESENT, steps);
  begin_episode(m);
  for (int32_t k = 0; k < holds; k++) {
    snel_variable *variable = hold[k].variable;
    snel_store(variable->path, variable->cells,
               snel_picked_of(hold[k].picked, variable->cells.count), hold[k].value);
    m->changed = true;
  }
  m->varying = varies;
  m->vary = varies == 0 ? NULL : snel_allocate((size_t)varies, sizeof *vary);
  if (varies > 0) {
    memcpy(m->vary, vary, (size_t)varies * sizeof *vary);
    m->changed = true;
  }
  snel_inputs_bind(m);
  m->network->presentation_start();
  m->network->check_fault();
  advance(m, NULL);
}

void snel_rest(snel_machine *m, int64_t steps) {
  keep_counts(m);
  begin(m, SNEL_REST, steps);
  snel_taps_drain(m);
  m->in_episode = false;
  snel_inputs_silence(m);
  snel_inputs_bind(m);
  advance(m, NULL);
}
