/* The network's buffers as a protocol sees them: cells, selections, assignments, inputs, `freeze` and
 * `reset`. */
#include "snel_fixed.h"
#include "snel_machine.h"

static double stored(snel_cells cells, int64_t index) {
  switch (cells.cell) {
    case SNEL_U8:
      return ((const uint8_t *)cells.at)[index];
    case SNEL_U16:
      return ((const uint16_t *)cells.at)[index];
    case SNEL_I32:
      return ((const int32_t *)cells.at)[index];
    case SNEL_I64:
      return (double)((const int64_t *)cells.at)[index];
    case SNEL_F32:
      return (double)((const float *)cells.at)[index];
    case SNEL_F64:
      return ((const double *)cells.at)[index];
  }
  return 0;
}

double snel_cell_get(snel_cells cells, int64_t index) {
  double value = stored(cells, index);
  return cells.bits == 0 ? value : value * cells.amount;
}

/* The nearest fixed-point number, halves to even, saturated. */
static double fixed_number(snel_cells cells, double value) {
  double raw = rint(value / cells.amount), greatest = (double)snel_fixed_greatest(cells.bits);
  return raw > greatest ? greatest : raw < -greatest - 1 ? -greatest - 1 : raw;
}

static int64_t whole(double value) {
  if (value != rint(value)) {
    snel_problem("%s is not a whole number", snel_number_text(value));
  }
  return snel_i64_from_f64(value);
}

void snel_cell_set(snel_cells cells, int64_t index, double value) {
  if (cells.bits != 0) {
    value = fixed_number(cells, value);
  }
  switch (cells.cell) {
    case SNEL_U8:
      ((uint8_t *)cells.at)[index] = (uint8_t)whole(value);
      break;
    case SNEL_U16:
      ((uint16_t *)cells.at)[index] = (uint16_t)whole(value);
      break;
    case SNEL_I32:
      ((int32_t *)cells.at)[index] = (int32_t)whole(value);
      break;
    case SNEL_I64:
      ((int64_t *)cells.at)[index] = whole(value);
      break;
    case SNEL_F32:
      ((float *)cells.at)[index] = (float)value;
      break;
    case SNEL_F64:
      ((double *)cells.at)[index] = value;
      break;
  }
}

size_t snel_cell_bytes(snel_cells cells) {
  static const size_t widths[] = {1, 2, 4, 8, 4, 8};
  return (size_t)cells.count * widths[cells.cell];
}

snel_indices snel_picked_of(snel_picked picked, int64_t size) {
  if (picked.how == SNEL_LISTED) {
    return (snel_indices){(int32_t)picked.until, picked.listed};
  }
  if (picked.how == SNEL_ONE && (picked.from < 0 || picked.from >= size)) {
    snel_problem("there is no element %lld: there are %lld", (long long)picked.from,
                 (long long)size);
  }
  int64_t from = picked.how == SNEL_ALL ? 0 : picked.from;
  int64_t until = picked.how == SNEL_ALL     ? size
                  : picked.how == SNEL_RANGE ? picked.until
                                             : picked.from + 1;
  int32_t *indices = snel_room(until - from, sizeof *indices);
  for (int64_t k = from; k < until; k++) {
    indices[k - from] = (int32_t)k;
  }
  return (snel_indices){(int32_t)(until - from), indices};
}

void snel_store(const char *path, snel_cells cells, snel_indices indices, snel_value value) {
  snel_row numbers = snel_to_numbers(value);
  if (numbers.count != 1 && numbers.count != indices.count) {
    snel_problem("%s has %d elements, the value has %lld", path, (int)indices.count,
                 (long long)numbers.count);
  }
  for (int32_t k = 0; k < indices.count; k++) {
    snel_cell_set(cells, indices.at[k], numbers.count == 1 ? numbers.at[0] : numbers.at[k]);
  }
}

void snel_assign(snel_machine *m, snel_variable *variable, snel_picked picked, snel_value value) {
  snel_indices indices = snel_picked_of(picked, variable->cells.count);
  snel_store(variable->path, variable->cells, indices, value);
  if (variable->is_input) {
    snel_cells base = variable->cells;
    base.at = variable->base;
    snel_store(variable->path, base, indices, value);
  }
  m->changed = true;
}

void snel_assign_synapses(snel_machine *m, const snel_variable *variable, snel_indices synapses,
                          snel_value value) {
  snel_store(variable->path, variable->cells, synapses, value);
  m->changed = true;
}

/* Inputs. */

static void *copy(snel_cells cells) {
  size_t bytes = snel_cell_bytes(cells);
  void *kept = snel_allocate(bytes, 1);
  memcpy(kept, cells.at, bytes);
  return kept;
}

void snel_inputs_begin(snel_machine *m) {
  for (int32_t v = 0; v < m->network->variables; v++) {
    snel_variable *variable = &m->network->variable[v];
    if (variable->is_input) {
      variable->initial = copy(variable->cells);
      variable->base = copy(variable->cells);
    }
  }
  m->changed = true;
}

static void put_all(snel_machine *m, bool bases) {
  for (int32_t v = 0; v < m->network->variables; v++) {
    snel_variable *variable = &m->network->variable[v];
    if (variable->is_input) {
      memcpy(variable->cells.at, bases ? variable->base : variable->initial,
             snel_cell_bytes(variable->cells));
    }
  }
  m->changed = true;
}

void snel_inputs_silence(snel_machine *m) { put_all(m, false); }

void snel_inputs_restore(snel_machine *m) {
  free(m->vary);
  m->vary = NULL;
  m->varying = 0;
  put_all(m, true);
}

/* Evaluates what varies, for the step about to be run. */
void snel_inputs_update(snel_machine *m) {
  for (int32_t k = 0; k < m->varying; k++) {
    snel_mark mark = snel_room_mark();
    const snel_vary *vary = &m->vary[k];
    snel_store(vary->variable->path, vary->variable->cells,
               snel_picked_of(vary->picked, vary->variable->cells.count), vary->value(m));
    snel_room_release(mark);
    m->changed = true;
  }
}

/* Lets the network follow what changed. */
void snel_inputs_bind(snel_machine *m) {
  if (m->changed) {
    m->network->bind();
    m->network->check_fault();
    m->changed = false;
  }
}

/* `freeze` and `reset`: everything but `paths`, or only `paths`. */

static bool is_under(const char *name, int32_t paths, const char *const *path) {
  for (int32_t k = 0; k < paths; k++) {
    size_t length = strlen(path[k]);
    char next = strncmp(name, path[k], length) == 0 ? name[length] : 'x';
    if (next == '\0' || next == '.' || next == '[') {
      return true;
    }
  }
  return false;
}

void snel_freeze(snel_machine *m, bool all, int32_t paths, const char *const *path, bool held) {
  for (int32_t f = 0; f < m->network->flags; f++) {
    snel_flag *flag = &m->network->flag[f];
    if (is_under(flag->path, paths, path) != all) {
      flag->flag[0] = held;
    }
  }
}

void snel_reset(snel_machine *m, bool all, int32_t paths, const char *const *path) {
  snel_taps_drain(m);
  void **spared = snel_room(m->network->buffers, sizeof *spared);
  for (int32_t b = 0; b < m->network->buffers; b++) {
    snel_held *buffer = &m->network->buffer[b];
    if (buffer->dynamic && is_under(buffer->name, paths, path) == all) {
      spared[b] = copy(buffer->cells);
    }
  }
  m->network->reset();
  m->network->check_fault();
  for (int32_t b = 0; b < m->network->buffers; b++) {
    if (spared[b] != NULL) {
      snel_cells cells = m->network->buffer[b].cells;
      memcpy(cells.at, spared[b], snel_cell_bytes(cells));
      free(spared[b]);
    }
  }
  if (all && paths == 0) {
    snel_letters_clear(m);
  }
  m->changed = true;
}

/* What is read. */

snel_value snel_read_array(const snel_variable *variable, snel_picked picked) {
  snel_indices indices = snel_picked_of(picked, variable->cells.count);
  snel_value read = snel_read_synapses(variable, indices);
  if (picked.how == SNEL_ALL) {
    read.as.array.rank = variable->rank;
    read.as.array.shape = variable->shape;
  }
  return read;
}

double snel_read_one(const snel_variable *variable, snel_picked picked) {
  return snel_cell_get(variable->cells, snel_picked_of(picked, variable->cells.count).at[0]);
}

int64_t snel_read_whole(const snel_variable *variable, snel_picked picked) {
  int32_t index = snel_picked_of(picked, variable->cells.count).at[0];
  return variable->cells.cell == SNEL_I64 ? ((const int64_t *)variable->cells.at)[index]
                                          : snel_i64_from_f64(snel_cell_get(variable->cells, index));
}

int64_t snel_first_synapse(const snel_projection *projection, int32_t source) {
  return projection->row_start == NULL ? (int64_t)source * projection->targets
                                       : projection->row_start[source];
}

int32_t snel_synapse_target(const snel_projection *projection, int32_t source,
                            int64_t synapse) {
  return projection->target_index.at == NULL
             ? (int32_t)(synapse - (int64_t)source * projection->targets)
             : (int32_t)snel_cell_get(projection->target_index, synapse);
}

static bool is_variable_of(const snel_variable *variable, const snel_projection *projection) {
  size_t length = strlen(projection->name);
  int64_t room = projection->row_start == NULL ? (int64_t)projection->sources * projection->targets
                                               : projection->target_index.count;
  return strncmp(variable->path, projection->name, length) == 0 && variable->path[length] == '.' &&
         variable->cells.count == room;
}

const snel_projection *snel_projection_of(const snel_network *network,
                                          const snel_variable *variable) {
  for (int32_t p = 0; p < network->projections; p++) {
    if (is_variable_of(variable, &network->projection[p])) {
      return &network->projection[p];
    }
  }
  return NULL;
}

bool snel_synapse_is_there(const snel_projection *projection, int32_t source, int64_t synapse) {
  return !projection->without_self || snel_synapse_target(projection, source, synapse) != source;
}

static bool is_one(snel_picked picked) {
  return picked.how == SNEL_ONE || (picked.how == SNEL_RANGE && picked.until == picked.from + 1);
}

static int by_key(const void *a, const void *b) {
  int64_t first = *(const int64_t *)a;
  int64_t second = *(const int64_t *)b;
  return (first > second) - (first < second);
}

/* Puts synapses of one source in the order of their targets: rows may be sorted by delay. */
static void raise_targets(const snel_projection *projection, int32_t source, int32_t *synapses,
                          int32_t count) {
  bool rises = true;
  for (int32_t k = 1; k < count && rises; k++) {
    rises = snel_synapse_target(projection, source, synapses[k - 1]) <=
            snel_synapse_target(projection, source, synapses[k]);
  }
  if (rises) {
    return;
  }
  int64_t *keys = snel_room(count, sizeof *keys);
  for (int32_t k = 0; k < count; k++) {
    keys[k] = (int64_t)snel_synapse_target(projection, source, synapses[k]) << 32 | synapses[k];
  }
  qsort(keys, (size_t)count, sizeof *keys, by_key);
  for (int32_t k = 0; k < count; k++) {
    synapses[k] = (int32_t)(keys[k] & INT32_MAX);
  }
}

snel_indices snel_synapses(const snel_projection *projection, snel_picked pre, snel_picked post) {
  bool *wanted = snel_room(projection->targets, sizeof *wanted);
  snel_indices targets = snel_picked_of(post, projection->targets);
  for (int32_t k = 0; k < targets.count; k++) {
    wanted[targets.at[k]] = true;
  }
  snel_indices sources = snel_picked_of(pre, projection->sources);
  int64_t most = 0;
  for (int32_t k = 0; k < sources.count; k++) {
    most += snel_first_synapse(projection, sources.at[k] + 1) - snel_first_synapse(projection, sources.at[k]);
  }
  int32_t *found = snel_room(most, sizeof *found);
  int32_t count = 0;
  for (int32_t k = 0; k < sources.count; k++) {
    int32_t source = sources.at[k];
    int32_t first = count;
    int64_t end = snel_first_synapse(projection, source + 1);
    for (int64_t s = snel_first_synapse(projection, source); s < end; s++) {
      if (wanted[snel_synapse_target(projection, source, s)] &&
          snel_synapse_is_there(projection, source, s)) {
        found[count++] = (int32_t)s;
      }
    }
    raise_targets(projection, source, found + first, count - first);
  }
  if (count == 0 && is_one(pre) && is_one(post)) {
    snel_problem("`%s` has no synapse from neuron %d to neuron %d", projection->name,
                 (int)sources.at[0], (int)targets.at[0]);
  }
  return (snel_indices){count, found};
}

snel_value snel_read_synapses(const snel_variable *variable, snel_indices synapses) {
  double *values = snel_room(synapses.count, sizeof *values);
  for (int32_t k = 0; k < synapses.count; k++) {
    values[k] = snel_cell_get(variable->cells, synapses.at[k]);
  }
  return snel_array_row(synapses.count, values);
}

double snel_read_synapse(const snel_variable *variable, snel_indices synapses) {
  return snel_cell_get(variable->cells, synapses.at[0]);
}

snel_value snel_read_matrix(const snel_variable *variable, const snel_projection *projection,
                            snel_picked pre, snel_picked post) {
  snel_indices sources = snel_picked_of(pre, projection->sources);
  snel_indices targets = snel_picked_of(post, projection->targets);
  int32_t *column = snel_room(projection->targets, sizeof *column);
  for (int32_t j = 0; j < targets.count; j++) {
    column[targets.at[j]] = j + 1;
  }
  double *out = snel_room((int64_t)sources.count * targets.count, sizeof *out);
  for (int32_t row = 0; row < sources.count; row++) {
    int32_t source = sources.at[row];
    int64_t end = snel_first_synapse(projection, source + 1);
    for (int64_t s = snel_first_synapse(projection, source); s < end; s++) {
      int32_t at = column[snel_synapse_target(projection, source, s)];
      if (at > 0 && snel_synapse_is_there(projection, source, s)) {
        out[(int64_t)row * targets.count + at - 1] += snel_cell_get(variable->cells, s);
      }
    }
  }
  int32_t *shape = snel_room(2, sizeof *shape);
  shape[0] = sources.count;
  shape[1] = targets.count;
  return snel_array_of(2, shape, out);
}
