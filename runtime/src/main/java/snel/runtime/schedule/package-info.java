/// Lives here: the machine that runs experiments. A [Script] is straight code with jumps over
/// numbered slots, so that where a run stands is a program counter, a stack of returns and the
/// slots' values, and a checkpoint can hold it. [Episodes] drives the network between the moments
/// that matter: input spikes, samples, timers, full logs.
///
/// May import: kernel, rng, numeric, data, record, measure, readout, checkpoint, file.
@NullMarked
package snel.runtime.schedule;

import org.jspecify.annotations.NullMarked;
