/* The accuracy on groups of what was scored. */
#include "snel_measure.h"
#include "snel_records.h"

typedef struct {
  const char *name;
  int64_t scored, right;
} group;

/* The place of a group among those so far, which may be a new one at their end. */
static int32_t place_of(group *groups, int32_t *count, const char *name) {
  for (int32_t k = 0; k < *count; k++) {
    if (strcmp(groups[k].name, name) == 0) {
      return k;
    }
  }
  groups[*count].name = name;
  return (*count)++;
}

static bool is_of(const snel_readout *readout, const snel_records *records) {
  for (int32_t k = 0; k < readout->scored; k++) {
    if (readout->score[k].records == records) {
      return true;
    }
  }
  return false;
}

/* Which of those that are listed each score belongs to, by its record. */
static const int32_t *by_record(const snel_readout *readout, snel_value column) {
  const snel_records *records = column.as.stream.records;
  int32_t *listed = snel_room(records->size, sizeof *listed);
  for (int32_t k = 0; k < column.as.stream.size; k++) {
    listed[column.as.stream.order[k]] = k + 1;
  }
  int32_t *places = snel_room(readout->scored, sizeof *places);
  for (int32_t k = 0; k < readout->scored; k++) {
    const snel_scored *score = &readout->score[k];
    if (score->records == NULL) {
      snel_problem("`accuracy_by` wants a group for each of the %d scores, but one that is of no"
                   " data set is in none",
                   (int)readout->scored);
    }
    if (score->records != records || listed[score->record] == 0) {
      snel_problem("`accuracy_by` wants a group for each of the %d scores, but record %d of `%s` is"
                   " in none",
                   (int)readout->scored, (int)score->record, score->records->name);
    }
    places[k] = listed[score->record] - 1;
  }
  return places;
}

static const int32_t *in_turn(const snel_readout *readout, int64_t listed) {
  if (listed != readout->scored) {
    snel_problem("`accuracy_by` wants a group for each of the %d scores, not %lld",
                 (int)readout->scored, (long long)listed);
  }
  int32_t *places = snel_room(readout->scored, sizeof *places);
  for (int32_t k = 0; k < readout->scored; k++) {
    places[k] = k;
  }
  return places;
}

void snel_report_groups(snel_machine *m, const snel_readout *readout, const char *name,
                        snel_value groups, snel_value column) {
  int64_t listed = snel_size(groups);
  bool columned = column.kind == SNEL_STREAM && column.as.stream.size == listed &&
                  is_of(readout, column.as.stream.records);
  const int32_t *places = columned ? by_record(readout, column) : in_turn(readout, listed);
  group *found = snel_room(listed, sizeof *found);
  int32_t *group_of = snel_room(listed, sizeof *group_of), count = 0;
  for (int64_t k = 0; k < listed; k++) {
    group_of[k] = place_of(found, &count, snel_to_text(snel_element(groups, k)));
  }
  for (int32_t k = 0; k < readout->scored; k++) {
    group *own = &found[group_of[places[k]]];
    own->scored++;
    own->right += readout->score[k].right;
  }
  for (int32_t k = 0; k < count; k++) {
    snel_group shown = {snel_lasting(name), snel_lasting(found[k].name),
                        (double)found[k].right / (double)found[k].scored};
    m->group = snel_grown(m->group, m->groups, &m->group_room, sizeof shown);
    m->group[m->groups++] = shown;
  }
}
