/* What `save` writes: an archive of arrays of doubles as NumPy has them, in ZIP, nothing packed: one
 * for each weight and plastic state, in the author's unit, and for each projection of drawn or listed
 * synapses the first synapse of each source and the target of each. */
#include <errno.h>
#ifdef _WIN32
#include <direct.h>
#else
#include <sys/stat.h>
#endif

#include "snel_archive.h"

enum { HEADER = 128, LOCAL = SNEL_ZIP_LOCAL, LISTED = 46, END = 22, MOST_ARRAYS = 65535 };

typedef struct {
  const char *name;
  int64_t place;
  const unsigned char *bytes;
  uint32_t size, sum;
} array;

/* Little-endian, wherever it runs. */
static unsigned char *put(unsigned char *to, uint64_t number, int bytes) {
  for (int k = 0; k < bytes; k++) {
    *to++ = (unsigned char)(number >> (8 * k));
  }
  return to;
}

static uint32_t check_sum(const unsigned char *bytes, size_t count) {
  uint32_t table[256], sum = UINT32_MAX;
  for (uint32_t k = 0; k < 256; k++) {
    table[k] = k;
    for (int bit = 0; bit < 8; bit++) {
      table[k] = table[k] >> 1 ^ ((table[k] & 1) != 0 ? 0xEDB88320u : 0);
    }
  }
  for (size_t k = 0; k < count; k++) {
    sum = sum >> 8 ^ table[(sum ^ bytes[k]) & 255];
  }
  return ~sum;
}

static array array_of(const char *name, snel_row row) {
  if (row.count > (UINT32_MAX - HEADER) / 8) {
    snel_problem("%lld numbers are too many for an archive: `%s`", (long long)row.count, name);
  }
  uint32_t size = HEADER + 8 * (uint32_t)row.count;
  unsigned char *bytes = snel_room(size, 1), *to = bytes + HEADER;
  memset(bytes, ' ', HEADER);
  memcpy(bytes, "\x93NUMPY\x01\x00", 8);
  put(bytes + 8, HEADER - SNEL_NPY_PLACE, 2);
  const char *shape = snel_format("{'descr': '<f8', 'fortran_order': False, 'shape': (%lld,), }",
                                  (long long)row.count);
  memcpy(bytes + SNEL_NPY_PLACE, shape, strlen(shape));
  bytes[HEADER - 1] = '\n';
  for (int64_t k = 0; k < row.count; k++) {
    to = put(to, snel_bits_f64(row.at[k]), 8);
  }
  return (array){snel_format("%s.npy", name), 0, bytes, size, check_sum(bytes, size)};
}

snel_indices snel_places_of(const snel_network *network, const snel_variable *variable) {
  const snel_projection *projection = snel_projection_of(network, variable);
  int64_t end = projection == NULL ? variable->cells.count
                                   : snel_first_synapse(projection, projection->sources);
  int32_t *places = snel_room(end, sizeof *places);
  int32_t count = 0;
  for (int64_t k = 0; k < end; k++) {
    if (projection == NULL || !projection->without_self ||
        snel_synapse_is_there(projection, (int32_t)(k / projection->targets), k)) {
      places[count++] = (int32_t)k;
    }
  }
  return (snel_indices){count, places};
}

static snel_row shown(const snel_network *network, const snel_variable *variable) {
  snel_indices places = snel_places_of(network, variable);
  double *numbers = snel_room(places.count, sizeof *numbers);
  for (int32_t k = 0; k < places.count; k++) {
    numbers[k] = snel_cell_get(variable->cells, places.at[k]) / variable->factor;
  }
  return (snel_row){places.count, numbers};
}

static snel_row first_synapses(const snel_projection *projection) {
  double *numbers = snel_room(projection->sources + 1, sizeof *numbers);
  for (int32_t source = 0; source <= projection->sources; source++) {
    numbers[source] = (double)snel_first_synapse(projection, source);
  }
  return (snel_row){projection->sources + 1, numbers};
}

static snel_row synapse_targets(const snel_projection *projection) {
  int64_t count = snel_first_synapse(projection, projection->sources);
  double *numbers = snel_room(count, sizeof *numbers);
  for (int32_t source = 0; source < projection->sources; source++) {
    int64_t end = snel_first_synapse(projection, source + 1);
    for (int64_t k = snel_first_synapse(projection, source); k < end; k++) {
      numbers[k] = snel_synapse_target(projection, source, k);
    }
  }
  return (snel_row){count, numbers};
}

bool snel_tells_synapses(const snel_network *network, const snel_projection *projection) {
  for (int32_t v = 0; v < network->variables && projection->row_start != NULL; v++) {
    const snel_variable *variable = &network->variable[v];
    if (variable->is_plastic && snel_projection_of(network, variable) == projection) {
      return true;
    }
  }
  return false;
}

static int32_t arrays_of(const snel_network *network, array *arrays) {
  int32_t count = 0;
  for (int32_t v = 0; v < network->variables; v++) {
    const snel_variable *variable = &network->variable[v];
    if (variable->is_plastic) {
      arrays[count++] = array_of(variable->path, shown(network, variable));
    }
  }
  for (int32_t p = 0; p < network->projections; p++) {
    const snel_projection *projection = &network->projection[p];
    if (snel_tells_synapses(network, projection)) {
      arrays[count++] =
          array_of(snel_format("%s:row_start", projection->name), first_synapses(projection));
      arrays[count++] =
          array_of(snel_format("%s:target", projection->name), synapse_targets(projection));
    }
  }
  return count;
}

/* What an array's header and its line in the list at the end have in common; the date is the first
 * there is. */
static unsigned char *told(unsigned char *to, const array *one) {
  to = put(to, 20, 2);
  to = put(to, 1 << 11, 2); /* the name is in UTF-8 */
  to = put(to, 0, 4);
  to = put(to, 1 << 5 | 1, 2);
  to = put(to, one->sum, 4);
  to = put(to, one->size, 4);
  to = put(to, one->size, 4);
  to = put(to, strlen(one->name), 2);
  return put(to, 0, 2);
}

static void write_array(FILE *file, const array *one) {
  unsigned char header[LOCAL];
  told(put(header, 0x04034B50, 4), one);
  size_t length = strlen(one->name);
  fwrite(header, 1, LOCAL, file);
  fwrite(one->name, 1, length, file);
  fwrite(one->bytes, 1, one->size, file);
}

static int64_t write_line(FILE *file, const array *one) {
  unsigned char line[LISTED] = {0};
  told(put(put(line, 0x02014B50, 4), 20, 2), one);
  put(line + LISTED - 4, (uint64_t)one->place, 4);
  size_t length = strlen(one->name);
  fwrite(line, 1, LISTED, file);
  fwrite(one->name, 1, length, file);
  return LISTED + (int64_t)length;
}

static void write_end(FILE *file, int32_t arrays, int64_t place, int64_t length) {
  unsigned char end[END] = {0};
  put(end, 0x06054B50, 4);
  put(put(end + 8, (uint64_t)arrays, 2), (uint64_t)arrays, 2);
  put(put(end + 12, (uint64_t)length, 4), (uint64_t)place, 4);
  fwrite(end, 1, END, file);
}

/* Whether a name leads out of the folder that it is in. */
static bool lies_outside(const char *name) {
  int64_t depth = name[0] == '/' ? -1 : 0;
  while (depth >= 0 && *name != '\0') {
    size_t length = strcspn(name, "/");
    bool is_here = length == 0 || (length == 1 && name[0] == '.');
    depth += length == 2 && strncmp(name, "..", 2) == 0 ? -1 : is_here ? 0 : 1;
    name += length + (name[length] == '/');
  }
  return depth < 0;
}

const char *snel_saved_path(const snel_machine *m, const char *name) {
  const char *folder = m->wishes->folder;
  return folder == NULL ? name : snel_format("%s/%s", folder, name);
}

/* Folders that are there stay; whatever else is wrong shows when the file is opened. */
static void make_folder(const char *path) {
#ifdef _WIN32
  _mkdir(path);
#else
  mkdir(path, 0777);
#endif
}

/* Makes the folders that a path has in it. */
static void make_folders(const char *path) {
  for (const char *end = strchr(path, '/'); end != NULL; end = strchr(end + 1, '/')) {
    if (end > path) {
      make_folder(snel_format("%.*s", (int)(end - path), path));
    }
  }
}

static bool was_saved(const snel_machine *m, const char *name) {
  for (int32_t k = 0; k < m->saved; k++) {
    if (strcmp(m->saved_name[k], name) == 0) {
      return true;
    }
  }
  return false;
}

void snel_save(snel_machine *m, const char *name) {
  if (name[0] == '\0') {
    snel_problem("`save` wants the name of a file, not `%s`", name);
  } else if (lies_outside(name)) {
    snel_problem("`save` writes into the folder of the run, and `%s` lies outside of it", name);
  }
  const snel_network *network = m->network;
  array *arrays = snel_room(network->variables + 2 * (int64_t)network->projections, sizeof *arrays);
  int32_t count = arrays_of(network, arrays);
  int64_t place = 0, length = 0;
  for (int32_t k = 0; k < count; k++) {
    arrays[k].place = place;
    place += LOCAL + (int64_t)strlen(arrays[k].name) + arrays[k].size;
  }
  if (count > MOST_ARRAYS || place > UINT32_MAX) {
    snel_problem("there is too much to save for an archive: %d arrays, %lld bytes", (int)count,
                 (long long)place);
  }
  const char *path = snel_saved_path(m, name);
  make_folders(path);
  FILE *file = fopen(path, "wb");
  if (file == NULL) {
    snel_problem("%s: %s", path, strerror(errno));
  }
  for (int32_t k = 0; k < count; k++) {
    write_array(file, &arrays[k]);
  }
  for (int32_t k = 0; k < count; k++) {
    length += write_line(file, &arrays[k]);
  }
  write_end(file, count, place, length);
  bool failed = ferror(file) != 0;
  if (fclose(file) != 0 || failed) {
    snel_problem("%s: %s", path, strerror(errno));
  }
  if (!was_saved(m, name)) {
    m->saved_name = snel_grown(m->saved_name, m->saved, &m->saved_room, sizeof *m->saved_name);
    m->saved_name[m->saved++] = snel_lasting(name);
  }
}
