/* What `load` reads: archives that `save` wrote, and those that lay beside the program, which were
 * written anew in the same form: arrays of doubles as NumPy has them, in ZIP, nothing packed. */
#include <ctype.h>
#include <errno.h>

#include "snel_archive.h"
#include "snel_records.h"
#include "snel_term.h"

enum { MOST_DIMENSIONS = 32 };

typedef struct {
  const char *name;
  int32_t rank;
  int64_t shape[MOST_DIMENSIONS];
  snel_row values;
} array;

typedef struct {
  const char *name; /* of the file */
  int32_t count;
  array *arrays;
} archive;

static _Noreturn void unlike(const char *place, const char *expected, const char *found) {
  snel_problem("%s: expected %s; found %s", place, expected, found);
}

static _Noreturn void damaged(const char *file) {
  unlike(file, "an archive as a program in C writes it", "another one");
}

/* The array of a member: its header ends with the shape, then come the numbers. */
static array array_in(const char *file, const char *name, const unsigned char *bytes,
                      uint64_t size) {
  uint64_t header = size < SNEL_NPY_PLACE ? 0 : SNEL_NPY_PLACE + snel_word(bytes + 8, 2);
  if (header == 0 || header > size || memcmp(bytes, "\x93NUMPY\x01", 7) != 0) {
    damaged(file);
  }
  const char *text = snel_format("%.*s", (int)(header - SNEL_NPY_PLACE),
                                 (const char *)bytes + SNEL_NPY_PLACE);
  const char *at = strstr(text, "'shape': (");
  if (strstr(text, "'<f8'") == NULL || at == NULL) {
    damaged(file);
  }
  array found = {.name = name};
  int64_t count = 1;
  for (at = strchr(at, '(') + 1; isdigit((unsigned char)*at) && found.rank < MOST_DIMENSIONS;) {
    char *end;
    found.shape[found.rank] = strtoll(at, &end, 10);
    count *= found.shape[found.rank++];
    at = end + strspn(end, ", ");
  }
  if ((uint64_t)count * 8 != size - header) {
    damaged(file);
  }
  double *numbers = snel_room(count, sizeof *numbers);
  for (int64_t k = 0; k < count; k++) {
    numbers[k] = snel_f64_bits(snel_word(bytes + header + 8 * k, 8));
  }
  found.values = (snel_row){count, numbers};
  return found;
}

/* The members follow one another from the beginning. */
static archive archive_in(const char *file, const unsigned char *bytes, int64_t size) {
  archive all = {file, 0, NULL};
  int32_t room = 0;
  const unsigned char *at = bytes, *end = bytes + size;
  while (end - at >= SNEL_ZIP_LOCAL && snel_word(at, 4) == 0x04034B50) {
    uint64_t length = snel_word(at + 26, 2), extra = snel_word(at + 28, 2);
    uint64_t content = snel_word(at + 18, 4);
    const unsigned char *name = at + SNEL_ZIP_LOCAL;
    if (snel_word(at + 8, 2) != 0 || length < 4 ||
        length + extra + content > (uint64_t)(end - name)) {
      damaged(file);
    }
    const char *known = snel_format("%.*s", (int)length - 4, (const char *)name);
    at = name + length + extra;
    all.arrays = snel_grown(all.arrays, all.count, &room, sizeof *all.arrays);
    all.arrays[all.count++] = array_in(file, known, at, content);
    at += content;
  }
  if (all.count == 0) {
    damaged(file);
  }
  return all;
}

static const array *array_of(const archive *all, const char *name) {
  for (int32_t k = 0; k < all->count; k++) {
    if (strcmp(all->arrays[k].name, name) == 0) {
      return &all->arrays[k];
    }
  }
  return NULL;
}

static archive read_file(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
    snel_problem("%s: %s", path, strerror(errno));
  }
  long size = ftell(file);
  rewind(file);
  unsigned char *bytes = snel_room(size, 1);
  size_t read = fread(bytes, 1, (size_t)size, file);
  fclose(file);
  if (read != (size_t)size) {
    snel_problem("%s cannot be read", path);
  }
  return archive_in(path, bytes, size);
}

static bool saved(const snel_machine *m, const char *name) {
  for (int32_t k = 0; m != NULL && k < m->saved; k++) {
    if (strcmp(m->saved_name[k], name) == 0) {
      return true;
    }
  }
  return false;
}

static archive find(const snel_machine *m, const char *name) {
  if (saved(m, name) || saved(m->before, name)) {
    return read_file(snel_saved_path(m, name));
  }
  for (int32_t k = 0; k < m->archives; k++) {
    if (strcmp(m->archive[k].name, name) == 0) {
      unsigned char *bytes = snel_data_content(m->archive[k].file, m->archive[k].bytes);
      archive all = archive_in(name, bytes, m->archive[k].bytes);
      free(bytes);
      return all;
    }
  }
  snel_problem("%s: expected an NPZ archive; neither was it saved before nor did it lie beside the"
               " program when this was written",
               name);
}

/* Synapses that come and go are put in the place of those that are there. */
static void put_synapses(const snel_projection *projection, snel_row rows, snel_row targets,
                         const char *place) {
  int32_t sources = projection->sources;
  if (rows.count != sources + (int64_t)1 || rows.at[0] != 0 ||
      rows.at[sources] != (double)targets.count) {
    unlike(place, snel_format("synapses of %d neurons", (int)sources),
           snel_format("%lld of %lld", (long long)targets.count, (long long)rows.count - 1));
  }
  for (int32_t source = 0; source < sources; source++) {
    double first = rows.at[source], end = rows.at[source + 1], before = -1;
    if (first != rint(first) || first < 0 || end < first || end > (double)targets.count) {
      unlike(place, "rows one after the other",
             snel_format("%s to %s", snel_exact_text(first), snel_exact_text(end)));
    }
    for (int64_t k = (int64_t)first; (double)k < end; k++) {
      double target = targets.at[k];
      if (target != rint(target) || target <= before || target >= projection->targets) {
        unlike(place,
               snel_format("targets below %d, rising in each row", (int)projection->targets),
               snel_format("%s as number %lld (counted from 0)", snel_exact_text(target),
                           (long long)k));
      }
      snel_cell_set(projection->load_target, k, target);
      before = target;
    }
    projection->load_row_start[source] = (int32_t)first;
  }
  projection->load_row_start[sources] = (int32_t)targets.count;
  projection->load();
}

static void check_synapses(const snel_projection *projection, snel_row rows, snel_row targets,
                           const char *place) {
  int32_t sources = projection->sources;
  int64_t synapses = snel_first_synapse(projection, sources);
  if (rows.count != sources + (int64_t)1 || targets.count != synapses) {
    unlike(place,
           snel_format("%lld synapses of %d neurons", (long long)synapses, (int)sources),
           snel_format("%lld of %lld", (long long)targets.count, (long long)rows.count - 1));
  }
  for (int32_t source = 0; source < sources; source++) {
    int64_t first = snel_first_synapse(projection, source);
    for (int64_t k = first; k < snel_first_synapse(projection, source + 1); k++) {
      int32_t target = snel_synapse_target(projection, source, k);
      if (rows.at[source] != (double)first || targets.at[k] != target) {
        unlike(place,
               snel_format("the synapses of this network, number %lld from %d to %d",
                           (long long)k, (int)source, (int)target),
               "others, drawn with another seed");
      }
    }
  }
}

static void take_synapses(const snel_projection *projection, const archive *all) {
  const array *rows = array_of(all, snel_format("%s:row_start", projection->name));
  const array *targets = array_of(all, snel_format("%s:target", projection->name));
  if (rows == NULL || targets == NULL) {
    return;
  }
  const char *place = snel_format("%s, `%s`", all->name, projection->name);
  if (projection->load == NULL) {
    check_synapses(projection, rows->values, targets->values, place);
  } else {
    put_synapses(projection, rows->values, targets->values, place);
  }
}

static const char *shape_text(int32_t rank, const int64_t *shape) {
  const char *text = "";
  for (int32_t k = 0; k < rank; k++) {
    text = snel_format("%s%s%lld", text, k == 0 ? "" : ", ", (long long)shape[k]);
  }
  return snel_format("[%s]", text);
}

/* An array of several dimensions has those of the variable, if it says what these are. */
static void check_shape(const snel_variable *variable, const array *from, const char *place) {
  int64_t own[MOST_DIMENSIONS];
  bool same = variable->rank == from->rank;
  for (int32_t k = 0; k < variable->rank && k < MOST_DIMENSIONS; k++) {
    own[k] = variable->shape[k];
    same = same && own[k] == from->shape[k];
  }
  if (from->rank > 1 && !same &&
      snel_places(variable->rank, variable->shape) == from->values.count) {
    unlike(place, snel_format("an array of shape %s", shape_text(variable->rank, own)),
           snel_format("one of shape %s", shape_text(from->rank, from->shape)));
  }
}

static const char *limit(const snel_variable *variable, double stored) {
  double shown = stored / variable->factor;
  if (isinf(shown)) {
    return shown < 0 ? "-infinity" : "infinity";
  }
  return snel_format("%s%s%s", snel_number_text(shown), variable->unit[0] == '\0' ? "" : " ",
                     variable->unit);
}

static void fill(const snel_machine *m, const snel_variable *variable, snel_indices places,
                 snel_row values) {
  bool single = variable->cells.cell == SNEL_F32 && variable->cells.bits == 0;
  int32_t clipped = 0;
  for (int32_t k = 0; k < places.count; k++) {
    double value = values.at[k] * variable->factor;
    double within = snel_f_min(variable->high, snel_f_max(value, variable->low));
    clipped += single ? (float)within != (float)value : within != value;
    snel_cell_set(variable->cells, places.at[k], within);
  }
  if (clipped > 0) {
    snel_warn(m, snel_format("%d of the %d numbers loaded for `%s` lie outside its range and are"
                             " clipped to %s .. %s",
                             (int)clipped, (int)places.count, variable->path,
                             limit(variable, variable->low), limit(variable, variable->high)));
  }
}

static void copy(const snel_machine *m, const snel_variable *variable, const archive *all,
                 const array *from) {
  snel_indices places = snel_places_of(m->network, variable);
  const char *place = snel_format("%s, `%s`", all->name, variable->path);
  if (from->values.count != places.count) {
    unlike(place, snel_format("%d numbers", (int)places.count),
           snel_format("%lld", (long long)from->values.count));
  }
  check_shape(variable, from, place);
  for (int32_t k = 0; k < places.count; k++) {
    if (!isfinite(from->values.at[k])) {
      unlike(place, "numbers",
             snel_format("%s as number %d (counted from 0)",
                         isnan(from->values.at[k])  ? "NaN"
                         : from->values.at[k] > 0 ? "Infinity"
                                                  : "-Infinity",
                         (int)k));
    }
  }
  fill(m, variable, places, from->values);
}

void snel_load(snel_machine *m, const char *name) {
  archive all = find(m, name);
  const snel_network *network = m->network;
  for (int32_t p = 0; p < network->projections; p++) {
    if (snel_tells_synapses(network, &network->projection[p])) {
      take_synapses(&network->projection[p], &all);
    }
  }
  const char *missing = "", *has = "";
  int32_t taken = 0, left = 0;
  for (int32_t v = 0; v < network->variables; v++) {
    const snel_variable *variable = &network->variable[v];
    const array *from = variable->is_plastic ? array_of(&all, variable->path) : NULL;
    if (from != NULL) {
      copy(m, variable, &all, from);
      taken++;
    } else if (variable->is_plastic) {
      left++;
      missing = snel_format("%s%s`%s`", missing, *missing == '\0' ? "" : ", ", variable->path);
    }
  }
  for (int32_t k = 0; k < all.count && taken == 0; k++) {
    has = snel_format("%s%s%s", has, k == 0 ? "" : ", ", all.arrays[k].name);
  }
  if (taken == 0) {
    unlike(all.name, "weights of this network", has);
  }
  if (*missing != '\0') {
    const char *stays = left == 1 ? "stays as it was" : "stay as they were";
    snel_warn(m, snel_format("%s has nothing for %s, which %s", all.name, missing, stays));
  }
  free(all.arrays);
  m->changed = true;
}
