#include "snel_program.h"

#include <stdarg.h>

#include "snel_readout.h"

enum { DONE = 0, WRONG = 1, USAGE = 2, UNEXPECTED = 3, REFUSED = 4 };

static jmp_buf *escape = NULL;
static char message[2000];

_Noreturn void snel_problem(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  if (escape == NULL) {
    fprintf(stderr, "%s\n", message);
    exit(WRONG);
  }
  longjmp(*escape, 1);
}

void snel_want_least(const char *function, const char *argument, int64_t least, int64_t found) {
  if (found < least || found > INT32_MAX) {
    snel_problem("`%s` wants `%s` to be %lld or more, found %lld", function, argument,
                 (long long)least, (long long)found);
  }
}

void snel_want_not_negative(const char *function, const char *argument, double found) {
  if (!(found >= 0)) {
    snel_problem("`%s` wants `%s` not to be below 0, found %g", function, argument, found);
  }
}

void snel_want_positive(const char *function, const char *argument, double found) {
  if (!(found > 0)) {
    snel_problem("`%s` wants `%s` to be above 0, found %g", function, argument, found);
  }
}

static const snel_machine *running = NULL;

static int32_t source_of(const snel_projection *projection, int64_t synapse) {
  int32_t source = 0;
  while (snel_first_synapse(projection, source + 1) <= synapse) {
    source++;
  }
  return source;
}

/* Which neuron or synapse an element of a variable is. */
static const char *element_of(const snel_network *network, const char *place, int64_t element) {
  if (element < 0) {
    return "";
  }
  for (int32_t v = 0; v < network->variables; v++) {
    const snel_variable *variable = &network->variable[v];
    const snel_projection *projection =
        strcmp(variable->path, place) == 0 ? snel_projection_of(network, variable) : NULL;
    if (projection != NULL) {
      int32_t source = source_of(projection, element);
      return snel_format(" of the synapse from %d to %d", (int)source,
                         (int)snel_synapse_target(projection, source, element));
    }
  }
  return snel_format(" of neuron %lld", (long long)element);
}

/* A number as it is once it is stored in a cell. */
static double stored(snel_cells cells, double number) {
  int64_t room = 0;
  if (cells.cell == SNEL_F32 || cells.cell == SNEL_F64) {
    cells.at = &room;
    snel_cell_set(cells, 0, number);
    return snel_cell_get(cells, 0);
  }
  return number;
}

void snel_check_range(snel_machine *m, const snel_variable *variable, double low, double high,
                      bool closed, double factor, const char *unit) {
  snel_cells cells = variable->cells;
  const snel_projection *projection = snel_projection_of(m->network, variable);
  int64_t end = projection == NULL ? cells.count : snel_first_synapse(projection, projection->sources);
  double least = stored(cells, low), most = stored(cells, high);
  for (int64_t k = 0; k < end; k++) {
    double value = snel_cell_get(cells, k);
    bool is_there = projection == NULL || !projection->without_self ||
                    snel_synapse_is_there(projection, (int32_t)(k / projection->targets), k);
    bool outside =
        value == most ? !closed : !snel_holds(low, high, closed, value) && value != least;
    if (is_there && outside) {
      snel_left_range(variable->path,
                      cells.count == 1 ? "" : element_of(m->network, variable->path, k), value, low,
                      high, closed, factor, unit);
    }
  }
}

/* Names the neuron or synapse and the time. */
static void on_fault(const char *words, const char *place, int64_t element) {
  if (running != NULL && running->network != NULL) {
    int64_t step = snel_step(running);
    snel_problem("`%s`%s: %s at %s ms (step %lld)", place,
                 element_of(running->network, place, element), words,
                 snel_number_text(snel_time_of(running->network, step)), (long long)step);
  }
}

static const char *cell_name(snel_cell cell) {
  static const char *const names[] = {"u8", "u16", "i32", "i64", "f32", "f64"};
  return names[cell];
}

/* What an experiment takes over from the one before it. */
static void inherit(snel_machine *m, bool anew, const snel_machine *from) {
  for (int32_t b = 0; b < m->network->buffers; b++) {
    snel_held *own = &m->network->buffer[b];
    bool taken = own->carried && !(anew && own->dynamic);
    for (int32_t k = 0; taken && k < from->network->buffers; k++) {
      const snel_held *other = &from->network->buffer[k];
      if (other->carried && strcmp(own->name, other->name) == 0) {
        if (own->cells.cell != other->cells.cell) {
          snel_problem("`%s` holds %s, and %s left %s", own->name, cell_name(own->cells.cell),
                       from->experiment, cell_name(other->cells.cell));
        }
        if (own->cells.count != other->cells.count) {
          snel_problem("`%s` has %lld elements, and %s left %lld", own->name,
                       (long long)own->cells.count, from->experiment,
                       (long long)other->cells.count);
        }
        memcpy(own->cells.at, other->cells.at, snel_cell_bytes(own->cells));
      }
    }
  }
  m->presentations = from->presentations;
  m->first_step = snel_step(m);
  for (int32_t r = 0; r < m->readouts; r++) {
    snel_readout *own = &m->readout[r];
    for (int32_t k = 0; k < from->readouts; k++) {
      const snel_readout *other = &from->readout[k];
      if (strcmp(own->name, other->name) == 0) {
        snel_readout_learn(own, other);
      }
    }
  }
  m->changed = true;
}

/* Little-endian bytes as elements of so many bytes each; the ones behind them. */
static const unsigned char *decoded(const unsigned char *bytes, void *to, int64_t count,
                                    size_t size) {
  for (int64_t k = 0; k < count; k++, bytes += size) {
    uint64_t word = snel_word(bytes, (int)size);
    uint8_t one = (uint8_t)word;
    uint16_t two = (uint16_t)word;
    uint32_t four = (uint32_t)word;
    const void *element = size == 1   ? (const void *)&one
                          : size == 2 ? (const void *)&two
                          : size == 4 ? (const void *)&four
                                      : (const void *)&word;
    memcpy((unsigned char *)to + (size_t)k * size, element, size);
  }
  return bytes;
}

/* Reads what the program begins with. */
static const snel_machine *begun(snel_beginning *beginning) {
  snel_machine *m = &beginning->left;
  unsigned char *all = snel_data_content(beginning->file, beginning->bytes);
  const unsigned char *at = all;
  for (int32_t b = 0; b < m->network->buffers; b++) {
    snel_cells *cells = &m->network->buffer[b].cells;
    size_t bytes = snel_cell_bytes(*cells);
    cells->at = snel_allocate(bytes, 1);
    at = decoded(at, cells->at, cells->count, cells->count == 0 ? 1 : bytes / (size_t)cells->count);
  }
  for (int32_t r = 0; r < m->readouts; r++) {
    for (int32_t p = 0; p < SNEL_PARTS; p++) {
      snel_learnt *part = &m->readout[r].learnt[p];
      part->at = snel_allocate((size_t)part->count, sizeof *part->at);
      at = decoded(at, part->at, part->count, sizeof *part->at);
    }
  }
  free(all);
  return m;
}

static void begin(snel_machine *m, const snel_experiment *experiment, const snel_machine *from) {
  m->experiment = experiment->name;
  m->slot_count = experiment->slots;
  m->slots = snel_allocate((size_t)experiment->slots, sizeof *m->slots);
  m->readouts = experiment->readouts;
  m->readout = experiment->readout;
  m->archives = experiment->archives;
  m->archive = experiment->archive;
  m->before = from;
  for (int32_t r = 0; r < m->readouts; r++) {
    snel_readout_begin(&m->readout[r]);
  }
  m->network = experiment->build();
  m->network->check_fault();
  snel_inputs_begin(m);
  snel_count_from_none(m);
  experiment->prepare(m);
  if (from != NULL) {
    inherit(m, experiment->anew, from);
  }
  m->base = snel_room_mark();
}

/* Whether it came to its end. */
static bool carried_out(snel_machine *m, const snel_experiment *experiment,
                        const snel_machine *from) {
  jmp_buf stopped;
  escape = &stopped;
  running = m;
  if (setjmp(stopped) != 0) {
    escape = NULL;
    return false;
  }
  begin(m, experiment, from);
  if (setjmp(m->end) == 0) {
    experiment->protocol(m);
  }
  snel_taps_drain(m);
  m->spot = experiment->spot;
  snel_tell_of_letters(m);
  escape = NULL;
  return true;
}

static void usage(const char *name, FILE *where) {
  fprintf(where,
          "usage: %s [--spikes FILE] [--samples FILE] [--hash step|episode] [--data DIR]"
          " [--out DIR]\n"
          "  --spikes FILE   recorded spikes as lines EXPERIMENT,POPULATION,STEP,NEURON\n"
          "  --samples FILE  recorded values as lines EXPERIMENT,PATH,STEP,VALUE...\n"
          "  --hash WHEN     prints a hash of the state after every step, or after every run and"
          " presentation\n"
          "  --data DIR      where the data files lie (data, beside the program)\n"
          "  --out DIR       where the files lie that are saved (here)\n",
          name);
}

static void misused(const char *name, const char *option, const char *why) {
  fprintf(stderr, "%s: %s\n", option, why);
  usage(name, stderr);
  exit(USAGE);
}

static FILE *opened(const char *path) {
  FILE *file = fopen(path, "w");
  if (file == NULL) {
    perror(path);
    exit(REFUSED);
  }
  return file;
}

static snel_wishes wishes_of(int argc, char **argv) {
  snel_wishes wishes = {false, false, NULL, NULL, NULL};
  const char *data = NULL;
  for (int k = 1; k < argc; k += 2) {
    const char *value = k + 1 < argc ? argv[k + 1] : NULL;
    if (strcmp(argv[k], "--help") == 0) {
      usage(argv[0], stdout);
      exit(DONE);
    }
    if (strcmp(argv[k], "--spikes") != 0 && strcmp(argv[k], "--samples") != 0
        && strcmp(argv[k], "--hash") != 0 && strcmp(argv[k], "--data") != 0
        && strcmp(argv[k], "--out") != 0) {
      misused(argv[0], argv[k], "there is no such option");
    } else if (value == NULL) {
      misused(argv[0], argv[k], "a value is missing behind it");
    } else if (strcmp(argv[k], "--spikes") == 0) {
      wishes.spikes = opened(value);
    } else if (strcmp(argv[k], "--samples") == 0) {
      wishes.samples = opened(value);
    } else if (strcmp(argv[k], "--hash") == 0 && strcmp(value, "step") == 0) {
      wishes.hash_steps = true;
    } else if (strcmp(argv[k], "--hash") == 0 && strcmp(value, "episode") == 0) {
      wishes.hash_episodes = true;
    } else if (strcmp(argv[k], "--hash") == 0) {
      misused(argv[0], value, "a hash is made every `step` or `episode`");
    } else if (strcmp(argv[k], "--out") == 0) {
      wishes.folder = value;
    } else {
      data = value;
    }
  }
  snel_data_folder(data, argv[0]);
  return wishes;
}

static void finished(FILE *file, const char *name) {
  if (file == NULL) {
    return;
  }
  bool failed = ferror(file) != 0;
  if (fclose(file) != 0 || failed) {
    perror(name);
    exit(REFUSED);
  }
}

int snel_program(int argc, char **argv, snel_beginning *beginning, int32_t experiments,
                 const snel_experiment *experiment) {
  snel_wishes wishes = wishes_of(argc, argv);
  snel_machine *machines = snel_allocate((size_t)experiments, sizeof *machines);
  int how = DONE;
  snel_on_fault = on_fault;
  const snel_machine *from = beginning == NULL ? NULL : begun(beginning);
  for (int32_t k = 0; k < experiments && how != WRONG; k++) {
    snel_machine *m = &machines[k];
    m->wishes = &wishes;
    bool done = carried_out(m, &experiment[k], from);
    from = m;
    snel_print_results(m, done);
    if (!done) {
      const snel_spot *spot = m->spot;
      if (spot != NULL) {
        fprintf(stderr, "%s:%d: %s\n  while doing `%s`\n", spot->file, (int)spot->line, message,
                spot->text);
      } else {
        fprintf(stderr, "%s\n", message);
      }
      how = WRONG;
    } else if (m->failures > 0) {
      how = UNEXPECTED;
    }
  }
  finished(wishes.spikes, "a file of records");
  finished(wishes.samples, "a file of records");
  finished(stdout, "the standard output");
  return how;
}
