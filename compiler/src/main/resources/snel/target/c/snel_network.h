/* A built network as the machine sees it: the names of its parts, and the buffers they lie in. */
#ifndef SNEL_NETWORK_H
#define SNEL_NETWORK_H

#include "snel_value.h"

typedef enum { SNEL_U8, SNEL_U16, SNEL_I32, SNEL_I64, SNEL_F32, SNEL_F64 } snel_cell;

/* A buffer of the network. Where `bits` is not 0 it holds fixed-point numbers of as many bits, of which
 * 1 stands for `amount`. */
typedef struct {
  void *at;
  snel_cell cell;
  int64_t count;
  int32_t bits;
  double amount;
} snel_cells;

double snel_cell_get(snel_cells cells, int64_t index);
/* Rounded once where the cell is narrower; no fraction goes into an integer cell. */
void snel_cell_set(snel_cells cells, int64_t index, double value);
size_t snel_cell_bytes(snel_cells cells);

/* Which elements are meant: all, a range, a list, or one. */
typedef struct {
  enum { SNEL_ALL, SNEL_RANGE, SNEL_LISTED, SNEL_ONE } how;
  int64_t from, until;
  const int32_t *listed;
} snel_picked;

typedef struct {
  int32_t count;
  const int32_t *at;
} snel_indices;

static inline snel_picked snel_all(void) { return (snel_picked){SNEL_ALL, 0, 0, NULL}; }
static inline snel_picked snel_range(int64_t from, int64_t until) {
  return (snel_picked){SNEL_RANGE, from, until, NULL};
}
static inline snel_picked snel_listed(int32_t count, const int32_t *listed) {
  return (snel_picked){SNEL_LISTED, 0, count, listed};
}
static inline snel_picked snel_one(int64_t index) {
  return (snel_picked){SNEL_ONE, index, 0, NULL};
}
/* Of `size` elements, those picked. */
snel_indices snel_picked_of(snel_picked picked, int64_t size);

/* Spikes in the order they came; the stamp in steps since the experiment began, `early` how much
 * of a step before it the spike came. */
typedef struct {
  int64_t count, room;
  int32_t *neuron;
  int64_t *stamp;
  double *early;
} snel_spikes;

/* A population, an input of spikes or a user event; silent if its neurons have no spikes at all.
 * `counts`, `first` and the log are NULL where nothing asks for them; `first_early` and `log_early`
 * where spikes come at the ends of steps. */
typedef struct {
  const char *name;
  int32_t rank;
  const int32_t *shape;
  int32_t size;
  bool is_input, is_event, is_silent;
  int32_t *spikes, *spike_count, *counts;
  int64_t *first, *total;
  int32_t *logging, *log_index;
  int64_t *log_step;
  double *first_early, *log_early;
  int32_t *log_count;
  /* The machine's own. */
  int32_t *kept_counts;
  int64_t *kept_first;
  double *kept_early;
  bool tapped;
  unsigned char *recorded;
  snel_spikes episode;
  int64_t *playing; /* step << 32 | neuron, rising */
  int64_t plays, played, missed;
} snel_population;

/* `row_start` and `target_index` are absent where all are joined to all; `without_self` if the place of
 * a source onto the target of its own index is empty then. */
typedef struct {
  const char *name;
  const snel_population *source, *target;
  int32_t sources, targets;
  bool without_self;
  const int32_t *row_start;
  snel_cells target_index;
  const int64_t *delivered, *updates;
  /* Where other synapses are put, and what puts them in place of these; NULL where none come and go. */
  int32_t *load_row_start;
  snel_cells load_target;
  void (*load)(void);
} snel_projection;

/* A state, parameter, input or synaptic variable, stored = shown * factor, clipped to a range where it
 * comes from outside; of an input, what it was
 * when built and what it goes back to after an episode. */
typedef struct {
  const char *path;
  snel_cells cells;
  int32_t rank;
  const int32_t *shape;
  bool is_input, is_plastic;
  double factor, low, high;
  const char *unit;
  void *initial, *base;
} snel_variable;

typedef struct {
  const char *path;
  int32_t *flag;
} snel_flag;

typedef struct {
  const char *path;
  int32_t *pending;
  int32_t size, parameters;
  const snel_cells *arguments;
  bool additive;
} snel_port;

/* A buffer that `reset` restores, or that the experiment leaves to those that start from it. */
typedef struct {
  const char *name;
  snel_cells cells;
  bool dynamic, carried;
} snel_held;

typedef struct {
  int32_t populations, projections, variables, flags, ports, buffers;
  snel_population *population;
  snel_projection *projection;
  snel_variable *variable;
  snel_flag *flag;
  snel_port *port;
  snel_held *buffer;
  int64_t step_numerator, step_denominator; /* length of a step in ms */
  double step_ms;
  uint32_t seed;
  int64_t *clock;
  int32_t *halt;
  int64_t (*run)(int64_t steps);
  void (*reset)(void);
  void (*presentation_start)(void);
  void (*presentation_end)(void);
  void (*bind)(void);
  void (*check_fault)(void);
  void (*check_states)(void);
  uint64_t (*state_hash)(void);
} snel_network;

enum {
  SNEL_CLOCK_STEP,
  SNEL_CLOCK_EPISODE_STEP,
  SNEL_CLOCK_PRESENTATION,
  SNEL_CLOCK_TIME,
  SNEL_CLOCK_EPISODE_BEGAN
};

#endif
