/* What waits for its step: timers, events that `send` put on their way, spikes that `present` plays. */
#include "snel_machine.h"

void *snel_grown(void *list, int32_t count, int32_t *room, size_t size) {
  if (count < *room) {
    return list;
  }
  *room = *room == 0 ? 16 : 2 * *room;
  void *grown = realloc(list, (size_t)*room * size);
  if (grown == NULL) {
    snel_problem("out of memory: a list of %d elements", (int)*room);
  }
  return grown;
}

uint32_t snel_count_up(snel_machine *m, int32_t slot) {
  int64_t count = snel_to_whole(m->slots[slot]);
  m->slots[slot] = snel_whole(count + 1);
  return (uint32_t)count;
}

void snel_set_parts(snel_machine *m, int32_t count, const int32_t *slots, snel_value value) {
  for (int32_t k = 0; k < count; k++) {
    snel_set(m, slots[k], snel_element(value, k));
  }
}

/* Timers. */

static void add_timer(snel_machine *m, snel_timer timer) {
  m->timer = snel_grown(m->timer, m->timers, &m->timer_room, sizeof timer);
  m->timer[m->timers++] = timer;
}

void snel_every(snel_machine *m, int32_t timer, int64_t steps, snel_handler handler) {
  if (steps <= 0) {
    snel_problem("`every` wants at least one step");
  }
  for (int32_t k = 0; k < m->timers; k++) {
    if (m->timer[k].id == timer) {
      return;
    }
  }
  add_timer(m, (snel_timer){timer, snel_later(snel_step(m), steps), steps, handler, 0, NULL, NULL});
}

void snel_after(snel_machine *m, int32_t timer, int64_t steps, snel_handler handler,
                int32_t captures, const int32_t *from, const int32_t *to) {
  snel_value *captured = snel_allocate((size_t)captures, sizeof *captured);
  for (int32_t k = 0; k < captures; k++) {
    snel_keep(&captured[k], m->slots[from[k]]);
  }
  add_timer(m, (snel_timer){timer, snel_later(snel_step(m), steps > 0 ? steps : 0), 0, handler, captures,
                            to, captured});
}

int64_t snel_timers_next(const snel_machine *m) {
  int64_t next = INT64_MAX;
  for (int32_t k = 0; k < m->timers; k++) {
    next = m->timer[k].due < next ? m->timer[k].due : next;
  }
  return next;
}

/* Runs the code of one that is due, the earliest statement first; a periodic one waits on. */
void snel_timers_run(snel_machine *m) {
  int32_t first = -1;
  for (int32_t k = 0; k < m->timers; k++) {
    if (m->timer[k].due <= snel_step(m) && (first < 0 || m->timer[k].id < m->timer[first].id)) {
      first = k;
    }
  }
  snel_timer due = m->timer[first];
  m->timers--;
  memmove(m->timer + first, m->timer + first + 1,
          (size_t)(m->timers - first) * sizeof *m->timer);
  if (due.period > 0) {
    snel_timer again = due;
    again.due += due.period;
    add_timer(m, again);
  }
  for (int32_t k = 0; k < due.captures; k++) {
    snel_set(m, due.slots[k], due.captured[k]);
    snel_forget(&due.captured[k]);
  }
  free(due.captured);
  const snel_spot *spot = m->spot;
  snel_mark base = m->base;
  m->base = snel_room_mark();
  due.handler(m);
  snel_room_release(m->base);
  m->base = base;
  m->spot = spot;
}

/* Letters, in the order in which they are due. */

void snel_send(snel_machine *m, const snel_port *port, snel_picked picked, int32_t arguments,
               const snel_value *argument, int64_t after) {
  snel_indices indices = snel_picked_of(picked, port->size);
  snel_letter letter = {snel_later(snel_step(m), after), port, indices.count, NULL, NULL};
  letter.indices = snel_allocate((size_t)indices.count, sizeof *letter.indices);
  memcpy(letter.indices, indices.at, (size_t)indices.count * sizeof *letter.indices);
  letter.arguments = snel_allocate((size_t)arguments, sizeof *letter.arguments);
  for (int32_t a = 0; a < arguments; a++) {
    snel_row numbers = snel_to_numbers(argument[a]);
    double *kept = snel_allocate((size_t)numbers.count, sizeof *kept);
    memcpy(kept, numbers.at, (size_t)numbers.count * sizeof *kept);
    letter.arguments[a] = (snel_row){numbers.count, kept};
  }
  m->letter = snel_grown(m->letter, m->letters, &m->letter_room, sizeof letter);
  int32_t place = m->letters++;
  for (; place > 0 && m->letter[place - 1].due > letter.due; place--) {
    m->letter[place] = m->letter[place - 1];
  }
  m->letter[place] = letter;
}

static void forget_letter(snel_letter *letter) {
  for (int32_t a = 0; a < letter->port->parameters; a++) {
    free((void *)(uintptr_t)letter->arguments[a].at);
  }
  free(letter->arguments);
  free(letter->indices);
}

static void hand(const snel_letter *letter) {
  const snel_port *port = letter->port;
  for (int32_t k = 0; k < letter->count; k++) {
    int32_t element = letter->indices[k];
    bool first = port->pending[element] == 0;
    if (!first && !port->additive) {
      snel_problem("two events are sent to %s in one instant, and they cannot be added",
                   port->path);
    }
    port->pending[element]++;
    for (int32_t a = 0; a < port->parameters; a++) {
      snel_row values = letter->arguments[a];
      double value = values.count == 1 ? values.at[0] : values.at[k];
      snel_cells cells = port->arguments[a];
      snel_cell_set(cells, element, first ? value : snel_cell_get(cells, element) + value);
    }
  }
}

/* Hands over what belongs to step `now`. */
int64_t snel_letters_deliver(snel_machine *m, int64_t now) {
  int32_t due = 0;
  for (; due < m->letters && m->letter[due].due <= now; due++) {
    hand(&m->letter[due]);
    forget_letter(&m->letter[due]);
  }
  if (due > 0) {
    m->letters -= due;
    memmove(m->letter, m->letter + due, (size_t)m->letters * sizeof *m->letter);
  }
  return m->letters > 0 ? m->letter[0].due : INT64_MAX;
}

void snel_letters_clear(snel_machine *m) {
  for (int32_t k = 0; k < m->letters; k++) {
    forget_letter(&m->letter[k]);
  }
  m->letters = 0;
}

/* Spikes that `present` plays. */

static int rising(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static int64_t event(int64_t step, int32_t neuron) { return step << 32 | neuron; }

/* An array [steps, neurons] of 0 and 1. */
static int64_t of_steps(const snel_machine *m, const snel_play *play, snel_indices targets,
                        int64_t steps, int64_t *events) {
  snel_row cells = snel_to_numbers(play->trains);
  int32_t rows = play->trains.as.array.shape[0];
  int64_t neurons = rows == 0 ? 0 : cells.count / rows;
  if (neurons != targets.count) {
    snel_problem("a step of the spikes has %lld values, %s has %d neurons", (long long)neurons,
                 play->population->name, (int)targets.count);
  }
  int64_t count = 0;
  for (int64_t k = 0; k < cells.count; k++) {
    if (cells.at[k] != 0 && k / neurons < steps) {
      events[count++] = event(snel_step(m) + k / neurons, targets.at[k % neurons]);
    } else if (cells.at[k] != 0) {
      play->population->missed++;
    }
  }
  return count;
}

static int64_t of_times(const snel_machine *m, const snel_play *play, snel_indices targets,
                        int64_t steps, int64_t *events) {
  snel_value trains = snel_to_trains(play->trains);
  if (trains.as.trains.rows != targets.count) {
    snel_problem("%d spike trains for the %d neurons of %s", (int)trains.as.trains.rows,
                 (int)targets.count, play->population->name);
  }
  int64_t count = 0;
  for (int32_t i = 0; i < targets.count; i++) {
    snel_row row = trains.as.trains.row[i];
    for (int64_t k = 0; k < row.count; k++) {
      int64_t step = snel_exact_steps(
          m, row.at[k], snel_format("a spike of %s", play->population->name));
      if (step >= 0 && step < steps) {
        events[count++] = event(snel_step(m) + step, targets.at[i]);
      } else {
        play->population->missed++;
      }
    }
  }
  return count;
}

void snel_play_begin(snel_machine *m, int64_t steps, const snel_play *play) {
  snel_population *population = play->population;
  snel_indices targets = snel_picked_of(play->picked, population->size);
  snel_row cells = snel_to_numbers(play->trains);
  int64_t most = population->plays + cells.count;
  int64_t *events = realloc(population->playing, (size_t)(most > 0 ? most : 1) * sizeof *events);
  if (events == NULL) {
    snel_problem("out of memory: %lld spikes", (long long)most);
  }
  bool of_array = play->trains.kind == SNEL_ARRAY && play->trains.as.array.rank >= 2;
  int64_t *more = events + population->plays;
  population->plays += of_array ? of_steps(m, play, targets, steps, more)
                                : of_times(m, play, targets, steps, more);
  population->playing = events;
  population->played = 0;
  qsort(events, (size_t)population->plays, sizeof *events, rising);
}

/* Puts the spikes of step `now` in the list; the step of the next ones, or INT64_MAX. */
int64_t snel_play_step(snel_population *population, int64_t now) {
  int32_t held = population->plays > 0 ? population->spike_count[0] : 0;
  while (population->played < population->plays &&
         population->playing[population->played] >> 32 == now) {
    int32_t neuron = (int32_t)(population->playing[population->played++] & 0xffffffff);
    if (held == 0 || population->spikes[held - 1] != neuron) {
      population->spikes[held++] = neuron;
    }
    population->spike_count[0] = held;
  }
  return population->played < population->plays
             ? population->playing[population->played] >> 32
             : INT64_MAX;
}

/* What never arrives. */

static int64_t joined(const snel_population *population) {
  int64_t count = 0;
  for (int64_t k = 1; k < population->plays; k++) {
    count += population->playing[k] == population->playing[k - 1];
  }
  return count;
}

void snel_warn(const snel_machine *m, const char *sentence) {
  fprintf(stderr, "warning: %s:%d: %s\n", m->spot->file, (int)m->spot->line, sentence);
}

void snel_tell_of_spikes(snel_machine *m, int64_t steps, int32_t plays, const snel_play *play) {
  for (int32_t k = 0; k < plays; k++) {
    const snel_population *population = play[k].population;
    if (population->missed > 0 && !m->told_missed) {
      m->told_missed = true;
      snel_warn(m, snel_format("%lld of the spikes for `%s` %s outside the %s ms of the presentation and"
                          " %s left out",
                          (long long)population->missed, population->name,
                          population->missed == 1 ? "lies" : "lie",
                          snel_number_text(snel_time_of(m->network, steps)),
                          population->missed == 1 ? "is" : "are"));
    }
    int64_t twice = m->told_joined ? 0 : joined(population);
    if (twice > 0) {
      m->told_joined = true;
      snel_warn(m, snel_format("%lld of the spikes for `%s` %s into a step in which their neuron has one"
                          " already; a neuron spikes once a step",
                          (long long)twice, population->name, twice == 1 ? "falls" : "fall"));
    }
  }
}

void snel_tell_of_letters(const snel_machine *m) {
  if (m->letters > 0 && m->letter[0].due != INT64_MAX) {
    int64_t left = m->letter[0].due - snel_step(m);
    snel_warn(m, snel_format("the experiment ends %s ms before what was sent to `%s` is due: it never"
                        " arrives",
                        snel_number_text(snel_time_of(m->network, left)), m->letter[0].port->path));
  }
}
