/* The commands of the driver, each in its own file. */
#ifndef NUMERICS_H
#define NUMERICS_H

#include <stdio.h>

/* Draws a record of (seed, stream, q, c2, c3, a, b) from a distribution, or calls a function on
 * whole numbers; false if there is none of this name. */
int map_draws(const char *name, FILE *in, FILE *out);
int map_integers(const char *name, FILE *in, FILE *out);

/* Reduces a file of floats, or of doubles; x and y are its two halves. */
int map_reduce(const char *name, FILE *in, FILE *out);

/* Fits a read-out and asks it. */
int map_readout(const char *name, FILE *in, FILE *out);

/* Makes one wiring. */
void map_connect(FILE *in, FILE *out);

#endif
