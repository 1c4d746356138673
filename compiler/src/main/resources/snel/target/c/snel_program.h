/* A whole program: experiments that run one after the other, each starting from what the one before
 * left. */
#ifndef SNEL_PROGRAM_H
#define SNEL_PROGRAM_H

#include "snel_measure.h"

typedef struct {
  const char *name;
  const snel_spot *spot;
  /* Builds the network. */
  snel_network *(*build)(void);
  /* Asks for what the experiment needs of the network beside what it records. */
  void (*prepare)(snel_machine *machine);
  void (*protocol)(snel_machine *machine);
  int32_t slots, readouts;
  snel_readout *readout;
  int32_t archives;
  const snel_archive *archive;
  /* Whether it takes over only what `reset` keeps from the experiment before. */
  bool anew;
} snel_experiment;

/* What an experiment left that is no part of the program: the file has the bytes of the buffers one
 * after the other, then what the read-outs have learnt. */
typedef struct {
  const char *file;
  int64_t bytes;
  snel_machine left;
} snel_beginning;

/* Prints its results, counts and failed expectations. */
void snel_print_results(const snel_machine *m, bool done);

/* Runs them as the command line says; what `main` returns. `beginning` is what the first one starts
 * from, or NULL. */
int snel_program(int argc, char **argv, snel_beginning *beginning, int32_t experiments,
                 const snel_experiment *experiment);

#endif
