/// Lives here: counter-based random numbers (semantics.md §10): Philox4x32-10 without state, the
/// hash that names a stream, what becomes of a word, and the distributions that need a sequence of
/// words.
///
/// Every draw is addressed. The key is (seed, stream), the counter says whose draw it is:
///
/// | draw | c0 | c1 | c2, c3 | words |
/// |---|---|---|---|---|
/// | neuron i, a step | i >> 2 | 0 | step, presentation | word i & 3 |
/// | initial value of neuron i | i >> 2 | 0 | 0, redraw | word i & 3 |
/// | value of synapse (i, j), multapse r | j | i | r, redraw | word 0 |
/// | synapse (i, j), a step | j | i | step, presentation | word 0 |
/// | sequence d = 0, 1, … of element q | d >> 2 (u32), d >> 1 (u64) | q | c2, c3 | word d & 3, pair d & 1 |
///
/// One element has one word, in `f32` as in `f64`: the two programs see the same noise. Numbers of
/// a sequence have 64 bits.
///
/// May import: `snel.runtime.numeric`.
@NullMarked
package snel.runtime.rng;

import org.jspecify.annotations.NullMarked;
