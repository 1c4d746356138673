/* What carries out a protocol: episodes and rests, inputs, timers, records, read-outs, results.
 * Generated code calls these functions, statement by statement. */
#ifndef SNEL_MACHINE_H
#define SNEL_MACHINE_H

#include <setjmp.h>

#include "snel_network.h"
#include "snel_records.h"
#include "snel_term.h"

/* Where a statement stands. */
typedef struct {
  const char *file;
  int32_t line;
  const char *text;
} snel_spot;

struct snel_machine;
typedef snel_value (*snel_evaluation)(struct snel_machine *machine);
typedef void (*snel_handler)(struct snel_machine *machine);

typedef struct {
  int32_t id;
  int64_t due, period; /* period 0: once */
  snel_handler handler;
  int32_t captures;
  const int32_t *slots;
  snel_value *captured;
} snel_timer;

typedef struct {
  int64_t due;
  const snel_port *port;
  int32_t count;
  int32_t *indices;
  snel_row *arguments;
} snel_letter;

typedef struct {
  const char *path;
  snel_cells cells;
  snel_indices indices;
  int64_t every, from;
  bool at_deliver, recorded;
  /* Of the latest episode, if it is asked for: a label and a row of values for each sample. */
  bool asked;
  int64_t samples, room;
  int64_t *labels;
  double *values;
} snel_sampler;

typedef struct {
  snel_variable *variable;
  snel_picked picked;
  snel_value value;
} snel_hold;

typedef struct {
  snel_variable *variable;
  snel_picked picked;
  snel_evaluation value;
} snel_vary;

typedef struct {
  snel_population *population;
  snel_picked picked;
  snel_value trains;
} snel_play;

typedef enum {
  SNEL_RESPONSE_LABELS,
  SNEL_MAX_COUNT,
  SNEL_FIRST_SPIKE,
  SNEL_MAX_POTENTIAL,
  SNEL_RIDGE,
  SNEL_LINEAR_SVM
} snel_readout_kind;

/* A part of what a read-out has learnt. */
typedef struct {
  double *at;
  int64_t count, room;
} snel_learnt;

enum { SNEL_PARTS = 2 };

/* How it answered once; `records` is NULL where what it answered is of no data set. */
typedef struct {
  const struct snel_records *records;
  int32_t record;
  bool right;
} snel_scored;

typedef struct {
  const char *name;
  snel_readout_kind kind;
  snel_evaluation features, ties; /* ties: NULL where the lowest index wins */
  int32_t inputs, classes;
  double penalty; /* of a ridge */
  snel_learnt learnt[SNEL_PARTS];
  double *solved; /* the weights of a ridge; NULL before */
  /* How it answered. */
  int32_t scored, score_room;
  snel_scored *score;
  int64_t right;
  double time;
} snel_readout;

typedef struct {
  const char *name, *unit;
  double factor;
  snel_value value;
} snel_result;

/* How often a read-out was right in a group of what was scored. */
typedef struct {
  const char *name, *group;
  double accuracy;
} snel_group;

typedef struct {
  const snel_spot *spot;
  char *found;
} snel_failure;

/* An archive that lay beside the program when this was written. */
typedef struct {
  const char *name, *file;
  int64_t bytes;
} snel_archive;

/* What the command line asks for. */
typedef struct {
  bool hash_steps, hash_episodes;
  FILE *spikes, *samples;
  const char *folder; /* where `save` writes, or NULL: here */
} snel_wishes;

typedef struct snel_machine {
  const char *experiment;
  snel_network *network;
  const snel_wishes *wishes;
  const snel_spot *spot;
  snel_value *slots;
  int32_t slot_count;
  int32_t readouts;
  snel_readout *readout;
  snel_mark base;
  jmp_buf end;
  enum { SNEL_IDLE, SNEL_RUN, SNEL_PRESENT, SNEL_REST } doing;
  int64_t first_step, began, until, presentations, episode_began, episode_steps;
  bool until_holds, counts_kept, in_episode, changed;
  int32_t assigned; /* elements that are being assigned */
  int32_t timers, timer_room;
  snel_timer *timer;
  int32_t letters, letter_room;
  snel_letter *letter;
  int32_t samplers, sampler_room;
  snel_sampler **sampler;
  int32_t varying;
  snel_vary *vary;
  int32_t results, result_room;
  snel_result *result;
  int32_t groups, group_room;
  snel_group *group;
  int32_t failures, failure_room;
  snel_failure *failure;
  int64_t passed;
  int32_t archives, saved, saved_room;
  const snel_archive *archive;
  char **saved_name;
  const struct snel_machine *before; /* what it starts from, or NULL */
  bool told_missed, told_joined;
} snel_machine;

/* A text that stays when the statement at hand is over. */
char *snel_lasting(const char *text);
/* Room for one more in a list. */
void *snel_grown(void *list, int32_t count, int32_t *room, size_t size);

/* The step so many steps later; after `infinity` none is. */
static inline int64_t snel_later(int64_t now, int64_t steps) {
  return steps < INT64_MAX - now ? now + steps : INT64_MAX;
}

static inline int64_t snel_step(const snel_machine *m) {
  return m->network->clock[SNEL_CLOCK_STEP];
}
/* The time of a step in ms, rounded once. */
static inline double snel_time_of(const snel_network *network, int64_t steps) {
  return (double)(steps * network->step_numerator) / (double)network->step_denominator;
}
/* The instant that lies `early` of a step before that of a step, in ms. */
static inline double snel_time_before(const snel_network *network, int64_t steps, double early) {
  return early == 0 ? snel_time_of(network, steps)
                    : snel_time_of(network, steps) - early * snel_time_of(network, 1);
}
/* Time in ms since the present episode or rest began. */
static inline double snel_time(const snel_machine *m) {
  return snel_time_of(m->network, m->network->clock[SNEL_CLOCK_TIME]);
}

/* A statement begins: what the one before made is forgotten. */
static inline void snel_at(snel_machine *m, const snel_spot *spot) {
  m->spot = spot;
  snel_room_release(m->base);
}
/* Ends the experiment. */
static inline _Noreturn void snel_end(snel_machine *m) { longjmp(m->end, 1); }

/* Variables. */
static inline void snel_set(snel_machine *m, int32_t slot, snel_value value) {
  snel_keep(&m->slots[slot], value);
}
/* The integer in a variable, which then grows by one. */
uint32_t snel_count_up(snel_machine *m, int32_t slot);
void snel_set_parts(snel_machine *m, int32_t count, const int32_t *slots, snel_value value);

/* Time. */
int64_t snel_exact_steps(const snel_machine *m, double ms, const char *what);
int64_t snel_nearest_step(double ms, double step_ms);
/* No neuron has spiked yet. */
void snel_count_from_none(snel_machine *m);
void snel_run(snel_machine *m, int64_t steps, snel_evaluation until);
void snel_present(snel_machine *m, int64_t steps, int32_t holds, const snel_hold *hold,
                  int32_t varies, const snel_vary *vary, int32_t plays, const snel_play *play);
void snel_rest(snel_machine *m, int64_t steps);
void snel_every(snel_machine *m, int32_t timer, int64_t steps, snel_handler handler);
void snel_after(snel_machine *m, int32_t timer, int64_t steps, snel_handler handler,
                int32_t captures, const int32_t *from, const int32_t *to);
void snel_send(snel_machine *m, const snel_port *port, snel_picked picked, int32_t arguments,
               const snel_value *argument, int64_t after);

/* State. */
void snel_assign(snel_machine *m, snel_variable *variable, snel_picked picked, snel_value value);
/* Ends the run where a value of a parameter lies outside its range. */
void snel_check_range(snel_machine *m, const snel_variable *variable, double low, double high,
                      bool closed, double factor, const char *unit);
void snel_assign_synapses(snel_machine *m, const snel_variable *variable, snel_indices synapses,
                          snel_value value);
void snel_store(const char *path, snel_cells cells, snel_indices indices, snel_value value);
void snel_freeze(snel_machine *m, bool all, int32_t paths, const char *const *path, bool held);
void snel_reset(snel_machine *m, bool all, int32_t paths, const char *const *path);
/* The first synapse of a source, that of `sources` being the end, and where one of them goes. */
int64_t snel_first_synapse(const snel_projection *projection, int32_t source);
/* Whether there is a synapse at a place of the source's row. */
bool snel_synapse_is_there(const snel_projection *projection, int32_t source, int64_t synapse);
int32_t snel_synapse_target(const snel_projection *projection, int32_t source, int64_t synapse);
/* The synapses between two selections: source rising, then target. */
snel_indices snel_synapses(const snel_projection *projection, snel_picked pre, snel_picked post);
snel_value snel_read_array(const snel_variable *variable, snel_picked picked);
double snel_read_one(const snel_variable *variable, snel_picked picked);
int64_t snel_read_whole(const snel_variable *variable, snel_picked picked);
snel_value snel_read_synapses(const snel_variable *variable, snel_indices synapses);
double snel_read_synapse(const snel_variable *variable, snel_indices synapses);
/* An array [pre, post], 0 where there is no synapse. */
snel_value snel_read_matrix(const snel_variable *variable, const snel_projection *projection,
                            snel_picked pre, snel_picked post);

/* The projection of whose synapses each has a value of the variable, if there is one. */
const snel_projection *snel_projection_of(const snel_network *network,
                                          const snel_variable *variable);
/* Writes weights and plastic states to a file. */
void snel_save(snel_machine *m, const char *name);
/* Reads them: what this experiment saved, or the one before it; else what lay beside the program. */
void snel_load(snel_machine *m, const char *name);

/* Inputs. */
void snel_inputs_begin(snel_machine *m);
void snel_inputs_silence(snel_machine *m);
void snel_inputs_restore(snel_machine *m);
void snel_inputs_update(snel_machine *m);
void snel_inputs_bind(snel_machine *m);

/* Timers and letters: the step of the next, or INT64_MAX. */
int64_t snel_timers_next(const snel_machine *m);
void snel_timers_run(snel_machine *m);
int64_t snel_letters_deliver(snel_machine *m, int64_t now);
void snel_letters_clear(snel_machine *m);
void snel_play_begin(snel_machine *m, int64_t steps, const snel_play *play);
int64_t snel_play_step(snel_population *population, int64_t now);
/* Tell of spikes and events that never arrive: before a presentation, each once in an experiment, and
 * when the experiment has ended. */
void snel_tell_of_spikes(snel_machine *m, int64_t steps, int32_t plays, const snel_play *play);
void snel_tell_of_letters(const snel_machine *m);
/* What may not have been meant, at the place of the statement at hand. */
void snel_warn(const snel_machine *m, const char *sentence);

/* Records. */
void snel_tap(snel_population *population);
void snel_record_spikes(snel_machine *m, snel_population *population, snel_picked picked);
void snel_sample(snel_machine *m, const char *path, snel_cells cells, snel_indices indices,
                 int64_t every, bool at_deliver, bool recorded, bool asked);
void snel_taps_begin(snel_machine *m);
void snel_taps_drain(snel_machine *m);
int64_t snel_samples_next(const snel_machine *m, int64_t now);
void snel_samples_take(snel_machine *m, int64_t now);
const snel_sampler *snel_sampler_of(const snel_machine *m, const char *path);

#endif
