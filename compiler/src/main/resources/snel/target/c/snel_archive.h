/* Archives of weights: which numbers of the network they hold. */
#ifndef SNEL_ARCHIVE_H
#define SNEL_ARCHIVE_H

#include "snel_machine.h"

/* Of the archive and of the numbers in it, in bytes. */
enum { SNEL_ZIP_LOCAL = 30, SNEL_NPY_PLACE = 10 };

/* Where the numbers of a variable lie; those of synapses that are there. */
snel_indices snel_places_of(const snel_network *network, const snel_variable *variable);

/* Whether an archive tells which synapses a projection has. */
bool snel_tells_synapses(const snel_network *network, const snel_projection *projection);

/* A file that `save` writes, in the folder that the user named. */
const char *snel_saved_path(const snel_machine *m, const char *name);

#endif
